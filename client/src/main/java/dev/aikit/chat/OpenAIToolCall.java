package dev.aikit.chat;

import dev.aikit.json.Json;

/**
 * A function that the model wants called.
 *
 * @param json the object as it came
 */
public record OpenAIToolCall(Json json) {
    /** Its id, which the answer names. */
    public String id() {
        return json.get("id").asText();
    }

    /** "function". */
    public String type() {
        return json.get("type").asText("function");
    }

    /** The function's name. */
    public String name() {
        return json.get("function").get("name").asText();
    }

    /** The arguments as the model wrote them: JSON text, which may be faulty; "{}" where it wrote nothing. */
    public String arguments() {
        Json arguments = json.get("function").get("arguments");
        String text = arguments.isString() ? arguments.asText() : arguments.toString(); // some servers send an object
        return text.isBlank() || text.equals("null") ? "{}" : text;
    }
}
