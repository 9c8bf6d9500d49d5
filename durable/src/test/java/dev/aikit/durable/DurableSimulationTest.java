package dev.aikit.durable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.durable.simulation.History.What;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The promises under chance: thousands of seeds, each of them some calls with everything that can happen to them and to
 * their processes, with a fake store, a fake server and a fake clock. One seed again, with all that happened:
 * {@code mvn -pl testkit,client,durable test -Dtest=DurableSimulationTest -Dsurefire.failIfNoSpecifiedTests=false -Dsimulation.seed=4711}.
 */
class DurableSimulationTest {
    private static final long FIRST = Long.getLong("simulation.first", 1);
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 4_000);
    private static final int SHOWN = 5;
    private static final String[] ENDS = {
        "DONE", "PARKED", "DEAD HTTP", "DEAD CONNECTION_LOST", "DEAD TIMEOUT", "DEAD CALLBACK", "DEAD CANCELLED"
    };

    private final Logger logger = Logger.getLogger("dev.aikit");

    /** Failures of the store are logged by the thousand, and what callbacks throw is reported. */
    @BeforeEach
    void hush() {
        logger.setLevel(Level.OFF);
        Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> {});
    }

    @AfterEach
    void speak() {
        logger.setLevel(null);
        Thread.currentThread().setUncaughtExceptionHandler(null);
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void everyPromiseIsKept() {
        Long single = Long.getLong("simulation.seed");
        long first = single != null ? single : FIRST;
        long last = single != null ? single : FIRST + SEEDS - 1;
        List<String> wrong = new ArrayList<>();
        Map<String, Integer> ends = new TreeMap<>();
        Map<What, Integer> events = new EnumMap<>(What.class);
        for (long seed = first; seed <= last && wrong.size() < SHOWN; seed++) {
            Simulation.Run run = run(seed);
            for (String each : run.wrong()) wrong.add("seed " + seed + ": " + each);
            for (String end : run.ends()) ends.merge(end, 1, Integer::sum);
            run.events().forEach(event -> events.merge(event.what(), 1, Integer::sum));
            if (single != null) run.events().forEach(System.out::println);
        }
        System.out.println(last - first + 1 + " seeds: " + ends + " " + events);
        assertThat(wrong).as("broken promises (again: -Dsimulation.seed=N)").isEmpty();
        if (single != null || SEEDS < 1_000) return;
        assertThat(ends.keySet()).as("chance leaves none out").contains(ENDS);
        assertThat(events.keySet()).containsExactlyInAnyOrder(What.values());
    }

    private static Simulation.Run run(long seed) {
        try {
            return Simulation.run(seed);
        } catch (Throwable thrown) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            return new Simulation.Run(List.of(trace.toString()), List.of(), List.of());
        }
    }

    @Test
    void theSameSeedIsTheSameRun() {
        for (long seed = 1; seed <= 100; seed++)
            assertThat(Simulation.run(seed).events())
                    .as("seed %s", seed)
                    .isEqualTo(Simulation.run(seed).events());
    }
}
