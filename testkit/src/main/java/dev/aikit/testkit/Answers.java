package dev.aikit.testkit;

import java.util.List;
import java.util.Map;

/** The bodies of chat answers, as servers send them. */
public final class Answers {
    private Answers() {}

    /** A whole answer with that text. */
    public static String whole(String text) {
        return whole(Map.of("role", "assistant", "content", text), "stop");
    }

    /**
     * A whole answer with that message, of maps, lists, texts, numbers, truth values and null.
     *
     * @throws IllegalArgumentException if there is something else in it
     */
    public static String whole(Map<String, ?> message, String finishReason) {
        Map<String, Object> choice = Map.of("index", 0, "message", message, "finish_reason", finishReason);
        return JsonText.of(Map.of("id", "chatcmpl-1", "object", "chat.completion", "choices", List.of(choice)));
    }

    /** An error as OpenAI's API reports it, for the body of an answer with an error status. */
    public static String error(String message) {
        return JsonText.of(Map.of("error", Map.of("message", message)));
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

    /** The data of an event that continues the text. */
    public static String text(String text) {
        return piece(JsonText.of(Map.of("content", text)), "null");
    }

    /** The data of an event with that delta; both arguments are JSON. */
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
