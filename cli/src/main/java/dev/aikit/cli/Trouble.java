package dev.aikit.cli;

import dev.aikit.OpenAIError;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.OpenAIResult;
import dev.aikit.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells somebody at a terminal why a call failed, and what to do about it. */
final class Trouble {
    private Trouble() {}

    /** Says it, as JSON too if that was asked for, and returns the exit code. */
    static int report(Aikit options, OpenAIResult result) {
        OpenAIError error = result.errors().get(0);
        Terminal terminal = options.terminal;
        if (options.json) terminal.println(json(error).toString());
        String id = error.requestID().isEmpty() ? "" : " (request " + error.requestID() + ")";
        String status = error.kind() == Kind.HTTP ? " [" + error.status() + "]" : "";
        terminal.say(error.message() + status + id);
        String advice = advice(options, error);
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

    private static String advice(Aikit options, OpenAIError error) {
        return switch (error.kind()) {
            case CONNECT, CONNECT_TIMEOUT -> "is the server running? Another address: --base-url or OPENAI_BASE_URL";
            case DNS -> "is the address right, and is this machine online?";
            case TLS -> "a server on this machine usually wants http://, not https://";
            case FIRST_BYTE_TIMEOUT, IDLE_TIMEOUT, ATTEMPT_TIMEOUT, TIMEOUT ->
                "a slow model may need more time: aikit chat --timeout 10m";
            case MALFORMED, REDIRECT -> "most base URLs end in /v1";
            case TRUNCATED, CONNECTION_LOST -> "the answer is not complete; try again";
            case HTTP -> adviceOnStatus(options, error);
            default -> "";
        };
    }

    private static String adviceOnStatus(Aikit options, OpenAIError error) {
        return switch (error.status()) {
            case 401, 403 ->
                options.baseUrl != null && options.apiKeyVariable == null
                        ? "with --base-url a key is sent only if --api-key-env NAME names its variable"
                        : "is the key in " + options.keyVariable() + " right? --api-key-env NAME takes another";
            case 404 ->
                isAboutTheModel(error)
                        ? "--model NAME asks for another; 'aikit models' lists what the server offers"
                        : "'aikit models' lists what the server offers; most base URLs end in /v1";
            case 501 -> "'aikit doctor' says what the server offers";
            case 429 -> "wait a little, or look at the limits of your account";
            default -> error.status() >= 500 ? "the fault is the server's; try again later" : "";
        };
    }

    /** OpenAI has a code for it, others only say it. */
    private static boolean isAboutTheModel(OpenAIError error) {
        return error.code().equals("model_not_found") || error.message().matches("(?is).*\\bmodel\\b.*");
    }
}
