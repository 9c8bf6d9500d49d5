package dev.aikit.durable.proof;

import dev.aikit.OpenAI;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.durable.DurableState;
import dev.aikit.durable.DurableWorker;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * All callbacks are due at once: the first ones hang until a byte comes in. Arguments: folder, base URL, number of
 * calls, length of a question.
 */
public final class ManyDueMain {
    private ManyDueMain() {}

    public static void main(String... arguments) throws Exception {
        int calls = Integer.parseInt(arguments[2]);
        String question = "x".repeat(Integer.parseInt(arguments[3]));
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(calls);
        try (OpenAI client = OpenAI.create(c -> c.baseURL(arguments[1]));
                DurableWorker worker = DurableWorker.builder()
                        .store(TestStore.in(Path.of(arguments[0])).store())
                        .client(client)
                        .callback("prove", OpenAIChatCompletionsResult.class, (call, result) -> {
                            gate.await();
                            left.countDown();
                        })
                        .open()) {
            for (int i = 0; i < calls; i++) {
                String key = "call-" + i;
                client.chat()
                        .completions()
                        .create(
                                List.of(OpenAIMessage.user(question)),
                                p -> p.user(key).on(worker.call(key, "prove").unconfirmed()));
            }
            System.in.read(); // the server has answered them all
            System.out.println(due(worker) + " callbacks are due");
            gate.countDown();
            left.await();
            Runtime runtime = Runtime.getRuntime();
            System.out.println("all have been called; heap of at most " + (runtime.maxMemory() >> 20) + " MB");
        }
    }

    private static long due(DurableWorker worker) {
        var counts = worker.counts();
        return counts.get(DurableState.ANSWERED) + counts.get(DurableState.DELIVERING);
    }
}
