package dev.aikit.pains;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.testing.LogRecords;
import dev.aikit.testing.Way;
import dev.aikit.testkit.ScriptedServer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pain 5: an executor that takes no tasks keeps no callback from coming. */
class Pain05RejectingExecutorTest {
    @ParameterizedTest
    @EnumSource(names = {"ASYNCHRONOUS", "STREAMING"})
    void callbacksComeThoughTheExecutorIsShutDown(Way way) throws Exception {
        ExecutorService down = Executors.newSingleThreadExecutor();
        down.shutdown();
        callsBackInSpiteOf(down, way);
    }

    @ParameterizedTest
    @EnumSource(names = {"ASYNCHRONOUS", "STREAMING"})
    void callbacksComeThoughTheExecutorThrows(Way way) throws Exception {
        callsBackInSpiteOf(
                task -> {
                    throw new RejectedExecutionException("full");
                },
                way);
    }

    private static void callsBackInSpiteOf(Executor executor, Way way) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            server.then(way.answer("Fine."));
            CompletableFuture<String> answer = new CompletableFuture<>();

            client.chat()
                    .completions()
                    .create(
                            Way.QUESTION,
                            p -> p.stream(way.streams())
                                    .onResponse(r -> answer.complete(r.choice().text()))
                                    .on(executor));

            assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("Fine.");
        }
    }

    @Test
    void theRefusalIsReportedWithTheCallNamed() throws Exception {
        try (LogRecords log = LogRecords.of("dev.aikit")) {
            callsBackInSpiteOf(
                    task -> {
                        throw new RejectedExecutionException("full");
                    },
                    Way.ASYNCHRONOUS);
            assertThat(log.messages()).anyMatch(message -> message.contains("chat.completions.create"));
        }
    }
}
