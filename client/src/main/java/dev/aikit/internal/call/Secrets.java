package dev.aikit.internal.call;

import dev.aikit.OpenAIError;
import dev.aikit.OpenAIResponse;
import dev.aikit.internal.http.HttpHead;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a call sends and nobody may read in a log: some servers repeat the key when they complain of it. Looked for among the
 * headers only when there is an error to clean.
 */
record Secrets(List<Route> routes) {
    private static final int TOO_SHORT_TO_BE_ONE = 6;

    private List<String> values() {
        List<String> values = new ArrayList<>();
        for (Route route : routes) addValues(route.call().headers(), values);
        return values;
    }

    private static void addValues(Map<String, String> headers, List<String> values) {
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (!isSecret(header.getKey())) continue;
            String value = header.getValue().replaceFirst("(?i)^(bearer|basic) +", "");
            if (value.length() < TOO_SHORT_TO_BE_ONE) continue;
            values.add(value);
            values.add(value.replace("/", "\\/")); // as some servers write it in JSON
        }
    }

    /** Whether headers of that name hold secrets. */
    static boolean isSecret(String header) {
        return header.toLowerCase(Locale.ROOT).matches(".*(authorization|key|token|secret|cookie).*");
    }

    /** Whether a credential may be among the headers. */
    static boolean isAnyIn(Map<String, String> headers) {
        return headers.keySet().stream().anyMatch(Secrets::isSecret);
    }

    /** The headers without those that were meant for one provider: credentials, organization, project. */
    static Map<String, String> without(Map<String, String> headers) {
        Map<String, String> others = new LinkedHashMap<>(headers);
        others.keySet().removeIf(name -> isSecret(name) || name.startsWith("openai-"));
        return others;
    }

    /** What an error answer says, with another word in the place of each secret. */
    byte[] removedFrom(ByteArrayOutputStream body) {
        String text = body.toString(StandardCharsets.ISO_8859_1);
        String clean = removedFrom(text);
        return clean.equals(text) ? body.toByteArray() : clean.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The text with another word in the place of each secret. */
    String removedFrom(String text) {
        for (String value : values()) text = text.replace(value, "[key]");
        return text;
    }

    /** The same error; if its message or a header of its answer holds a secret, with another word in its place. */
    OpenAIError removedFrom(OpenAIError error) {
        String message = removedFrom(error.message());
        OpenAIError clean = message.equals(error.message()) ? error : error.withMessage(message);
        OpenAIResponse response = error.response();
        if (response == null) return clean;
        String head = response.statusText() + response.headers();
        return removedFrom(head).equals(head) ? clean : clean.withResponse(removedFrom(response));
    }

    private OpenAIResponse removedFrom(OpenAIResponse response) {
        Map<String, List<String>> headers = new LinkedHashMap<>(response.headers());
        headers.replaceAll(
                (name, values) -> values.stream().map(this::removedFrom).toList());
        HttpHead head = new HttpHead(response.status(), removedFrom(response.statusText()), headers);
        return new OpenAIResponse(head, response.body());
    }
}
