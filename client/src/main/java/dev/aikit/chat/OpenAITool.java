package dev.aikit.chat;

import dev.aikit.internal.Checks;
import dev.aikit.json.Json;
import dev.aikit.json.JsonType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A function that a model may ask for: what it is told of it, and what runs. Immutable. */
public final class OpenAITool {
    /** What runs when the model asks. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Answers the model: with a text, with anything else that {@link Json#of} takes, or with a
         * {@link java.util.concurrent.CompletionStage} of that, which is waited for without a thread, as long as a tool may
         * take.
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

    /** What runs when the model asks, if the arguments are read before. */
    @FunctionalInterface
    public interface ArgumentsHandler<A> {
        /**
         * Answers the model: with a text, with anything else that {@link Json#of} takes, or with a
         * {@link java.util.concurrent.CompletionStage} of that, which is waited for without a thread, as long as a tool may
         * take.
         *
         * @throws Exception to answer the model with the exception's message as an error
         */
        Object call(A arguments) throws Exception;
    }

    /**
     * A tool.
     *
     * @param name letters, digits, dashes and underscores, up to 64
     * @param description what it does, for the model
     * @param parameters the JSON schema of its arguments
     */
    public static OpenAITool of(String name, String description, Map<String, ?> parameters, Handler handler) {
        return of(name, description, Json.of(parameters), handler);
    }

    /** The same with the schema as JSON. */
    public static OpenAITool of(String name, String description, Json parameters, Handler handler) {
        requireName(name);
        requireSchema(parameters);
        Map<String, Object> function = new LinkedHashMap<>();
        function.put("name", name);
        function.put("description", Checks.text("description", description));
        function.put("parameters", parameters);
        return new OpenAITool(Json.of(function), Objects.requireNonNull(handler, "handler"));
    }

    private static void requireName(String name) {
        if (name == null || !name.matches("[A-Za-z0-9_-]{1,64}"))
            throw new IllegalArgumentException(
                    "name: up to 64 letters, digits, dashes and underscores expected, not \"" + name + "\"");
    }

    private static void requireSchema(Json parameters) {
        if (!parameters.isObject())
            throw new IllegalArgumentException("parameters: a JSON schema expected, an object, not " + parameters);
    }

    /**
     * A tool whose arguments are read as a record, or as a class with bean properties; arguments that do not fit are
     * answered to the model, naming the field, and the handler does not run. Strict, unless the type holds a map or any
     * JSON. Needs the artifact {@code dev.aikit:aikit-schema}.
     *
     * @param name letters, digits, dashes and underscores, up to 64
     * @param description what it does, for the model
     */
    public static <A> OpenAITool of(
            String name, String description, Class<A> arguments, ArgumentsHandler<? super A> handler) {
        JsonType<A> type = JsonType.of(arguments);
        Objects.requireNonNull(handler, "handler");
        return of(name, description, type, given -> handler.call(type.read(given)));
    }

    static OpenAITool of(String name, String description, JsonType<?> arguments, Handler handler) {
        Json loose = arguments.schema(false);
        if (!loose.get("type").asText().equals("object"))
            throw new IllegalArgumentException("arguments: a record or a class expected, not " + arguments.name());
        Json schema = strictSchema(arguments);
        return schema == null
                ? of(name, description, loose, handler)
                : of(name, description, schema, handler).strict(true);
    }

    private static @Nullable Json strictSchema(JsonType<?> arguments) {
        try {
            return arguments.schema(true);
        } catch (IllegalArgumentException holdsAMap) {
            return null;
        }
    }

    /**
     * A tool as the API describes it, {@code {"type": "function", "function": {…}}}, or only what stands in
     * {@code function}, as the kit allows.
     *
     * @param definition a map, {@link Json}, or an {@code OpenAITool}, whose own handler is not used then
     */
    public static OpenAITool of(Object definition, Handler handler) {
        Json given = definition instanceof OpenAITool tool ? tool.json() : Json.of(definition);
        Map<String, Object> function =
                new LinkedHashMap<>((given.get("function").isObject() ? given.get("function") : given).fields());
        function.remove("type");
        if (given.get("strict").isPresent()) function.put("strict", given.get("strict"));
        Json described = Json.of(function);
        requireName(described.get("name").asText());
        if (described.get("parameters").isPresent()) requireSchema(described.get("parameters"));
        return new OpenAITool(described, Objects.requireNonNull(handler, "handler"));
    }

    /**
     * A tool that calls a method: its arguments are the method's parameters, in any number, and its answer is what the
     * method returns, or "done" if it returns nothing. Parameters may be left out by the model if they are {@code Optional}
     * or {@code @Nullable}. What the method throws is answered to the model.
     *
     * @param owner the object that has the method, or the class if it is static
     * @param method its name, of which there may be only one; the description stands in its {@link Tool}
     * @throws IllegalArgumentException if the method cannot be a tool; the message says what to do
     */
    public static OpenAITool ofMethod(Object owner, String method) {
        return MethodTools.one(owner, method);
    }

    /** The same for each method that has a {@link Tool}, in the order of their names. */
    public static List<OpenAITool> ofMethods(Object owner) {
        return MethodTools.all(owner);
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

    /** The JSON schema of its arguments; missing if its definition has none. */
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
