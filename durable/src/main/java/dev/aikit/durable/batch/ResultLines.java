package dev.aikit.durable.batch;

import dev.aikit.OpenAIResponse;
import dev.aikit.durable.StoredCall;
import dev.aikit.json.Json;
import dev.aikit.json.JsonException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ends of calls as lines in the format of OpenAI's Batch API. */
final class ResultLines {
    private ResultLines() {}

    /** A result. */
    static byte[] done(StoredCall call) {
        return line(call, Json.of(null));
    }

    /** A failure, with the answer as far as one came. */
    static byte[] dead(StoredCall call) {
        return line(call, Json.of(Map.of("code", call.kind().toLowerCase(Locale.ROOT), "message", call.reason())));
    }

    /** How many tokens were read and written, where the server says. */
    static long[] tokens(StoredCall call) {
        OpenAIResponse response = call.response();
        return response == null ? new long[2] : tokens(response.json());
    }

    /** The same for the body of an answer. */
    static long[] tokens(Json body) {
        Json usage = body.get("usage");
        Json output = usage.get("completion_tokens").isPresent()
                ? usage.get("completion_tokens")
                : usage.get("output_tokens");
        Json input = usage.get("prompt_tokens").isPresent() ? usage.get("prompt_tokens") : usage.get("input_tokens");
        return new long[] {input.asLong(0), output.asLong(0)};
    }

    private static byte[] line(StoredCall call, Json error) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        // The same each time, for one who merges several files.
        UUID id = UUID.nameUUIDFromBytes(call.key().getBytes(StandardCharsets.UTF_8));
        put(line, "{\"id\":\"batch_req_" + id.toString().replace("-", "") + "\",\"custom_id\":");
        put(line, Json.of(call.key()).toString());
        put(line, ",\"response\":");
        response(line, call.response());
        put(line, ",\"error\":" + error + "}\n");
        return line.toByteArray();
    }

    private static void response(ByteArrayOutputStream line, @Nullable OpenAIResponse response) {
        if (response == null) {
            put(line, "null");
            return;
        }
        put(line, "{\"status_code\":" + response.status() + ",\"request_id\":");
        put(line, Json.of(response.requestID()) + ",\"body\":");
        line.writeBytes(body(response));
        put(line, "}");
    }

    /** JSON byte by byte as it came, so that no digit is lost, on one line; anything else as a text. */
    private static byte[] body(OpenAIResponse response) {
        byte[] body = response.body().clone();
        try {
            Json.parse(body);
        } catch (JsonException noJson) {
            return Json.of(response.text()).toBytes();
        }
        for (int i = 0; i < body.length; i++) if (body[i] == '\n' || body[i] == '\r') body[i] = ' ';
        return body;
    }

    private static void put(ByteArrayOutputStream line, String text) {
        line.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
