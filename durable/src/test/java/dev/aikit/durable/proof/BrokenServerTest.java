package dev.aikit.durable.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes share a store in PostgreSQL, whose server fails them in one way after the other. They are not started
 * again. {@code -Dproof.server.calls=20000 -Dproof.stops=20} for the long run.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS) // of the long run
class BrokenServerTest {
    private static final int CALLS = Integer.getInteger("proof.server.calls", 2_000);
    private static final int STOPS = Integer.getInteger("proof.stops", 10);

    /** One reply to COMMIT of so many is lost. */
    private static final int LOST = 25;

    @TempDir
    Path folder;

    private final PostgresServer database = PostgresServer.shared();
    private TestStore store;

    @BeforeEach
    void begin() throws Exception {
        store = TestStore.create(TestStore.Kind.POSTGRESQL, folder).withEffects();
    }

    /** What is done to the server while the processes work. */
    private interface Trouble {
        /** How many times it was done, until both processes had ended. */
        int make(ModelServer server, Process[] processes) throws Exception;
    }

    private void prove(String what, Trouble trouble) throws Exception {
        long begun = System.nanoTime();
        int times;
        try (ModelServer server = new ModelServer();
                Journal sent = new Journal(folder.resolve("sent.log"))) {
            server.journal(sent::add);
            Process[] processes = {start(server, 0), start(server, 1)};
            try {
                times = trouble.make(server, processes);
                for (int i = 0; i < processes.length; i++) {
                    assertThat(processes[i].waitFor(50, TimeUnit.MINUTES)).isTrue();
                    int exit = processes[i].exitValue();
                    assertThat(exit).as(() -> said("w0") + said("w1")).isZero();
                }
            } finally {
                for (Process process : processes) process.destroyForcibly();
            }
        }
        store.leaveIn(folder);
        Checker.Verdict verdict = Checker.check(folder, key -> false);
        System.out.printf(
                "%d %s in %d s: %s; %d submissions refused%n",
                times,
                what,
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun),
                verdict,
                Journal.read(folder.resolve("refused-w0.log")).size()
                        + Journal.read(folder.resolve("refused-w1.log")).size());
        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.acked()).isEqualTo(CALLS);
        assertThat(times).isPositive();
    }

    private String said(String process) {
        try {
            return Files.readString(folder.resolve("process-" + process + ".txt"));
        } catch (IOException error) {
            return error.toString();
        }
    }

    private Process start(ModelServer server, int which) throws Exception {
        int from = which * CALLS / 2;
        return Processes.start(folder, "w" + which, server.baseUrl(), "w" + which, "" + from, "" + (from + CALLS / 2));
    }

    private static CompletableFuture<?> ended(Process[] processes) {
        return CompletableFuture.allOf(processes[0].onExit(), processes[1].onExit());
    }

    @Test
    void aServerThatIsStoppedAtOnceAgainAndAgain() throws Exception {
        Random random = new Random(99);
        prove("stops at once", (server, processes) -> {
            int stops = 0;
            while (stops < STOPS) {
                int next = server.requests() + 1 + random.nextInt(2 * CALLS / (STOPS + 1));
                CompletableFuture.anyOf(server.whenRequests(Math.min(next, CALLS)), ended(processes))
                        .join();
                if (ended(processes).isDone()) return stops;
                database.stopAtOnce();
                stops++;
                database.start();
            }
            return stops;
        });
    }

    @Test
    void connectionsThatAreTerminatedEachSecond() throws Exception {
        prove("connections terminated", (server, processes) -> {
            int terminated = 0;
            server.whenRequests(CALLS / 20).join();
            do {
                try (Connection connection = store.connect()) {
                    terminated += PostgresServer.endOthers(connection);
                }
            } while (!processes[0].waitFor(1, TimeUnit.SECONDS) || !processes[1].waitFor(0, TimeUnit.SECONDS));
            return terminated;
        });
    }

    @Test
    void repliesToCommitThatAreLost() throws Exception {
        Random random = new Random(42);
        try (LossyProxy proxy = new LossyProxy(database.port())) {
            proxy.loses(() -> {
                synchronized (random) {
                    return random.nextInt(LOST) == 0;
                }
            });
            new TestStore(proxy.through(store.url())).leaveIn(folder);
            prove("replies to COMMIT lost", (server, processes) -> {
                ended(processes).join();
                return proxy.lost();
            });
        }
    }
}
