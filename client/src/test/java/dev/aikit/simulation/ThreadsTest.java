package dev.aikit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.testing.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The same simulation on real threads that stumble: what they do at the same moment. A seed that failed, a thousand times again:
 * {@code mvn -pl client -am test -Dtest=ThreadsTest -Dsimulation.seed=4711}.
 */
class ThreadsTest {
    private static final long FIRST = Long.getLong("simulation.first", 1);
    private static final int SEEDS = Integer.getInteger("simulation.threads.seeds", 3_000);
    private static final int TIMES_FOR_ONE = 1_000;
    private static final int AT_ONCE = 3;
    private static final int SHOWN = 5;
    private static final Logger LOGGER = Logger.getLogger("dev.aikit");

    /** Refused callbacks and unheard failures are logged by the thousand. */
    @BeforeAll
    static void hush() {
        LOGGER.setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        LOGGER.setLevel(null);
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void everyCallKeepsTheContractWhateverHappensAtOnce() throws Exception {
        Long single = Long.getLong("simulation.seed");
        int runs = single != null ? TIMES_FOR_ONE : SEEDS;
        List<String> wrong = new ArrayList<>();
        Map<String, AtomicInteger> endings = new ConcurrentSkipListMap<>();
        ExecutorService drivers = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<List<String>>> all = new ArrayList<>();
            for (int i = 0; i < runs; i++) {
                long seed = single != null ? single : FIRST + i;
                all.add(drivers.submit(() -> run(seed, endings)));
            }
            for (Future<List<String>> each : all) {
                wrong.addAll(each.get());
                if (wrong.size() >= SHOWN) break;
            }
        } finally {
            drivers.shutdownNow();
        }
        assertThat(wrong)
                .as("broken rules (again, if the threads meet again: -Dsimulation.seed=N)")
                .isEmpty();
        if (single != null) return;
        int calls = endings.values().stream().mapToInt(AtomicInteger::get).sum();
        Figures.write(
                "simulation-on-threads", "seeds=" + SEEDS + "\ncalls=" + calls + "\nendings=" + endings.size() + "\n");
        assertThat(endings.keySet()).contains("success", "CANCELLED", "CLOSED", "HTTP", "TIMEOUT", "TRUNCATED");
    }

    private static List<String> run(long seed, Map<String, AtomicInteger> endings) {
        Simulation.Run run = Simulation.runOnThreads(seed);
        for (String ending : run.endings())
            endings.computeIfAbsent(ending, any -> new AtomicInteger()).incrementAndGet();
        return run.wrong().stream().map(each -> "seed " + seed + ": " + each).toList();
    }
}
