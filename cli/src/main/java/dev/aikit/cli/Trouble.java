package dev.aikit.cli;

import dev.aikit.OpenAIAttempt;
import dev.aikit.OpenAIError;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.OpenAIResult;
import dev.aikit.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells somebody at a terminal why a call failed, and what to do about it. */
final class Trouble {
    static final String MOST_BASE_URLS = "most base URLs end in /v1";

    private Trouble() {}

    /** Says it, as JSON too if that was asked for, and returns the exit code. */
    static int report(Aikit options, OpenAIResult result) {
        return report(options, result, "'aikit models' lists what the server offers; " + MOST_BASE_URLS);
    }

    /**
     * The same.
     *
     * @param notFound what to do if the server says that something is not there, and it is not the model
     */
    static int report(Aikit options, OpenAIResult result, String notFound) {
        OpenAIError error = result.errors().get(0);
        Terminal terminal = options.terminal;
        if (options.json) terminal.println(json(error).toString());
        String id = error.requestID().isEmpty() ? "" : " (request " + error.requestID() + ")";
        String status = error.kind() == Kind.HTTP ? " [" + error.status() + "]" : "";
        terminal.say(error.message() + status + id);
        String advice = advice(options, result, notFound);
        if (!advice.isEmpty()) terminal.say(advice);
        return exitCode(error);
    }

    private static Json json(OpenAIError error) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", error.kind());
        fields.put("status", error.status());
        fields.put("message", error.message());
        fields.put("type", error.type());
        fields.put("code", error.code());
        fields.put("request_id", error.requestID());
        return Json.of(Map.of("error", fields));
    }

    static int exitCode(OpenAIError error) {
        if (error.isAuthenticationError() || error.isPermissionDeniedError()) return ExitCode.KEY_REFUSED;
        return switch (error.kind()) {
            case DNS, CONNECT, TLS, CONNECT_TIMEOUT, FIRST_BYTE_TIMEOUT, ATTEMPT_TIMEOUT, TIMEOUT -> ExitCode.NO_ANSWER;
            case CANCELLED, INTERRUPTED -> ExitCode.CANCELLED;
            default -> ExitCode.FAILED;
        };
    }

    private static String advice(Aikit options, OpenAIResult result, String notFound) {
        OpenAIError error = result.errors().get(0);
        return switch (error.kind()) {
            case CONNECT, CONNECT_TIMEOUT -> "is the server running? Another address: --base-url or OPENAI_BASE_URL";
            case DNS -> "is the address right, and is this machine online?";
            case TLS -> "a server on this machine usually wants http://, not https://";
            case FIRST_BYTE_TIMEOUT, IDLE_TIMEOUT, ATTEMPT_TIMEOUT, TIMEOUT ->
                "a slow model may need more time: aikit chat --timeout 10m";
            case MALFORMED, REDIRECT -> MOST_BASE_URLS;
            case TRUNCATED, CONNECTION_LOST -> "the answer is not complete; try again";
            case HTTP -> adviceOnStatus(options, result, notFound);
            default -> "";
        };
    }

    private static String adviceOnStatus(Aikit options, OpenAIResult result, String notFound) {
        OpenAIError error = result.errors().get(0);
        return switch (error.status()) {
            case 401, 403 -> adviceOnKey(options, result);
            case 404 ->
                isAboutTheModel(error)
                        ? "--model NAME asks for another; 'aikit models' lists what the server offers"
                        : notFound;
            case 501 -> "'aikit doctor' says what the server offers";
            case 429 -> "wait a little, or look at the limits of your account";
            default -> error.status() >= 500 ? "the fault is the server's; try again later" : "";
        };
    }

    private static String adviceOnKey(Aikit options, OpenAIResult result) {
        List<OpenAIAttempt> attempts = result.attempts();
        String provider =
                attempts.isEmpty() ? "" : attempts.get(attempts.size() - 1).provider();
        if (!provider.isEmpty())
            return "is the key of the provider " + provider
                    + " right? It comes from AIProviders.json or the environment: 'aikit providers' says whether one was found";
        if (options.baseUrl != null && options.apiKeyVariable == null)
            return "with --base-url a key is sent only if --api-key-env NAME names its variable";
        return "is the key in " + options.keyVariable() + " right? --api-key-env NAME takes another";
    }

    /** OpenAI has a code for it, others only say it. */
    private static boolean isAboutTheModel(OpenAIError error) {
        return error.code().equals("model_not_found") || error.message().matches("(?is).*\\bmodel\\b.*");
    }
}
