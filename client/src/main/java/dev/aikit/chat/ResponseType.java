package dev.aikit.chat;

import dev.aikit.OpenAIError;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.json.Json;
import dev.aikit.json.JsonException;
import dev.aikit.json.JsonType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The type that an answer was asked for in: says so to the server, and looks at what comes. */
record ResponseType(JsonType<?> type) {
    static ResponseType of(Class<?> type) {
        return new ResponseType(JsonType.of(type));
    }

    Json format(boolean strict) {
        String allowed = type.name().replaceAll("[^A-Za-z0-9_-]", "_");
        return Json.of(Map.of("type", "json_schema"))
                .with(
                        "json_schema",
                        Json.of(Map.of("name", allowed.substring(0, Math.min(64, allowed.length()))))
                                .with("strict", strict)
                                .with("schema", type.schema(strict)));
    }

    /** Why an answer that is whole by the rules of HTTP is not what was asked for; null if it is. */
    @Nullable
    OpenAIError errorIn(OpenAIChatCompletionsResult result) {
        if (result.choices().isEmpty()) return error(Kind.MISFIT, "there is no answer", result, null);
        for (OpenAIChoice choice : result.choices()) {
            boolean answers = choice.message().toolCalls().isEmpty(); // else the answer is still to come
            OpenAIError error = answers ? errorIn(choice, result) : null;
            if (error != null) return error;
        }
        return null;
    }

    @Nullable
    OpenAIError errorIn(OpenAIChoice choice, OpenAIChatCompletionsResult result) {
        String refusal = choice.message().refusal();
        if (!refusal.isEmpty()) return error(Kind.REFUSED, "the model refuses: " + refusal, result, null);
        if (choice.finishReason().equals("length"))
            return error(Kind.LENGTH, "the model reached a limit of tokens before its answer was whole", result, null);
        if (choice.finishReason().equals("content_filter"))
            return error(Kind.CONTENT_FILTER, "a filter of the server stopped the answer", result, null);
        try {
            type.read(json(choice.text()));
            return null;
        } catch (JsonException misfit) {
            String message = "the answer is no " + type.name() + ": " + misfit.getMessage();
            return error(Kind.MISFIT, message, result, misfit);
        }
    }

    private static OpenAIError error(
            Kind kind, String message, OpenAIChatCompletionsResult result, @Nullable Throwable cause) {
        return OpenAIError.of(kind, message, result.response(), cause);
    }

    /**
     * The JSON of an answer. Models that nothing holds to the form put a Markdown fence around it; any other text beside the
     * JSON is an error.
     *
     * @throws JsonException if it is not JSON
     */
    static Json json(String answer) {
        String text = answer.strip();
        if (text.length() < 6 || !text.startsWith("```") || !text.endsWith("```")) return Json.parse(text);
        String inside = text.substring(3, text.length() - 3).strip();
        int line = inside.indexOf('\n');
        String first = line < 0 ? inside : inside.substring(0, line);
        boolean isOpening = line >= 0 && first.indexOf('{') < 0 && first.indexOf('[') < 0;
        if (isOpening && !text.startsWith("\n", 3)) inside = inside.substring(line);
        else if (inside.regionMatches(true, 0, "json", 0, 4)) inside = inside.substring(4);
        return Json.parse(inside);
    }
}
