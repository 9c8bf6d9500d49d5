package dev.aikit.internal.call;

import dev.aikit.OpenAIError;
import dev.aikit.OpenAIResponse;
import dev.aikit.internal.SecretParameters;
import dev.aikit.internal.http.HttpHead;
import dev.aikit.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a call sends and nobody may read in a log: some servers repeat the key when they complain of it. Looked for among the
 * headers only when there is an error to clean. What succeeded is left as it came.
 */
final class Secrets {
    private static final int TOO_SHORT_TO_BE_ONE = 6;
    /** Shorter ones are the same for many keys, such as {@code sk-proj-}. */
    private static final int SHORTEST_PART = 10;

    private static final String IN_ITS_PLACE = "[key]";

    private final List<Route> routes;
    private volatile @Nullable Known known;

    /** What is looked for. */
    private record Known(List<String> values, Pattern pattern) {}

    Secrets(List<Route> routes) {
        this.routes = routes;
    }

    /** All of them, the longest first, for one may begin with another; hosts are repeated in lower case. */
    private Known known() {
        Known before = known;
        if (before != null) return before;
        Set<String> found = new LinkedHashSet<>();
        for (Route route : routes) addValues(route, found);
        List<String> values = found.stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
        String all = values.stream().map(Pattern::quote).collect(Collectors.joining("|"));
        Pattern pattern = Pattern.compile(all.isEmpty() ? "(?!)" : all, Pattern.CASE_INSENSITIVE);
        return known = new Known(values, pattern);
    }

    private static void addValues(Route route, Set<String> values) {
        for (Map.Entry<String, String> header : route.call().headers().entrySet()) {
            boolean secret = CallHeaders.isSecret(header.getKey())
                    || route.destination().keyHeaders().contains(header.getKey());
            String value = header.getValue()
                    .replaceFirst("(?i)^(bearer|basic|token) +", "")
                    .strip();
            if (secret) addForms(value, values);
        }
        for (String value : SecretParameters.of(route.call().uri())) addForms(value, values);
    }

    private static void addForms(String value, Set<String> values) {
        if (value.length() < TOO_SHORT_TO_BE_ONE) return;
        String inJson = Json.of(value).toString();
        values.add(value);
        values.add(inJson.substring(1, inJson.length() - 1));
        values.add(value.replace("/", "\\/")); // as some servers write it in JSON
        values.add(URLEncoder.encode(value, StandardCharsets.UTF_8));
        String inBase64 = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
        values.add(inBase64.replace("=", "")); // with or without its end
    }

    /** The text with another word in the place of each secret. */
    String removedFrom(String text) {
        return withoutCutOnes(known().pattern.matcher(text).replaceAll(IN_ITS_PLACE));
    }

    /** An answer may break off within a secret, or go on with something else. */
    private String withoutCutOnes(String text) {
        String clean = text;
        for (String value : known().values) if (value.length() > SHORTEST_PART) clean = withoutPartsOf(value, clean);
        return clean;
    }

    private static String withoutPartsOf(String value, String text) {
        int at = indexOfBeginning(value, text, 0);
        if (at < 0) return text;
        StringBuilder clean = new StringBuilder();
        int copied = 0;
        for (; at >= 0; at = indexOfBeginning(value, text, copied)) {
            clean.append(text, copied, at).append(IN_ITS_PLACE);
            copied = endOfPart(value, text, at);
        }
        return clean.append(text, copied, text.length()).toString();
    }

    private static int indexOfBeginning(String value, String text, int from) {
        for (int at = from; at <= text.length() - SHORTEST_PART; at++)
            if (text.regionMatches(true, at, value, 0, SHORTEST_PART)) return at;
        return -1;
    }

    private static int endOfPart(String value, String text, int start) {
        int length = SHORTEST_PART;
        while (length < value.length() && text.regionMatches(true, start + length, value, length, 1)) length++;
        return start + length;
    }

    /** What an error answer says, with another word in the place of each secret. */
    byte[] removedFrom(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        String clean = removedFrom(text);
        byte[] bytes = clean.equals(text) ? body : clean.getBytes(StandardCharsets.ISO_8859_1);
        if (clean.indexOf('\\') < 0) return bytes;
        Json json =
                new OpenAIResponse(new HttpHead(0, "", Map.of()), bytes).json(); // a secret may be written in escapes
        Json cleaned = removedFrom(json);
        return cleaned == json ? bytes : cleaned.toBytes();
    }

    /** The same value; if it holds a secret, another one with another word in its place. */
    Json removedFrom(Json json) {
        Object plain = json.toJava();
        Object clean = plain == null ? null : removedFromPlain(plain);
        return plain == null || plain.equals(clean) ? json : Json.of(clean);
    }

    private Object removedFromPlain(Object plain) {
        if (plain instanceof String text) return removedFrom(text);
        if (plain instanceof Number number) {
            String clean = removedFrom(number.toString());
            return clean.equals(number.toString()) ? number : clean;
        }
        if (plain instanceof List<?> list) {
            List<@Nullable Object> items = new ArrayList<>();
            for (Object item : list) items.add(item == null ? null : removedFromPlain(item));
            return items;
        }
        if (!(plain instanceof Map<?, ?> map)) return plain;
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        map.forEach((name, value) ->
                fields.put(removedFrom(String.valueOf(name)), value == null ? null : removedFromPlain(value)));
        return fields;
    }

    /** The same answer; if its head or body holds a secret, another one with another word in its place. */
    @Nullable
    OpenAIResponse removedFrom(@Nullable OpenAIResponse response) {
        if (response == null) return null;
        byte[] body = response.body();
        byte[] clean = removedFrom(body);
        String head = response.statusText() + response.headers();
        if (clean == body && removedFrom(head).equals(head)) return response;
        Map<String, List<String>> headers = new LinkedHashMap<>();
        response.headers()
                .forEach((name, values) -> headers.put(
                        removedFrom(name),
                        values.stream().map(this::removedFrom).toList()));
        return new OpenAIResponse(new HttpHead(response.status(), removedFrom(response.statusText()), headers), clean);
    }

    /** The same error, with another word in the place of each secret that it holds. */
    OpenAIError removedFrom(OpenAIError error) {
        return error.with(
                removedFrom(error.message()),
                removedFrom(error.details()),
                removedFrom(error.response()),
                removedFrom(error.cause()));
    }

    /** What a parser complains of may be the secret itself. */
    private @Nullable Throwable removedFrom(@Nullable Throwable cause) {
        if (cause == null) return null;
        StringBuilder all = new StringBuilder();
        Throwable each = cause;
        for (int depth = 0; each != null && depth < 20; depth++, each = each.getCause()) all.append(each);
        if (removedFrom(all.toString()).contentEquals(all)) return cause;
        Throwable clean = new IllegalStateException(removedFrom(cause.toString()));
        clean.setStackTrace(cause.getStackTrace());
        return clean;
    }

    /** That outcome as a failure, wholly cleaned. */
    Outcome failed(Outcome outcome, OpenAIError error) {
        OpenAIError clean = removedFrom(error);
        OpenAIResponse response =
                error.response() == outcome.response() ? clean.response() : removedFrom(outcome.response());
        return new Outcome(
                outcome.request(),
                response,
                removedFrom(outcome.json()),
                List.of(clean),
                outcome.attempts(),
                outcome.terminated());
    }
}
