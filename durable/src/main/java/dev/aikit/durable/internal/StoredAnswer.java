package dev.aikit.durable.internal;

import dev.aikit.OpenAIAttempt;
import dev.aikit.OpenAIResponse;
import dev.aikit.internal.http.HttpHead;
import dev.aikit.json.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An answer as it is kept.
 *
 * @param head status text, headers and attempts, as JSON
 */
public record StoredAnswer(int status, String head, byte[] body) {
    /** An answer, without its cookies. */
    public static StoredAnswer of(OpenAIResponse response, List<OpenAIAttempt> attempts) {
        Map<String, List<String>> headers = new LinkedHashMap<>(response.headers());
        headers.remove("set-cookie");
        List<List<Object>> made = attempts.stream()
                .map(attempt -> List.<Object>of(
                        attempt.host(),
                        attempt.status(),
                        attempt.duration().toMillis(),
                        attempt.reason(),
                        attempt.provider(),
                        attempt.model()))
                .toList();
        Map<String, Object> head = Map.of("text", response.statusText(), "headers", headers, "attempts", made);
        return new StoredAnswer(response.status(), Json.of(head).toString(), response.body());
    }

    /** As it came over the wire. */
    public OpenAIResponse response() {
        Json kept = Json.parse(head);
        Map<String, List<String>> headers = new LinkedHashMap<>();
        kept.get("headers").fields().forEach((name, values) -> headers.put(name, values.map(Json::asText)));
        return new OpenAIResponse(new HttpHead(status, kept.get("text").asText(), headers), body);
    }

    /** The tries of the last send. */
    public List<OpenAIAttempt> attempts() {
        return Json.parse(head)
                .get("attempts")
                .map(kept -> new OpenAIAttempt(
                        kept.get(0).asText(),
                        kept.get(1).asInt(0),
                        Duration.ofMillis(kept.get(2).asLong(0)),
                        kept.get(3).asText(),
                        kept.get(4).asText(),
                        kept.get(5).asText()));
    }
}
