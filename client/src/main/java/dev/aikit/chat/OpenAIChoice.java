package dev.aikit.chat;

import dev.aikit.json.Json;
import dev.aikit.json.JsonType;

/**
 * One of the answers that a model gives, or the next piece of one.
 *
 * @param json the object as it came; missing for the choice of an answer that has none
 */
public record OpenAIChoice(Json json) {
    /** The message; empty in a piece of a stream. */
    public OpenAIMessage message() {
        return new OpenAIMessage(json.get("message"));
    }

    /** What this piece of a stream adds to the message; empty elsewhere. */
    public OpenAIMessage delta() {
        return new OpenAIMessage(json.get("delta"));
    }

    /** The text of the message, or of the delta. */
    public String text() {
        return json.get("message").isPresent() ? message().text() : delta().text();
    }

    /**
     * The text, read as a record or a class with bean properties. A Markdown fence around the JSON is passed over.
     *
     * @throws dev.aikit.json.JsonException if the text is not JSON, or does not fit
     */
    public <V> V as(Class<V> type) {
        return JsonType.of(type).read(ResponseType.json(text()));
    }

    /** Why the model stopped: "stop", "length", "tool_calls", "content_filter"; "" if it has not, or did not say. */
    public String finishReason() {
        return json.get("finish_reason").asText();
    }

    /** Its place among the choices, from 0. */
    public int index() {
        return json.get("index").asInt(0);
    }

    /** Whether there is a choice at all. */
    public boolean isPresent() {
        return json.isPresent();
    }
}
