package dev.aikit.durable.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.json.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that runs a batch is killed, again and again, at another moment each time, in a heap of 64 MB. Its output is
 * compared with the list of what was asked. {@code -Dproof.batch=1000000 -Dproof.batchKills=80} for the long run.
 */
class BatchKillTest {
    private static final int REQUESTS = Integer.getInteger("proof.batch", 2_000);
    private static final int KILLS = Integer.getInteger("proof.batchKills", 5);
    private static final int IN_FLIGHT = 64;

    @TempDir
    Path folder;

    private final AtomicInteger errors = new AtomicInteger();

    private static boolean isPoison(int number) {
        return number % 100 == 77;
    }

    private ModelServer.Reply answer(String key, int time) {
        int number = Integer.parseInt(key);
        if (isPoison(number)) return ModelServer.Reply.error(400);
        if ((key + "/" + time).hashCode() % 100 != 0) return ModelServer.Reply.ok("answer to " + key);
        errors.incrementAndGet();
        return ModelServer.Reply.error(500);
    }

    private void writeInput() throws Exception {
        try (BufferedWriter in = Files.newBufferedWriter(folder.resolve("in.jsonl"))) {
            for (int i = 0; i < REQUESTS; i++)
                in.write("{\"custom_id\":\"r" + i + "\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":"
                        + "{\"model\":\"fake\",\"user\":\"" + i + "\",\"messages\":[]}}\n");
        }
    }

    @Test
    @Timeout(value = 4, unit = TimeUnit.HOURS) // of the long run; here it is over in a minute
    void eachResultIsWrittenOnceHoweverOftenTheProcessIsKilled() throws Exception {
        writeInput();
        long begun = System.nanoTime();
        int kills = 0;
        int sent;
        try (ModelServer server = new ModelServer().rule(this::answer)) {
            Random random = new Random(4711);
            Process process = start(server);
            while (true) {
                int next = server.requests() + 1 + random.nextInt(Math.max(2, 2 * REQUESTS / (KILLS + 2)));
                CompletableFuture<Void> moment = kills < KILLS ? server.whenRequests(next) : new CompletableFuture<>();
                CompletableFuture.anyOf(moment, process.onExit()).join();
                if (kills == KILLS || !process.isAlive()) break;
                process.destroyForcibly(); // SIGKILL
                process.waitFor();
                kills++;
                process = start(server);
            }
            assertThat(process.waitFor())
                    .as(Files.readString(folder.resolve("process-batch.txt")))
                    .isZero();
            sent = server.requests();
        }
        int results = check("in.output.jsonl", false);
        int failures = check("in.errors.jsonl", true);
        System.out.printf(
                "%d requests, %d kills, %d s: %d results, %d failures, %d sent again (%d after errors of the server)%n%s",
                REQUESTS,
                kills,
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun),
                results,
                failures,
                sent - REQUESTS,
                errors.get(),
                Files.readAllLines(folder.resolve("process-batch.txt")).stream()
                        .filter(line -> line.contains("heap of"))
                        .toList());
        assertThat(kills).isPositive();
        assertThat(results + failures).isEqualTo(REQUESTS);
        assertThat(sent - REQUESTS - errors.get()).isLessThanOrEqualTo(kills * IN_FLIGHT);
    }

    /** Each line is whole, is for a request that was made, and is the only one for it. */
    private int check(String file, boolean poison) throws Exception {
        BitSet seen = new BitSet();
        try (BufferedReader lines = Files.newBufferedReader(folder.resolve(file))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Json json = Json.parse(line);
                int number = Integer.parseInt(json.get("custom_id").asText().substring(1));
                if (number >= REQUESTS || isPoison(number) != poison || seen.get(number))
                    throw new AssertionError("not expected, or a second time: " + line);
                seen.set(number);
                Json message =
                        json.get("response").get("body").get("choices").get(0).get("message");
                if (!poison && !message.get("content").asText().equals("answer to " + number))
                    throw new AssertionError("another request's answer: " + line);
            }
        }
        return seen.cardinality();
    }

    private Process start(ModelServer server) throws Exception {
        return Processes.start(BatchMain.class, "-Xmx64m", folder, "batch", server.baseUrl());
    }
}
