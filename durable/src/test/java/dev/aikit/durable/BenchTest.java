package dev.aikit.durable;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test with a {@link Bench}, which is closed when it is done. */
abstract class BenchTest {
    @TempDir
    Path folder;

    Bench bench;

    @BeforeEach
    final void begin() {
        bench = new Bench(folder);
    }

    @AfterEach
    final void end() throws Exception {
        bench.close();
    }
}
