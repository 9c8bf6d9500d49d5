package dev.aikit.examples;

import dev.aikit.OpenAI;
import dev.aikit.chat.OpenAIChatHelper;
import dev.aikit.chat.OpenAITool;
import dev.aikit.chat.Tool;
import dev.aikit.json.Description;
import java.time.LocalDate;

/**
 * Tools from a record and from an annotated object. It needs a server whose model knows tools: {@code OPENAI_API_KEY}, or
 * another {@code OPENAI_BASE_URL}. The local models that come with the kit do not, so the tests only compile this one.
 */
public final class Tools {
    record Sum(double first, double second) {}

    static final class Calendar {
        @Tool("Today's date")
        LocalDate today() {
            return LocalDate.now();
        }

        @Tool(
                value = "How many days lie between two dates",
                parameters = {"from", "to"})
        long days(@Description("The earlier one") LocalDate from, LocalDate to) {
            return to.toEpochDay() - from.toEpochDay();
        }
    }

    private Tools() {}

    /** Asks what cannot be answered without them. */
    public static void main(String... arguments) {
        OpenAI client = OpenAI.create();
        OpenAIChatHelper<?> helper = client.chat()
                .create(
                        "You are a helpful assistant.",
                        p -> p.onResponse(result ->
                                        System.out.println(result.choice().text()))
                                .onError(result -> System.out.println(result.errors())));
        helper.registerTools(new Calendar())
                .registerTool(OpenAITool.of("add", "Adds two numbers", Sum.class, sum -> sum.first() + sum.second()));
        helper.prompt("How many days are left until the end of this year?");
    }
}
