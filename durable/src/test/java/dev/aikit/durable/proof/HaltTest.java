package dev.aikit.durable.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.durable.Halting;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Processes are halted at each moment around their commits, and the next ones go on: see {@link Halts}. The long run, with
 * figures, is {@code durable/proofs/halts.sh 200}.
 */
@ParameterizedClass
@EnumSource(TestStore.Kind.class)
class HaltTest {
    private static final int HALTS = Integer.getInteger("proof.halts", 2);

    @Parameter
    TestStore.Kind kind;

    @TempDir
    Path folder;

    static List<String> points() {
        return Halting.points();
    }

    @ParameterizedTest
    @MethodSource("points")
    @Timeout(value = 4, unit = TimeUnit.HOURS) // of a long run; each process has its own limit
    void processesHaltedThereLoseNothingAndDoNothingTwice(String point) throws Exception {
        Checker.Verdict verdict = Halts.at(point, HALTS, kind, folder);

        assertThat(verdict.broken()).as(point).isEmpty();
        assertThat(Halts.isAsPromised(verdict, HALTS))
                .as("%s: %s", point, verdict)
                .isTrue();
    }
}
