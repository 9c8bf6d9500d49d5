package dev.aikit.examples;

import dev.aikit.OpenAI;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIMessage;
import java.util.List;

/** An answer that is shown piece by piece; at the end comes the whole of it. */
public final class Streaming {
    private Streaming() {}

    /** Asks, and goes on. */
    public static void main(String... arguments) {
        OpenAI client = LocalModels.client();
        List<OpenAIMessage> messages = List.of(OpenAIMessage.user("How do I stream an answer?"));
        client.chat()
                .completions()
                .create(
                        messages,
                        p -> p.model(LocalModels.GUIDE)
                                .onData(chunk ->
                                        System.out.print(chunk.choice().delta().text()))
                                .onTerminate(Streaming::done));
    }

    private static void done(OpenAIChatCompletionsResult result) {
        if (!result.success()) System.out.println("\nfailed: " + result.errors());
        System.out.println("\ncharacters in all: " + result.choice().text().length());
    }
}
