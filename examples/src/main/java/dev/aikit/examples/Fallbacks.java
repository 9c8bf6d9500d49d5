package dev.aikit.examples;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIAttempt;
import dev.aikit.OpenAIProvider;
import dev.aikit.OpenAIProviders;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.local.LocalServer;
import java.util.List;

/** One name for two models: the first one's server is not there, so the second one answers. */
public final class Fallbacks {
    private Fallbacks() {}

    /** Asks, and shows who was asked. */
    public static void main(String... arguments) {
        try (LocalServer server = LocalServer.start()) {
            OpenAIProviders providers = OpenAIProviders.empty()
                    .provider(OpenAIProvider.of("gone", "http://127.0.0.1:1/v1"))
                    .provider(OpenAIProvider.of("local", server.baseURL()))
                    .modelAlias("guide", "gone:some-model", "local:" + LocalModels.GUIDE);
            try (OpenAI client =
                    OpenAI.create(c -> c.providers(providers).provider("local").maxRetries(0))) {
                ask(client);
            }
        }
    }

    private static void ask(OpenAI client) {
        OpenAIChatCompletionsResult result = client.chat()
                .completions()
                .create(List.of(OpenAIMessage.user("What is a worker?")), p -> p.model("guide"));
        for (OpenAIAttempt attempt : result.attempts())
            System.out.println(attempt.provider() + ":" + attempt.model() + " " + attempt.reason());
        System.out.println(result.orThrow().choice().text());
    }
}
