package dev.aikit.examples;

import dev.aikit.OpenAI;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIChatHelper;

/** A conversation: the helper remembers what was said. */
public final class Conversation {
    private Conversation() {}

    /** Asks, and asks on. */
    public static void main(String... arguments) {
        OpenAI client = LocalModels.client();
        OpenAIChatHelper<OpenAIChatCompletionsResult> helper =
                client.chat().create("You are a helpful assistant.", p -> p.model(LocalModels.GUIDE));

        System.out.println(
                helper.prompt("How do I cancel a call?").orThrow().choice().text());
        System.out.println(helper.prompt("What is a worker?").orThrow().choice().text());
        System.out.println("messages remembered: " + helper.messages().size());
    }
}
