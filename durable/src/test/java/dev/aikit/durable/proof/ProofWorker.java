package dev.aikit.durable.proof;

import dev.aikit.OpenAI;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.durable.DurableState;
import dev.aikit.durable.DurableStoreException;
import dev.aikit.durable.DurableWorker;
import dev.aikit.durable.DurableWorkerBuilder;
import dev.aikit.durable.Halting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process of the proofs: submits its keys, those that it has not had acknowledged before, works until nothing is left,
 * and exits with 0. Arguments: folder, base URL, own name, first key, last key (exclusive), and maybe a point and how often
 * it is to be passed before the process halts there; and maybe anything more, if what was left is to be finished first.
 */
public final class ProofWorker {
    private static final int SUBMITTERS = 8;
    private static final Duration LONGEST_STANDSTILL = Duration.ofSeconds(30);

    private ProofWorker() {}

    public static void main(String... arguments) throws Exception {
        run(arguments);
        System.exit(0);
    }

    static void run(String... arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        String name = arguments[2];
        int from = Integer.parseInt(arguments[3]);
        int to = Integer.parseInt(arguments[4]);
        Journal delivered = new Journal(folder.resolve("delivered-" + name + ".log"));
        DurableWorkerBuilder builder = DurableWorker.builder()
                .store(TestStore.in(folder).store())
                .client(OpenAI.create(c -> c.baseURL(arguments[1])))
                .backOff(Duration.ofMillis(20), Duration.ofMillis(200))
                .callback("prove", OpenAIChatCompletionsResult.class, (call, result) -> {
                    if (!result.choice().message().text().equals("answer to " + call.key()))
                        throw new AssertionError("another call's answer: "
                                + result.choice().message().text());
                    delivered.add(call.key());
                    call.write(connection -> {
                        try (var insert = connection.prepareStatement("INSERT INTO effect VALUES (?)")) {
                            insert.setString(1, call.key());
                            insert.executeUpdate();
                        }
                    });
                });
        Runnable arm = () -> {};
        if (arguments.length > 5) arm = Halting.at(builder, arguments[5], Integer.parseInt(arguments[6]))::arm;
        if (arguments.length <= 7) arm.run();
        try (DurableWorker worker = builder.open();
                OpenAI client = OpenAI.create(c -> c.baseURL(arguments[1]))) {
            if (arguments.length > 7) awaitEnds(worker);
            arm.run();
            submit(client, worker, folder, name, from, to);
            awaitEnds(worker);
        }
        delivered.close();
    }

    /** Until nothing is left to do; a store in which nothing moves any more is an error. */
    private static void awaitEnds(DurableWorker worker) throws InterruptedException {
        Map<DurableState, Long> last = Map.of();
        while (true) {
            try {
                if (worker.awaitIdle(LONGEST_STANDSTILL)) return;
                Map<DurableState, Long> counts = worker.counts();
                if (counts.equals(last)) throw new IllegalStateException("nothing moves: " + counts);
                last = counts;
            } catch (DurableStoreException lookedAtAgain) {
                System.out.println(lookedAtAgain.getMessage());
            }
        }
    }

    private static void submit(OpenAI client, DurableWorker worker, Path folder, String name, int from, int to)
            throws Exception {
        Set<String> before = new HashSet<>(Journal.read(folder.resolve("acked-" + name + ".log")));
        Journal acked = new Journal(folder.resolve("acked-" + name + ".log"));
        Journal refused = new Journal(folder.resolve("refused-" + name + ".log"));
        Journal tried = new Journal(folder.resolve("tried-" + name + ".log"));
        AtomicInteger next = new AtomicInteger(from);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < SUBMITTERS; i++) {
            Thread thread = new Thread(() -> {
                for (int number = next.getAndIncrement(); number < to; number = next.getAndIncrement()) {
                    String key = "call-" + number;
                    if (before.contains(key)) continue;
                    tried.add(key);
                    while (!submitted(client, worker, key)) refused.add(key);
                    acked.add(key);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) thread.join();
        acked.close();
        tried.close();
        refused.close();
    }

    private static boolean submitted(OpenAI client, DurableWorker worker, String key) {
        try {
            client.chat()
                    .completions()
                    .create(
                            List.of(OpenAIMessage.user("Prove " + key)),
                            p -> p.user(key).on(worker.call(key, "prove")));
            return true;
        } catch (DurableStoreException said) {
            return false;
        }
    }
}
