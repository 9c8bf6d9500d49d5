package dev.aikit.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is asked: made before, turned into a client's own types with each call. */
public final class Question {
    /** @param role "system", "user" or "assistant" */
    public record Message(String role, String text) {}

    private final List<Message> messages;
    private byte[] json;
    private byte[] streamingJson;

    public Question(List<Message> messages) {
        this.messages = messages;
    }

    public List<Message> messages() {
        return messages;
    }

    /** The body ready to be sent, for floors. */
    public byte[] json(boolean streaming) {
        if (json == null) {
            json = body(false);
            streamingJson = body(true);
        }
        return streaming ? streamingJson : json;
    }

    private byte[] body(boolean streaming) {
        StringBuilder body = new StringBuilder("{\"model\":\"" + Client.MODEL + "\",\"messages\":[");
        String comma = "";
        for (Message message : messages) {
            body.append(comma).append("{\"role\":\"").append(message.role());
            body.append("\",\"content\":\"").append(message.text()).append("\"}");
            comma = ",";
        }
        body.append(streaming ? "],\"stream\":true}" : "]}");
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The body of a request for vectors, for floors. */
    public static byte[] embeddings(List<String> inputs) {
        String texts = String.join("\",\"", inputs);
        return ("{\"model\":\"text-embedding-3-small\",\"input\":[\"" + texts + "\"],\"encoding_format\":\"base64\"}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
