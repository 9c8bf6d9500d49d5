package dev.aikit.durable.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.durable.Halting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Processes are halted at each moment around their commits, and the next ones go on: see {@link Halts}. The long run, with
 * figures, is {@code durable/proofs/halts.sh 200}.
 */
class HaltTest {
    private static final int HALTS = Integer.getInteger("proof.halts", 1);

    @TempDir
    Path folder;

    static List<String> points() {
        return Halting.points();
    }

    @ParameterizedTest
    @MethodSource("points")
    @Timeout(value = 4, unit = TimeUnit.HOURS) // of a long run; each process has its own limit
    void processesHaltedThereLoseNothingAndDoNothingTwice(String point) throws Exception {
        // Both stores at once: either has one process at a time, and what a process mostly does is start.
        FutureTask<Checker.Verdict> sqlite = new FutureTask<>(() -> halt(point, TestStore.Kind.SQLITE));
        new Thread(sqlite, "sqlite").start();
        try {
            check(point, halt(point, TestStore.Kind.POSTGRESQL));
        } finally {
            check(point, sqlite.get()); // also where there is no PostgreSQL
        }
    }

    private Checker.Verdict halt(String point, TestStore.Kind kind) throws Exception {
        return Halts.at(point, HALTS, kind, Files.createDirectory(folder.resolve(kind.name())));
    }

    private static void check(String point, Checker.Verdict verdict) {
        assertThat(verdict.broken()).as(point).isEmpty();
        assertThat(Halts.isAsPromised(verdict, HALTS))
                .as("%s: %s", point, verdict)
                .isTrue();
    }
}
