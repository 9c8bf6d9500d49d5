package dev.aikit.testing;

import dev.aikit.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** OpenAI's description of its API, and the examples in it. */
public final class Description {
    private static final String FILE = "spec/openai-openapi.json";
    private static final Pattern EVENTS = Pattern.compile("^(event|data): ", Pattern.MULTILINE);

    /** Another reader of JSON than the one under test. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final JsonMapper LENIENT = MAPPER.rebuild()
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA, JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES)
            .build();

    private Description() {}

    /**
     * An example of one function.
     *
     * @param method in capitals
     * @param request a command for curl; "" if there is none
     * @param response what is shown as the answer's body, whatever it is; "" if there is none
     */
    public record Example(String method, String path, String title, String request, String response) {
        /** Method and path, as in "GET /models/{model}". */
        public String function() {
            return method + " " + path;
        }

        /** Whether the answer is a stream of events. */
        public boolean isStream() {
            return EVENTS.matcher(response).find();
        }

        @Override
        public String toString() {
            return function() + (title.isEmpty() ? "" : " (" + title + ")");
        }
    }

    /** Every example of a function, and of what it answers by its schema. */
    public static List<Example> examples() throws IOException {
        Json description = Json.parse(SharedData.text(FILE));
        List<Example> examples = new ArrayList<>();
        description
                .get("paths")
                .fields()
                .forEach((path, methods) -> methods.fields().forEach((verb, operation) -> {
                    String method = verb.toUpperCase(Locale.ROOT);
                    Json shown = operation.get("x-oaiMeta").get("examples");
                    for (Json example : shown.isArray() ? shown.items() : List.of(shown))
                        if (example.isObject())
                            examples.add(new Example(
                                    method,
                                    path,
                                    example.get("title").asText(),
                                    example.get("request").get("curl").asText(),
                                    example.get("response").asText().strip()));
                    String schema = schemaOfAnswer(operation);
                    Json ofSchema = description.get("components").get("schemas").get(schema);
                    String example =
                            ofSchema.get("x-oaiMeta").get("example").asText().strip();
                    if (!example.isEmpty()) examples.add(new Example(method, path, schema, "", example));
                }));
        return examples;
    }

    private static String schemaOfAnswer(Json operation) {
        Json json = operation.get("responses").get("200").get("content").get("application/json");
        return json.get("schema").get("$ref").asText().replaceAll(".*/", "");
    }

    /** Whether that is JSON, by another reader than the one under test. */
    public static boolean isJson(String text) {
        return read(MAPPER, text) != null;
    }

    /** Reads JSON, with every digit of its numbers, by another reader than the one under test. */
    public static JsonNode tree(String json) {
        return MAPPER.readTree(json);
    }

    /**
     * An example without the slips and the dots of the description, which are no JSON: commas too many or too few, names
     * without quotes, Python's None, "..." for what is left out. "" if it is not JSON then either.
     */
    public static String mended(String response) {
        String whole = response.replaceAll("\\{\\s*\\.\\.\\.\\s*}", "{}")
                .replaceAll("(?m)^\\s*\\.{3,}.*$", "")
                .replaceAll(": None\\b", ": null")
                .replaceAll("([\"\\w}\\]])(\n\\s*\")", "$1,$2");
        for (String text : List.of(whole, whole.replaceAll("}\\s*$", ""), whole + "}")) {
            JsonNode read = read(LENIENT, text);
            if (read != null) return read.toString();
        }
        return "";
    }

    private static JsonNode read(JsonMapper mapper, String text) {
        try {
            JsonNode read = mapper.readTree(text);
            return read.isContainer() ? read : null;
        } catch (JacksonException notJson) {
            return null;
        }
    }

    /** The objects of an example that shows them one after the other, with dots for those that are left out. */
    public static List<String> lines(String response) {
        return response.lines().filter(Description::isJson).toList();
    }

    /** What an example of curl sends as its body; missing if that is nothing, or no JSON. */
    public static Json bodyOf(String curl) {
        Matcher data = Pattern.compile("-d '(.*?)'\\s*(\\\\|$)", Pattern.DOTALL).matcher(curl.strip());
        return data.find() ? Json.parse(data.group(1)) : Json.missing();
    }
}
