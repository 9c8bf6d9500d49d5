package dev.aikit.internal.call;

import dev.aikit.OpenAIError;
import dev.aikit.OpenAIRequest;
import dev.aikit.OpenAIResponse;
import dev.aikit.OpenAIResult;
import dev.aikit.internal.http.HttpCall;
import dev.aikit.internal.http.HttpHead;
import dev.aikit.json.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Any error answer, in its headers and its body: an error with a message, a wait that makes sense, and no key in it. */
public final class ErrorAnswerTarget {
    private static final String KEY = "sk-fuzzed-key";
    private static final String[] HEADERS = {
        "retry-after",
        "retry-after-ms",
        "x-should-retry",
        "x-ratelimit-limit-requests",
        "x-ratelimit-remaining-tokens",
        "x-ratelimit-reset-requests",
        "location",
        "x-request-id"
    };

    private ErrorAnswerTarget() {}

    /** The first byte is the status; each of the next lines is the value of a header, and what follows them the body. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) return;
        String[] parts =
                new String(input, 1, input.length - 1, StandardCharsets.ISO_8859_1).split("\n", HEADERS.length + 1);
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (int i = 0; i < parts.length - 1; i++) headers.put(HEADERS[i], List.of(parts[i]));
        HttpHead head = new HttpHead(300 + (input[0] & 0xff), "Fuzzed", headers);
        HttpCall call = new HttpCall(
                "POST", URI.create("http://127.0.0.1/v1/chat"), Map.of("authorization", "Bearer " + KEY), new byte[0]);

        headers(head, call);
        body(head, call, parts[parts.length - 1].getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void headers(HttpHead head, HttpCall call) {
        RetryPolicy.worthRetrying(head);
        Duration wait = RetryPolicy.asked(head, Instant.EPOCH);
        check(wait == null || !wait.isNegative(), "a wait of " + wait);
        if (wait != null) check(!Instant.EPOCH.plus(wait).toString().isEmpty(), "no time");
        for (boolean download : new boolean[] {false, true})
            Redirects.refusal(call, head.status(), Redirects.target(call.uri(), head.header("location")), download);
        OpenAIRequest request = new OpenAIRequest("fuzz", "POST", call.uri(), Set.of(), 0);
        OpenAIResponse response = new OpenAIResponse(head, new byte[0]);
        OpenAIResult result =
                new OpenAIResult(new Outcome(request, response, Json.missing(), List.of(), List.of(), true)) {};
        check(result.rateLimit() != null && result.requestID() != null, "no limits or no id");
    }

    private static void body(HttpHead head, HttpCall call, byte[] body) {
        Secrets secrets =
                new Secrets(List.of(new Route(new Destination("", call.uri(), Map.of(), Set.of(), null), "", call)));
        OpenAIResponse response = new OpenAIResponse(head, secrets.removedFrom(body));
        said(ErrorBodies.ofStatus(response), secrets);
        said(ErrorBodies.ofEvent(response.json(), response.text(), response), secrets);
        OpenAIError reported = ErrorBodies.inSuccess(response.json(), response);
        if (reported != null) said(reported, secrets);
    }

    private static void said(OpenAIError error, Secrets secrets) {
        OpenAIError clean = secrets.removedFrom(error);
        check(!clean.message().isBlank(), "an error without words: " + error.body());
        check(!(clean.message() + clean.code() + clean.type() + clean.param()).contains(KEY), "the key");
        check(!String.valueOf(clean.details().toJava()).contains(KEY), "the key in details");
        check(!String.valueOf(clean.body().toJava()).contains(KEY), "the key in the body");
        check(clean.errCode() > 0 && clean.toString() != null, "no code");
    }

    private static void check(boolean right, String wrong) {
        if (!right) throw new AssertionError(wrong);
    }
}
