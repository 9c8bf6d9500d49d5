package dev.aikit.durable.proof;

import dev.aikit.OpenAI;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.durable.DurableWorker;
import dev.aikit.durable.RateLimit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A process of the proof of rate limits: works with a store until its input ends. Arguments: folder, base URL, requests a
 * minute, tokens a minute, seconds of the burst; 0 for no such limit.
 */
public final class RateMain {
    /** The user of a call without a limit. */
    static final String WARM_UP = "warm-up";

    private RateMain() {}

    public static void main(String... arguments) throws Exception {
        RateLimit limit = RateLimit.perMinute().burst(Duration.ofSeconds(Long.parseLong(arguments[4])));
        int requests = Integer.parseInt(arguments[2]);
        int tokens = Integer.parseInt(arguments[3]);
        if (requests > 0) limit = limit.requests(requests);
        if (tokens > 0) limit = limit.tokens(tokens);
        OpenAI connected = OpenAI.create(c -> c.baseURL(arguments[1]));
        // A process that has just begun takes a second to send its first request: this is not what is measured.
        connected.chat().completions().create(List.of(OpenAIMessage.user("Hello")), p -> p.user(WARM_UP));
        try (OpenAI client = connected;
                DurableWorker worker = DurableWorker.builder()
                        .store(TestStore.in(Path.of(arguments[0])).store())
                        .client(client)
                        .rateLimit(limit)
                        .callback("prove", OpenAIChatCompletionsResult.class, (call, result) -> {})
                        .open()) {
            System.in.readAllBytes();
            worker.close(Duration.ZERO);
        }
        System.exit(0);
    }
}
