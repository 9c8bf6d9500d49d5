package dev.aikit.durable.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two processes share a store, and one after the other is killed, again and again, until all calls are done. The server
 * answers one request in a hundred with an error, and some calls never with anything else. {@code -Dproof.calls=1000000
 * -Dproof.kills=80 -Dproof.killEvery=2000} for the long run: one kill after the other every 2 to 5 s, at least 80.
 */
@ParameterizedClass
@EnumSource(TestStore.Kind.class)
class KillTest {
    private static final int CALLS = Integer.getInteger("proof.calls", 4_500);
    private static final int KILLS = Integer.getInteger("proof.kills", 6);

    /** The least number of milliseconds between two kills, the most is two and a half times that; 0 for so many kills. */
    private static final int EVERY_MILLIS = Integer.getInteger("proof.killEvery", 0);

    /** The one store to be tried; "" for both. */
    private static final String STORE = System.getProperty("proof.store", "");

    /** What may be under way in a process: the calls that it sends at a time. */
    private static final int IN_FLIGHT = 64;

    @Parameter
    TestStore.Kind kind;

    @TempDir
    Path folder;

    private final AtomicInteger errors = new AtomicInteger();
    private int largest;

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
        assumeTrue(STORE.isEmpty() || STORE.equalsIgnoreCase(kind.name()), "-Dproof.store names another one");
        long begun = System.nanoTime();
        int kills = 0;
        try (ModelServer server = new ModelServer().rule(this::answer);
                Journal sent = new Journal(folder.resolve("sent.log"))) {
            server.journal(sent::add);
            TestStore.create(kind, folder).withEffects();
            Random random = new Random(4711);
            Process[] processes = {start(server, 0), start(server, 1)};
            while (mayKill(kills) && isTimeToKill(server, processes[kills % 2], random)) {
                kill(processes[kills % 2]);
                processes[kills % 2] = start(server, kills % 2);
                kills++;
            }
            for (Process process : processes) {
                while (!process.waitFor(1, TimeUnit.SECONDS)) for (Process each : processes) lookAtMemory(each);
                assertThat(process.exitValue()).isZero();
            }
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        Checker.Verdict verdict = Checker.check(folder, KillTest::isPoison);
        tell(kills, seconds, verdict);
        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.acked()).isEqualTo(CALLS);
        assertThat(kills).isGreaterThanOrEqualTo(EVERY_MILLIS > 0 ? KILLS : 1);
        assertThat(verdict.sentAgain() - errors.get()).isLessThanOrEqualTo(kills * IN_FLIGHT);
    }

    private void tell(int kills, double seconds, Checker.Verdict verdict) {
        int byKills = verdict.sentAgain() - errors.get();
        System.out.printf(
                Locale.ROOT,
                "%s: %,d calls by two processes, %d kills (SIGKILL) in %.0f s: %,.0f completions a second%n"
                        + "  sent again %,d (%.2f %%): %,d after errors of the server, %,d by kills (limit %d x %d = %,d)%n"
                        + "  callbacks repeated %,d (%.2f %%), lost %d, effects twice %d, broken promises %d%n"
                        + "  largest process: %d MB of the system's memory, with a heap of 256 MB%n",
                kind,
                verdict.acked(),
                kills,
                seconds,
                verdict.effects() / seconds,
                verdict.sentAgain(),
                100.0 * verdict.sentAgain() / verdict.acked(),
                errors.get(),
                byKills,
                kills,
                IN_FLIGHT,
                kills * IN_FLIGHT,
                verdict.deliveredAgain(),
                100.0 * verdict.deliveredAgain() / verdict.acked(),
                verdict.lost(),
                verdict.effectsTwice(),
                verdict.broken().size(),
                largest);
    }

    private static boolean mayKill(int kills) {
        return EVERY_MILLIS > 0 || kills < KILLS;
    }

    /**
     * Waits for the moment of the next kill: some time, or until the server has seen some more requests; another moment of
     * the work each time. False if the process has ended by itself before.
     */
    private static boolean isTimeToKill(ModelServer server, Process process, Random random) throws Exception {
        if (EVERY_MILLIS > 0)
            return !process.waitFor(EVERY_MILLIS + random.nextInt(EVERY_MILLIS * 3 / 2 + 1), TimeUnit.MILLISECONDS);
        int next = server.requests() + 1 + random.nextInt(Math.max(2, 2 * CALLS / (KILLS + 1)));
        CompletableFuture.anyOf(server.whenRequests(next), process.onExit()).join();
        return process.isAlive();
    }

    /** With SIGKILL. */
    private void kill(Process process) throws Exception {
        lookAtMemory(process);
        process.destroyForcibly();
        process.waitFor();
    }

    /** The most that the system has ever given the process, where it tells. */
    private void lookAtMemory(Process process) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            lines.filter(line -> line.startsWith("VmHWM"))
                    .forEach(line -> largest = Math.max(largest, Integer.parseInt(line.replaceAll("\\D", "")) >> 10));
        } catch (IOException | UncheckedIOException untoldOrGone) {
            // It has ended meanwhile, or the system is another one.
        }
    }

    private Process start(ModelServer server, int which) throws Exception {
        int from = which * CALLS / 2;
        return Processes.start(folder, "w" + which, server.baseUrl(), "w" + which, "" + from, "" + (from + CALLS / 2));
    }
}
