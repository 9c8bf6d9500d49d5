package dev.aikit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.testing.Figures;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The contract under chance: ten thousand seeds, each of them some calls with everything that can happen to them. One
 * seed again: {@code mvn -pl client -am test -Dtest=SimulationTest -Dsimulation.seed=4711}.
 */
class SimulationTest {
    private static final long FIRST = Long.getLong("simulation.first", 1);
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 10_000);
    private static final int SHOWN = 5;
    private static final String[] ENDINGS = {
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
        "ATTEMPT_TIMEOUT"
    };

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
    void everyCallKeepsTheContract() throws IOException {
        Long single = Long.getLong("simulation.seed");
        long first = single != null ? single : FIRST;
        long last = single != null ? single : FIRST + SEEDS - 1;
        List<String> wrong = new ArrayList<>();
        Map<String, Integer> endings = new TreeMap<>();
        for (long seed = first; seed <= last && wrong.size() < SHOWN; seed++) {
            Simulation.Run run = run(seed);
            for (String each : run.wrong()) wrong.add("seed " + seed + ": " + each);
            for (String ending : run.endings()) endings.merge(ending, 1, Integer::sum);
        }
        assertThat(wrong).as("broken rules (again: -Dsimulation.seed=N)").isEmpty();
        if (single != null) return;
        write(endings);
        if (SEEDS >= 1000)
            assertThat(endings.keySet()).as("chance leaves none out").contains(ENDINGS);
    }

    private static Simulation.Run run(long seed) {
        try {
            return Simulation.run(seed);
        } catch (Throwable thrown) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            return new Simulation.Run(List.of(trace.toString()), List.of());
        }
    }

    private static void write(Map<String, Integer> endings) throws IOException {
        int calls = endings.values().stream().mapToInt(Integer::intValue).sum();
        String figures = "seeds=" + SEEDS + "\ncalls=" + calls + "\nendings=" + endings.size() + "\nsuccesses="
                + endings.get("success") + "\n";
        Figures.write("simulation", figures);
    }

    @Test
    void theSameSeedIsTheSameRun() {
        for (long seed = 1; seed <= 200; seed++)
            assertThat(Simulation.run(seed).endings())
                    .as("seed %s", seed)
                    .isEqualTo(Simulation.run(seed).endings());
    }
}
