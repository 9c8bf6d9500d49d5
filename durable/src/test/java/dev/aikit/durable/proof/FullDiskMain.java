package dev.aikit.durable.proof;

import dev.aikit.OpenAI;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.durable.DurableStoreException;
import dev.aikit.durable.DurableWorker;
import dev.aikit.durable.DurableWorkerBuilder;
import dev.aikit.durable.Filling;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * A process whose store is on a file system that it fills to the last byte, at each moment before a commit in turn, while
 * it submits and works. When a submission has been refused it makes room again, and sees to it that all goes on. Arguments:
 * folder for the journals, folder on the small file system, base URL, kind of store, how many rounds.
 */
public final class FullDiskMain {
    private static final int SUBMITTERS = 4;
    private static final int GOES_ON = 10;
    private static final long LIMIT_NANOS = 120_000_000_000L;

    private final Path folder;
    private final Ballast ballast;
    private final TestStore store;
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger acks = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicReference<String> said = new AtomicReference<>("");
    private volatile boolean submitting = true;
    private volatile boolean full;
    private int serverDown;

    private FullDiskMain(Path folder, Path small, TestStore.Kind kind) throws Exception {
        this.folder = folder;
        ballast = new Ballast(small);
        store = TestStore.create(kind, small).withEffects();
        store.leaveIn(folder);
    }

    public static void main(String... arguments) throws Exception {
        FullDiskMain main =
                new FullDiskMain(Path.of(arguments[0]), Path.of(arguments[1]), TestStore.Kind.valueOf(arguments[3]));
        System.exit(main.run(arguments[2], Integer.parseInt(arguments[4])) ? 0 : 1);
    }

    private boolean run(String baseUrl, int rounds) throws Exception {
        Filling filling = new Filling(this::fill);
        try (Journal delivered = new Journal(folder.resolve("delivered-w.log"));
                OpenAI client = OpenAI.create(c -> c.baseURL(baseUrl));
                DurableWorker worker = filling.in(builder(client, delivered)).open()) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < SUBMITTERS; i++) {
                int name = i;
                Thread thread = new Thread(() -> submit(client, worker, name));
                thread.start();
                threads.add(thread);
            }
            int fills = 0;
            for (int round = 0; round < rounds; round++)
                for (String point : Filling.points()) {
                    makeLogsShort();
                    fillAt(filling, point);
                    fills++;
                }
            submitting = false;
            for (Thread thread : threads) thread.join();
            if (!worker.awaitIdle(Duration.ofMinutes(2))) throw new IllegalStateException("nothing moves");
            Checker.Verdict verdict = Checker.check(folder, key -> false);
            System.out.printf(
                    "disk filled to the last byte %d times, at %s; %d submissions refused, the last with: %s%n"
                            + "database server down %d times; worker started once%n%s, lost %d, effects twice %d%n",
                    fills,
                    Filling.points(),
                    refusals.get(),
                    said.get(),
                    serverDown,
                    verdict,
                    verdict.lost(),
                    verdict.effectsTwice());
            verdict.broken().forEach(System.out::println);
            return verdict.broken().isEmpty() && verdict.acked() == acks.get();
        }
    }

    private DurableWorkerBuilder builder(OpenAI client, Journal delivered) {
        return DurableWorker.builder()
                .store(store.store())
                .client(client)
                .backOff(Duration.ofMillis(20), Duration.ofMillis(200))
                .callback("prove", OpenAIChatCompletionsResult.class, (call, result) -> {
                    delivered.add(call.key());
                    call.write(connection -> {
                        try (var insert = connection.prepareStatement("INSERT INTO effect VALUES (?)")) {
                            insert.setString(1, call.key());
                            insert.executeUpdate();
                        }
                    });
                });
    }

    /** Submits one call after the other; one that is refused again, until it is taken. */
    private void submit(OpenAI client, DurableWorker worker, int name) {
        try (Journal tried = new Journal(folder.resolve("tried-" + name + ".log"));
                Journal acked = new Journal(folder.resolve("acked-" + name + ".log"))) {
            while (submitting) {
                String key = "call-" + numbers.getAndIncrement();
                tried.add(key);
                while (!submitted(client, worker, key)) {
                    refusals.incrementAndGet();
                    happened();
                }
                acked.add(key);
                acks.incrementAndGet();
                happened();
            }
        } catch (Exception error) {
            throw new IllegalStateException(error);
        }
    }

    private boolean submitted(OpenAI client, DurableWorker worker, String key) {
        try {
            client.chat()
                    .completions()
                    .create(
                            List.of(OpenAIMessage.user("Prove " + key)),
                            p -> p.user(key).on(worker.call(key, "prove")));
            return true;
        } catch (DurableStoreException loud) {
            said.set(String.valueOf(loud.getMessage()).replaceAll("\\s+", " "));
            return false;
        }
    }

    private void fillAt(Filling filling, String point) throws Exception {
        int before = refusals.get();
        full = false;
        filling.at(point);
        await(point + " does not come", () -> full);
        await("a full disk is not said at " + point, () -> refusals.get() > before);
        ballast.remove();
        startAgainIfDown();
        int taken = acks.get();
        await("nothing is taken after " + point + ": " + said.get(), () -> acks.get() >= taken + GOES_ON);
    }

    /** What SQLite writes before a commit is to need new room, and not to go over what was written before. */
    private void makeLogsShort() throws SQLException {
        if (!store.url().startsWith("jdbc:sqlite:")) return;
        try (Connection connection = store.connect()) {
            connection.createStatement().execute("PRAGMA busy_timeout = 10000");
            connection.createStatement().execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    /** A PostgreSQL server may end itself when its own log cannot be written; whoever looks after it starts it again. */
    private void startAgainIfDown() throws Exception {
        if (store.url().startsWith("jdbc:sqlite:")) return;
        for (int tries = 1; tries <= 50; tries++) {
            try (Connection up = store.connect()) {
                if (up.isValid(5)) return;
            } catch (SQLException down) {
                if (tries == 25) {
                    PostgresServer.shared().start();
                    serverDown++;
                }
                synchronized (this) {
                    wait(100); // it may be on its way up, and tells nobody
                }
            }
        }
        throw new IllegalStateException(
                "the server does not come up: " + PostgresServer.shared().log());
    }

    private synchronized void happened() {
        notifyAll();
    }

    private synchronized void await(String otherwise, BooleanSupplier event) throws InterruptedException {
        long end = System.nanoTime() + LIMIT_NANOS;
        while (!event.getAsBoolean()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) throw new IllegalStateException(otherwise);
            wait(left);
        }
    }

    private void fill() {
        ballast.fill();
        full = true;
        happened();
    }
}
