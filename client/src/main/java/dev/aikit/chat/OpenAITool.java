package dev.aikit.chat;

import dev.aikit.internal.Checks;
import dev.aikit.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** A function that a model may ask for: what it is told of it, and what runs. Immutable. */
public final class OpenAITool {
    /** What runs when the model asks. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Answers the model: with a text, or with anything else that {@link Json#of} takes.
         *
         * @param arguments what the model sent, an object; it may lack what the schema requires
         * @throws Exception to answer the model with the exception's message as an error
         */
        Object call(Json arguments) throws Exception;
    }

    private final Json function;
    private final Handler handler;

    private OpenAITool(Json function, Handler handler) {
        this.function = function;
        this.handler = handler;
    }

    /**
     * A tool.
     *
     * @param name letters, digits, dashes and underscores, up to 64
     * @param description what it does, for the model
     * @param parameters the JSON schema of its arguments: a map, {@link Json}, or a record of such
     */
    public static OpenAITool of(String name, String description, Object parameters, Handler handler) {
        if (name == null || !name.matches("[A-Za-z0-9_-]{1,64}"))
            throw new IllegalArgumentException(
                    "name: up to 64 letters, digits, dashes and underscores expected, not \"" + name + "\"");
        Map<String, Object> function = new LinkedHashMap<>();
        function.put("name", name);
        function.put("description", Checks.text("description", description));
        function.put("parameters", schema(parameters));
        return new OpenAITool(Json.of(function), Objects.requireNonNull(handler, "handler"));
    }

    private static Json schema(Object parameters) {
        Json schema = Json.of(parameters);
        if (!schema.isObject())
            throw new IllegalArgumentException("parameters: a JSON schema expected, an object, not " + schema);
        return schema;
    }

    /** The same tool, whose arguments the server makes follow the schema to the letter, or not. */
    public OpenAITool strict(boolean wanted) {
        return new OpenAITool(function.with("strict", wanted), handler);
    }

    /** "function". */
    public String type() {
        return "function";
    }

    /** Its name. */
    public String name() {
        return function.get("name").asText();
    }

    /** What the model is told of it. */
    public String description() {
        return function.get("description").asText();
    }

    /** The JSON schema of its arguments. */
    public Json parameters() {
        return function.get("parameters");
    }

    /** Whether the server makes the arguments follow the schema. */
    public boolean strict() {
        return function.get("strict").asBoolean(false);
    }

    /** What runs when the model asks. */
    public Handler handler() {
        return handler;
    }

    /** The tool as the API describes it. */
    public Json json() {
        return Json.of(Map.of("type", type())).with("function", function);
    }

    @Override
    public String toString() {
        return "OpenAITool[" + name() + "]";
    }
}
