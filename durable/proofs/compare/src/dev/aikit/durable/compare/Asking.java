package dev.aikit.durable.compare;

import dev.aikit.OpenAI;
import dev.aikit.chat.OpenAIMessage;
import java.util.List;

/** The one request of a job: the same for all, by the same client. */
final class Asking {
    static final List<OpenAIMessage> MESSAGES = List.of(OpenAIMessage.user("Hello"));

    private Asking() {}

    /** Waits for the answer. */
    static void ask(OpenAI client, String key) {
        String text = client.chat()
                .completions()
                .create(MESSAGES, p -> p.user(key))
                .orThrow()
                .choice()
                .text();
        if (!text.equals("answer to " + key)) throw new IllegalStateException("another job's answer: " + text);
    }
}
