package dev.aikit.durable.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two processes share a store, and one after the other is killed, again and again, until all calls are done. The server
 * answers one request in a hundred with an error, and some calls never with anything else. {@code -Dproof.calls=1000000
 * -Dproof.kills=80} for the long run.
 */
@ParameterizedClass
@EnumSource(TestStore.Kind.class)
class KillTest {
    private static final int CALLS = Integer.getInteger("proof.calls", 6_000);
    private static final int KILLS = Integer.getInteger("proof.kills", 8);

    /** What may be under way in a process: the calls that it sends at a time. */
    private static final int IN_FLIGHT = 64;

    @Parameter
    TestStore.Kind kind;

    @TempDir
    Path folder;

    private final AtomicInteger errors = new AtomicInteger();

    private static boolean isPoison(String key) {
        return key.endsWith("77");
    }

    private ModelServer.Reply answer(String key, int time) {
        if (isPoison(key)) return ModelServer.Reply.error(400);
        if ((key + "/" + time).hashCode() % 100 != 0) return ModelServer.Reply.ok("answer to " + key);
        errors.incrementAndGet();
        return ModelServer.Reply.error(500);
    }

    @Test
    @Timeout(value = 4, unit = TimeUnit.HOURS) // of the long run; here it is over in a minute
    void killedProcessesLoseNothingAndDoNothingTwice() throws Exception {
        long begun = System.nanoTime();
        int kills = 0;
        try (ModelServer server = new ModelServer().rule(this::answer);
                Journal sent = new Journal(folder.resolve("sent.log"))) {
            server.journal(sent::add);
            TestStore.create(kind, folder).withEffects();
            Random random = new Random(4711);
            Process[] processes = {start(server, 0), start(server, 1)};
            while (processes[0].isAlive() || processes[1].isAlive()) {
                int which = kills % 2;
                // A kill comes when the server has seen some more: at another moment of the work each time.
                int next = server.requests() + 1 + random.nextInt(Math.max(2, 2 * CALLS / (KILLS + 1)));
                CompletableFuture.anyOf(server.whenRequests(next), processes[which].onExit())
                        .join();
                if (kills < KILLS && processes[which].isAlive()) {
                    kill(processes[which]);
                    kills++;
                    processes[which] = start(server, which);
                } else {
                    for (Process process : processes) process.waitFor();
                }
                for (int i = 0; i < 2; i++)
                    if (!processes[i].isAlive())
                        assertThat(processes[i].exitValue()).isIn(0, 137);
            }
        }
        Checker.Verdict verdict = Checker.check(folder, KillTest::isPoison);
        System.out.printf(
                "%d kills in %d s, %d errors of the server: %s%n",
                kills, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun), errors.get(), verdict);
        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.acked()).isEqualTo(CALLS);
        assertThat(kills).isPositive();
        assertThat(verdict.sentAgain() - errors.get()).isLessThanOrEqualTo(kills * IN_FLIGHT);
    }

    private Process start(ModelServer server, int which) throws Exception {
        int from = which * CALLS / 2;
        return Processes.start(folder, "w" + which, server.baseUrl(), "w" + which, "" + from, "" + (from + CALLS / 2));
    }

    /** With SIGKILL. */
    private static void kill(Process process) throws Exception {
        process.destroyForcibly();
        process.waitFor();
    }
}
