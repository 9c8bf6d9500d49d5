package dev.aikit.testing;

import dev.aikit.json.Json;
import java.util.List;
import java.util.Map;

/** Chat answers as servers send them. */
public final class Answers {
    private Answers() {}

    /** A whole answer with that text. */
    public static String whole(String text) {
        return whole(Map.of("role", "assistant", "content", text), "stop");
    }

    /** A whole answer with that message. */
    public static String whole(Map<String, ?> message, String finishReason) {
        Map<String, Object> choice = Map.of("index", 0, "message", message, "finish_reason", finishReason);
        return Json.of(Map.of("id", "chatcmpl-1", "object", "chat.completion", "choices", List.of(choice)))
                .toString();
    }

    /** A stream of those pieces, with its end. */
    public static String stream(String... pieces) {
        return unfinished(pieces) + event(piece("{}", "\"stop\"")) + done();
    }

    /** A stream of those pieces that lacks all that shows its end. */
    public static String unfinished(String... pieces) {
        StringBuilder stream = new StringBuilder(event(piece("{\"role\":\"assistant\",\"content\":\"\"}", "null")));
        for (String piece : pieces) stream.append(event(text(piece)));
        return stream.toString();
    }

    /** A piece that continues the text. */
    public static String text(String text) {
        return piece(Json.of(Map.of("content", text)).toString(), "null");
    }

    /** A piece with that delta. */
    public static String piece(String delta, String finishReason) {
        return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":"
                + delta + ",\"finish_reason\":" + finishReason + "}]}";
    }

    /** An event with that data. */
    public static String event(String data) {
        return "data: " + data + "\n\n";
    }

    /** The event that ends a stream. */
    public static String done() {
        return event("[DONE]");
    }
}
