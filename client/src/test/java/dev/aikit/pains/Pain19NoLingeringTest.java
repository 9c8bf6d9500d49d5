package dev.aikit.pains;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.testing.Way;
import dev.aikit.testkit.ScriptedServer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pain 19: nothing of the library keeps a program alive after its last call, though its client is not closed. */
class Pain19NoLingeringTest {
    @ParameterizedTest
    @EnumSource
    void noThreadThatHoldsTheProgramOutlivesTheLastCall(Way way) throws Exception {
        Set<Thread> before = Set.copyOf(holding());
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            server.then(way.answer("Fine."));

            way.chat(client);

            for (Thread thread : holding()) {
                if (before.contains(thread)) continue;
                thread.join(TimeUnit.SECONDS.toMillis(20));
                assertThat(thread.isAlive()).as("%s is alive", thread).isFalse();
            }
        }
    }

    private static List<Thread> holding() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon())
                .toList();
    }
}
