package dev.aikit.examples;

import dev.aikit.OpenAI;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIMessage;
import java.util.List;

/** A question whose answer is received in a callback, called only on success; another one hears of failures. */
public final class ChatCompletions {
    private ChatCompletions() {}

    /** Asks, and goes on. */
    public static void main(String... arguments) {
        OpenAI client = LocalModels.client();
        List<OpenAIMessage> messages = List.of(
                OpenAIMessage.system("You are a helpful assistant."), OpenAIMessage.user("Where do callbacks run?"));
        client.chat()
                .completions()
                .create(
                        messages,
                        p -> p.model(LocalModels.GUIDE)
                                .onResponse(ChatCompletions::receive)
                                .onError(result -> System.out.println("failed: " + result.errors())));
        System.out.println("asked");
    }

    private static void receive(OpenAIChatCompletionsResult result) {
        System.out.println("assistant: " + result.choices().get(0).text());
    }
}
