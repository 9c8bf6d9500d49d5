package dev.aikit.examples;

import dev.aikit.OpenAI;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.json.Description;
import java.util.List;
import java.util.Optional;

/**
 * An answer as a Java object. It needs a server whose model can follow a JSON schema: {@code OPENAI_API_KEY}, or another
 * {@code OPENAI_BASE_URL}. The local models that come with the kit cannot, so the tests only compile this one.
 */
public final class StructuredOutput {
    record Step(@Description("What to do, in one sentence") String text, int minutes) {}

    record Recipe(String name, List<Step> steps, Optional<Integer> persons) {}

    private StructuredOutput() {}

    /** Asks for a recipe. */
    public static void main(String... arguments) {
        OpenAI client = OpenAI.create();
        client.chat()
                .completions()
                .create(
                        List.of(OpenAIMessage.user("How do I make pancakes?")),
                        p -> p.responseFormat(Recipe.class)
                                .onResponse(StructuredOutput::print)
                                .onError(result -> System.out.println(result.errors())));
    }

    private static void print(OpenAIChatCompletionsResult result) {
        Recipe recipe = result.as(Recipe.class);
        System.out.println(recipe.name());
        for (Step step : recipe.steps()) System.out.println(step.minutes() + " min: " + step.text());
    }
}
