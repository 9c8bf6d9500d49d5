package dev.aikit.moderations;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIAPIResource;
import dev.aikit.OpenAIAnswer;
import dev.aikit.OpenAICommonParameters;
import dev.aikit.internal.Checks;
import dev.aikit.internal.call.Operation;
import dev.aikit.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Whether something is harmful, and in what way. */
public final class OpenAIModerationsAPI extends OpenAIAPIResource {
    /** The model of this library's default, as in the kit. */
    public static final String DEFAULT_MODEL = "omni-moderation-latest";

    /** Made by its client. */
    public OpenAIModerationsAPI(OpenAI client) {
        super(client);
    }

    /** Looks at a text with {@value #DEFAULT_MODEL}; waits. */
    public OpenAIModerationResult create(String input) {
        return create(Input.text(input), DEFAULT_MODEL, p -> p);
    }

    /** Looks at what is given with that model; waits. */
    public OpenAIModerationResult create(Input input, String model) {
        return create(input, model, p -> p);
    }

    /** Looks at what is given with that model; waits, or does not, as the parameters say. */
    public <T extends OpenAIAnswer> T create(
            Input input,
            String model,
            Function<
                            OpenAICommonParameters<OpenAIModerationResult, OpenAIModerationResult>,
                            OpenAICommonParameters<OpenAIModerationResult, T>>
                    parameters) {
        return create(input, model, apply(parameters, OpenAICommonParameters.of(OpenAIModerationResult.class)));
    }

    /** The same with parameters made before. */
    public <T extends OpenAIAnswer> T create(
            Input input, String model, OpenAICommonParameters<OpenAIModerationResult, T> parameters) {
        Json look = Json.of(
                Map.of("input", Objects.requireNonNull(input, "input").json, "model", Checks.text("model", model)));
        byte[] body = body(look, parameters);
        return make(
                Operation.of("moderations.create", "POST", "/moderations", body, OpenAIModerationResult::new),
                parameters);
    }

    /** What is looked at: one text, several texts, or texts and pictures together. */
    public static final class Input {
        private final Json json;

        private Input(Object value) {
            this.json = Json.of(value);
        }

        /** One text. */
        public static Input text(String text) {
            return new Input(Checks.text("input", text));
        }

        /** Several texts, each judged by itself. */
        public static Input texts(List<String> texts) {
            if (texts == null || texts.isEmpty())
                throw new IllegalArgumentException("texts: at least one text expected, not " + texts);
            for (int i = 0; i < texts.size(); i++) Checks.text("texts[" + i + "]", texts.get(i));
            return new Input(texts);
        }

        /** This, and a picture by its address ({@code https:} or {@code data:}), judged together. */
        public Input andImageURL(String url) {
            List<Object> parts = new ArrayList<>();
            if (json.isString()) parts.add(Map.of("type", "text", "text", json));
            for (Json item : json.items()) parts.add(item.isString() ? Map.of("type", "text", "text", item) : item);
            parts.add(Map.of("type", "image_url", "image_url", Map.of("url", Checks.text("url", url))));
            return new Input(parts);
        }
    }
}
