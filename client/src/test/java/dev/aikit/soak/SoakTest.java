package dev.aikit.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.HttpAgent;
import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIConfiguration;
import dev.aikit.testing.Events;
import dev.aikit.testing.Figures;
import dev.aikit.testing.LogRecords;
import dev.aikit.testkit.ScriptedServer;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Thousands of calls through a server that fails a third of the time: each ends once, with what the server did to it, and afterwards
 * nothing is held any more. For minutes: {@code proofs/soak.sh 5}. The same calls again: {@code -Dsoak.seed=N}.
 */
class SoakTest {
    private static final double MINUTES = Double.parseDouble(System.getProperty("soak.minutes", "0"));
    private static final long SECONDS = MINUTES > 0 ? Math.round(MINUTES * 60) : 4;
    private static final long SEED = Long.getLong("soak.seed", 20_261_123);
    private static final int AT_ONCE = 200;
    private static final int CALLS_OF_A_BATCH = 2_000;
    private static final long HEAP_NOISE = 2 << 20;
    /** Buffers and names of headers, of a client that is open. */
    private static final long KEPT_FOR_THE_NEXT_CALL = 6 << 20;

    /** What Netty keeps of its memory for the next client. */
    private static final long CHUNKS = 8 << 20;

    private final Map<String, AtomicInteger> fates = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> endings = new ConcurrentHashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private final AtomicInteger thrown = new AtomicInteger();
    private final AtomicInteger reported = new AtomicInteger();
    private int calls;
    private ScriptedServer server;

    private ResourceLeakDetector.Level level;

    @BeforeEach
    void watchEveryBuffer() {
        level = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    }

    @AfterEach
    void watchAsBefore() {
        ResourceLeakDetector.setLevel(level);
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void everyCallEndsOnceAndNothingIsHeldAfterwards() throws Exception {
        try (LogRecords log = LogRecords.of("io.netty")) {
            Set<Thread> threads = Resources.liveThreads();
            clientThatIsClosedInTheMiddle(); // what is loaded and kept for good is loaded now
            Resources before = Resources.count();
            Resources idle = clientThatGoesOn(SECONDS);
            clientThatIsClosedInTheMiddle();

            List<Thread> others = Resources.liveThreads().stream()
                    .filter(thread -> !threads.contains(thread))
                    .filter(thread -> !isOfTheJdk(thread))
                    .toList();
            for (Thread thread : others) thread.join(TimeUnit.SECONDS.toMillis(60));
            Resources after = Resources.count();
            System.out.println("soak: " + calls + " calls; fates " + new TreeMap<>(fates) + "; endings "
                    + new TreeMap<>(endings) + "; before " + before + "; idle " + idle + "; after " + after);
            assertThat(wrong).as("seed %s", SEED).isEmpty();
            assertThat(reported)
                    .as("exceptions of callbacks that were heard of")
                    .hasValue(thrown.get());
            assertThat(others).as("threads that do not end").noneMatch(Thread::isAlive);
            assertThat(after.descriptors()).as("sockets and files").isLessThanOrEqualTo(before.descriptors());
            assertThat(idle.heap()).as("heap, the client open").isLessThan(before.heap() + KEPT_FOR_THE_NEXT_CALL);
            assertThat(after.heap()).as("heap").isLessThan(before.heap() + HEAP_NOISE);
            assertThat(after.direct()).as("memory outside the heap").isLessThan(before.direct() + CHUNKS);
            assertThat(log.messages()).noneMatch(message -> message.contains("LEAK"));
            assertThat(fates.keySet()).as("chance leaves no way to fail out").hasSizeGreaterThanOrEqualTo(21);
            write(before, idle, after);
        }
    }

    /** One that cleans up for all clients, and those that virtual threads need: begun once, for good. */
    private static boolean isOfTheJdk(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return group != null && Set.of("InnocuousThreadGroup", "CarrierThreads").contains(group.getName());
    }

    /** One client for all of the time; what it holds when its calls have ended and its server has gone. */
    private Resources clientThatGoesOn(long seconds) {
        try (OpenAI client = client(ScriptedServer.start())) {
            batches(client, System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
            return Resources.count();
        }
    }

    private void batches(OpenAI client, long end) {
        try {
            long sockets = Resources.socketsNow();
            while (System.nanoTime() - end < 0 && wrong.isEmpty()) {
                batch(client, CALLS_OF_A_BATCH, false);
                Events.until(() -> Resources.socketsNow() <= sockets, "no connection stays when none is used");
            }
        } finally {
            closeServer();
        }
    }

    private void closeServer() {
        server.close();
        server = null; // what it keeps of its connections is not the client's
    }

    private void clientThatIsClosedInTheMiddle() {
        OpenAI client = client(ScriptedServer.start());
        try (OpenAI same = client) {
            batch(same, CALLS_OF_A_BATCH, false);
            batch(same, AT_ONCE / 2, true);
        } finally {
            closeServer();
        }
    }

    private void batch(OpenAI client, int size, boolean closed) {
        Map<Integer, SoakCall> known = new ConcurrentHashMap<>();
        Semaphore room = new Semaphore(AT_ONCE);
        Fates scripts = new Fates(SEED, server, fates, number -> {
            SoakCall call = known.get(number);
            if (call != null) call.arrived(); // else one of the batch before, which has ended
        });
        List<OpenAICall<?>> running = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            room.acquireUninterruptibly();
            SoakCall call = new SoakCall(SEED, ++calls, thrown);
            known.put(call.number, call);
            OpenAICall<?> begun = call.begin(client);
            begun.future().whenComplete((result, none) -> room.release());
            running.add(begun);
        }
        if (closed) client.close();
        running.forEach(call -> Events.await(call.future()));
        for (SoakCall call : known.values()) {
            for (String each : call.judge(scripts, closed)) wrong.add("call " + call.number + ": " + each);
            endings.computeIfAbsent(call.ending(), any -> new AtomicInteger()).incrementAndGet();
        }
    }

    private OpenAI client(ScriptedServer started) {
        server = started;
        return OpenAI.create(c -> settings(c, started));
    }

    private OpenAIConfiguration settings(OpenAIConfiguration c, ScriptedServer server) {
        return c.baseURL(server.baseURL())
                .httpAgent(HttpAgent.create(
                        a -> a.keepAlive(Duration.ofMillis(300)).maxSockets(100)))
                .maxRetries(1)
                .timeout(Duration.ofSeconds(20))
                .firstByteTimeout(Duration.ofSeconds(1))
                .idleTimeout(Duration.ofSeconds(1))
                .limits(l -> l.maxHeaderBytes(16 << 10).maxBodyBytes(1 << 20).maxStreamBytes(1 << 20))
                .uncaughtExceptionHandler((call, error) -> reported.incrementAndGet());
    }

    private void write(Resources before, Resources idle, Resources after) throws IOException {
        int failures = fates.entrySet().stream()
                .filter(fate -> !fate.getKey().equals("well"))
                .mapToInt(fate -> fate.getValue().get())
                .sum();
        String figures = "seconds=" + SECONDS + "\ncalls=" + calls + "\nfailures=" + failures + "\nways="
                + (fates.size() - 1) + "\nendings=" + endings.size() + "\nheapBefore=" + (before.heap() >> 10)
                + "\nheapIdle=" + (idle.heap() >> 10) + "\nheapAfter=" + (after.heap() >> 10) + "\nsocketsLeft="
                + Math.max(0, after.descriptors() - before.descriptors()) + "\n";
        Figures.write("soak", figures);
    }
}
