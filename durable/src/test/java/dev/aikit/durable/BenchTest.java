package dev.aikit.durable;

import dev.aikit.durable.proof.TestStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A test with a {@link Bench}, which is closed when it is done: once with each store. */
@ParameterizedClass
@EnumSource(TestStore.Kind.class)
abstract class BenchTest {
    @Parameter
    TestStore.Kind kind;

    @TempDir
    Path folder;

    Bench bench;

    @BeforeEach
    final void begin() throws Exception {
        bench = new Bench(TestStore.create(kind, folder));
    }

    @AfterEach
    final void end() throws Exception {
        if (bench != null) bench.close();
    }
}
