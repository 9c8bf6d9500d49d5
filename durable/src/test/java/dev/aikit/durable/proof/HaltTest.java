package dev.aikit.durable.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.durable.Halting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A process is halted at each moment around its commits, some times each, after having passed it a random number of times;
 * the next one goes on. {@code -Dproof.halts=200} for the long run.
 */
@ParameterizedClass
@EnumSource(TestStore.Kind.class)
class HaltTest {
    private static final int HALTS = Integer.getInteger("proof.halts", 1);
    private static final int CALLS = 12;

    @Parameter
    TestStore.Kind kind;

    @TempDir
    Path temporary;

    static List<String> points() {
        return Halting.points();
    }

    @ParameterizedTest
    @MethodSource("points")
    @Timeout(value = 4, unit = TimeUnit.HOURS) // of the long run; each process has its own limit
    void aProcessHaltedThereLosesNothingAndDoesNothingTwice(String point) throws Exception {
        Random random = new Random(point.hashCode());
        for (int run = 0; run < HALTS; run++) {
            Path folder = Files.createDirectory(temporary.resolve(point + "-" + run));
            try (ModelServer server = new ModelServer();
                    Journal sent = new Journal(folder.resolve("sent.log"))) {
                server.journal(sent::add);
                TestStore.create(kind, folder).withEffects();
                String times = "" + (1 + random.nextInt(CALLS));
                assertThat(exit(folder, server, point, times))
                        .as("%s, %s", point, folder)
                        .isEqualTo(Halting.EXIT);
                assertThat(exit(folder, server))
                        .as("the next process, %s", folder)
                        .isZero();
            }
            Checker.Verdict verdict = Checker.check(folder, key -> false);
            assertThat(verdict.broken()).as("%s, run %d", point, run).isEmpty();
            assertThat(verdict.acked()).isEqualTo(CALLS);
            assertThat(verdict.sentAgain()).isLessThanOrEqualTo(CALLS);
        }
    }

    private static int exit(Path folder, ModelServer server, String... halt) throws Exception {
        List<String> arguments = new java.util.ArrayList<>(List.of(server.baseUrl(), "w", "0", "" + CALLS));
        arguments.addAll(List.of(halt));
        Process process = Processes.start(folder, "w", arguments.toArray(String[]::new));
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
