package dev.aikit.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request and its answer, in a file of JSON.
 *
 * @param pieces the answer's body, cut where it was cut on its way
 * @param cut whether the connection ended before the answer
 */
record RecordedExchange(
        String method,
        String target,
        Map<String, List<String>> requestHeaders,
        byte[] requestBody,
        int status,
        Map<String, List<String>> headers,
        List<Piece> pieces,
        boolean cut) {
    /** What came at once, so many milliseconds after the piece before it, or after the head. */
    record Piece(byte[] bytes, long afterMillis) {}

    void write(Path file) throws IOException {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("method", method);
        request.put("target", target);
        request.put("headers", requestHeaders);
        Object json = json(requestHeaders, requestBody);
        if (json != null) request.put("json", json);
        else put(request, requestBody);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", status);
        answer.put("headers", headers);
        answer.put("pieces", pieces.stream().map(RecordedExchange::written).toList());
        if (cut) answer.put("cut", true);
        Map<String, Object> both = new LinkedHashMap<>();
        both.put("request", request);
        both.put("answer", answer);
        Files.writeString(file, JsonText.pretty(both));
    }

    private static Map<String, Object> written(Piece piece) {
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("after_ms", piece.afterMillis);
        put(written, piece.bytes);
        return written;
    }

    private static void put(Map<String, Object> into, byte[] bytes) {
        if (bytes.length == 0) return;
        try {
            into.put(
                    "text",
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException noText) {
            into.put("base64", Base64.getEncoder().encodeToString(bytes));
        }
    }

    private static byte[] bytes(Map<?, ?> from) {
        if (from.get("base64") instanceof String base64)
            return Base64.getDecoder().decode(base64);
        return from.get("text") instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : new byte[0];
    }

    /** The body, if it is said to be JSON and is. */
    static @Nullable Object json(Map<String, List<String>> headers, byte[] body) {
        if (!headers.getOrDefault("content-type", List.of("")).get(0).contains("json")) return null;
        try {
            return JsonText.parse(new String(body, StandardCharsets.UTF_8));
        } catch (IOException noJson) {
            return null;
        }
    }

    /**
     * What a file holds.
     *
     * @throws IOException also if it is no recording
     */
    static RecordedExchange read(Path file) throws IOException {
        try {
            Map<?, ?> both = JsonText.object(Files.readString(file));
            Map<?, ?> request = part(Map.class, both, "request");
            Map<?, ?> answer = part(Map.class, both, "answer");
            List<Piece> pieces = new ArrayList<>();
            for (Object piece : part(List.class, answer, "pieces"))
                if (piece instanceof Map<?, ?> map)
                    pieces.add(new Piece(
                            bytes(map), part(Number.class, map, "after_ms").longValue()));
            Object json = request.get("json");
            return new RecordedExchange(
                    part(String.class, request, "method"),
                    part(String.class, request, "target"),
                    headers(part(Map.class, request, "headers")),
                    json != null ? JsonText.of(json).getBytes(StandardCharsets.UTF_8) : bytes(request),
                    part(Number.class, answer, "status").intValue(),
                    headers(part(Map.class, answer, "headers")),
                    pieces,
                    Boolean.TRUE.equals(answer.get("cut")));
        } catch (IOException | IllegalArgumentException otherwise) {
            throw new IOException(file + " is no recording of an exchange: " + otherwise.getMessage(), otherwise);
        }
    }

    private static <T> T part(Class<T> type, Map<?, ?> of, String name) throws IOException {
        Object part = of.get(name);
        if (!type.isInstance(part)) throw new IOException("\"" + name + "\" is missing or of another type");
        return type.cast(part);
    }

    private static Map<String, List<String>> headers(Map<?, ?> of) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        of.forEach((name, values) -> {
            List<String> all = new ArrayList<>();
            if (values instanceof List<?> list) for (Object value : list) all.add(String.valueOf(value));
            headers.put(String.valueOf(name), all);
        });
        return headers;
    }
}
