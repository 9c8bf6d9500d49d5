package dev.aikit.durable.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** How long a program lives whose main has returned while a durable worker is open. */
@ParameterizedClass
@EnumSource(TestStore.Kind.class)
class KeepAliveTest {
    @Parameter
    TestStore.Kind kind;

    @TempDir
    Path folder;

    private List<String> deliveredBy(String what) throws Exception {
        TestStore.create(kind, folder);
        try (ModelServer server = new ModelServer()
                .rule((key, time) -> time == 1 ? ModelServer.Reply.error(503) : ModelServer.Reply.ok("at last"))) {
            Process process = Processes.start(ReturningMain.class, folder, "main", server.baseUrl(), what);
            try {
                assertThat(process.waitFor(60, TimeUnit.SECONDS))
                        .as("it ends by itself")
                        .isTrue();
                assertThat(process.exitValue()).isZero();
            } finally {
                process.destroyForcibly();
            }
        }
        return Journal.read(folder.resolve("delivered-main.log"));
    }

    @Test
    void itLivesUntilTheCallbackHasBeenCalledAlsoThroughARetry() throws Exception {
        assertThat(deliveredBy("submit")).containsExactly("call-1");
    }

    @Test
    void itEndsIfThereIsNothingToDo() throws Exception {
        assertThat(deliveredBy("nothing")).isEmpty();
    }

    @Test
    void itDoesNotWaitForACallOfTheNextHour() throws Exception {
        assertThat(deliveredBy("deferred")).isEmpty();
    }
}
