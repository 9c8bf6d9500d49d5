package dev.aikit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The contract under chance: tens of thousands of seeds, each of them some calls with everything that can happen to them. One
 * seed again: {@code mvn -pl client test -Dtest=SimulationTest -Dsimulation.seed=4711}.
 */
class SimulationTest {
    private static final long FIRST = Long.getLong("simulation.first", 1);
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 20_000);
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
    void everyCallKeepsTheContract() {
        Long single = Long.getLong("simulation.seed");
        List<String> wrong = new ArrayList<>();
        long last = single != null ? single : FIRST + SEEDS - 1;
        for (long seed = single != null ? single : FIRST; seed <= last && wrong.size() < SHOWN; seed++)
            for (String each : run(seed)) wrong.add("seed " + seed + ": " + each);
        assertThat(wrong).as("broken rules (again: -Dsimulation.seed=N)").isEmpty();
    }

    private static List<String> run(long seed) {
        try {
            return Simulation.run(seed);
        } catch (Throwable thrown) {
            java.io.StringWriter trace = new java.io.StringWriter();
            thrown.printStackTrace(new java.io.PrintWriter(trace));
            return List.of(trace.toString());
        }
    }

    @Test
    void chanceLeavesNoKindOfEndingOut() {
        Map<String, Integer> endings = new TreeMap<>();
        for (long seed = 1; seed <= 1000; seed++)
            for (String ending : Simulation.endings(seed)) endings.merge(ending, 1, Integer::sum);
        assertThat(endings.keySet())
                .contains(
                        "success",
                        "CANCELLED",
                        "CLOSED",
                        "HTTP",
                        "REPORTED",
                        "MALFORMED",
                        "TRUNCATED",
                        "REDIRECT",
                        "DNS",
                        "CONNECT",
                        "TLS",
                        "PROTOCOL",
                        "CONNECT_TIMEOUT",
                        "CONNECTION_LOST",
                        "TIMEOUT",
                        "IDLE_TIMEOUT",
                        "FIRST_BYTE_TIMEOUT",
                        "ATTEMPT_TIMEOUT");
    }

    @Test
    void theSameSeedIsTheSameRun() {
        for (long seed = 1; seed <= 200; seed++)
            assertThat(Simulation.endings(seed)).as("seed %s", seed).isEqualTo(Simulation.endings(seed));
    }
}
