package dev.aikit.durable.proof;

import dev.aikit.OpenAI;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.durable.DurableWorker;
import dev.aikit.durable.DurableWorkerBuilder;
import dev.aikit.durable.RateLimit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/**
 * How many completions a second one process brings from submission to the end of the callback, with a fake server in the
 * same process. Arguments: folder (of the disk that is measured), number of calls, how many at a time, kind of
 * store, and maybe a rate limit in requests a minute, which is to cost time and not to be reached.
 */
public final class Throughput {
    private Throughput() {}

    public static void main(String... arguments) throws Exception {
        Path folder = Files.createTempDirectory(Path.of(arguments[0]), "throughput");
        int calls = Integer.parseInt(arguments[1]);
        int inFlight = Integer.parseInt(arguments[2]);
        TestStore.create(TestStore.Kind.valueOf(arguments[3]), folder).withEffects();
        System.out.println(arguments[3]);
        try (ModelServer server = new ModelServer()) {
            for (boolean effects : new boolean[] {false, true, false, true})
                measure(folder, server, calls, inFlight, effects, arguments.length > 4 ? arguments[4] : "");
            long begun = System.nanoTime();
            Semaphore room = new Semaphore(inFlight);
            try (OpenAI client = OpenAI.create(c -> c.baseURL(server.baseUrl()))) {
                for (int i = 0; i < calls; i++) {
                    room.acquire();
                    String user = "plain-" + i;
                    client.chat()
                            .completions()
                            .create(
                                    List.of(OpenAIMessage.user("Hello")),
                                    p -> p.user(user).formula(result -> room.release()));
                }
                room.acquire(inFlight);
            }
            System.out.printf(
                    "without a store: %.0f completions a second%n", calls * 1e9 / (System.nanoTime() - begun));
        }
    }

    private static DurableWorkerBuilder limited(String perMinute) {
        DurableWorkerBuilder builder = DurableWorker.builder();
        if (perMinute.isEmpty()) return builder;
        return builder.rateLimit(
                RateLimit.perMinute().requests(Integer.parseInt(perMinute)).tokens(Integer.MAX_VALUE));
    }

    private static void measure(Path folder, ModelServer server, int calls, int inFlight, boolean effects, String limit)
            throws Exception {
        CountDownLatch done = new CountDownLatch(calls);
        String run = "run-" + System.nanoTime() + "-";
        try (OpenAI client = OpenAI.create(c -> c.baseURL(server.baseUrl()));
                DurableWorker worker = limited(limit)
                        .store(TestStore.in(folder).store())
                        .client(client)
                        .maxInFlight(inFlight)
                        .maxCallbacks(inFlight)
                        .callback("count", OpenAIChatCompletionsResult.class, (call, result) -> {
                            if (effects)
                                call.write(connection -> {
                                    try (var insert = connection.prepareStatement("INSERT INTO effect VALUES (?)")) {
                                        insert.setString(1, call.key());
                                        insert.executeUpdate();
                                    }
                                    done.countDown();
                                });
                            else done.countDown();
                        })
                        .open()) {
            long begun = System.nanoTime();
            for (int i = 0; i < calls; i++) {
                String key = run + i;
                client.chat()
                        .completions()
                        .create(
                                List.of(OpenAIMessage.user("Hello")),
                                p -> p.user(key).on(worker.call(key, "count").unconfirmed()));
            }
            double submitted = (System.nanoTime() - begun) / 1e9;
            done.await();
            System.out.printf(
                    "%s: %.0f completions a second (%d calls, %d at a time, submitted in %.1f s)%n",
                    effects ? "with an effect each" : "without effects",
                    calls * 1e9 / (System.nanoTime() - begun),
                    calls,
                    inFlight,
                    submitted);
        }
    }
}
