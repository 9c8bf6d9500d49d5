package dev.aikit.pains;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.Worker;
import dev.aikit.testing.Way;
import dev.aikit.testkit.ScriptedServer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pain 18: callbacks run on the thread of the caller's worker, and with what belongs to that thread. */
class Pain18CallbackThreadsTest {
    private static final ThreadLocal<String> CONTEXT = new ThreadLocal<>();

    @ParameterizedTest
    @EnumSource(names = {"ASYNCHRONOUS", "STREAMING"})
    void allCallbacksOfACallFromAWorkerRunOnItsThread(Way way) throws Exception {
        List<String> contexts = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> over = new CompletableFuture<>();
        Worker worker = Worker.named("pain-18-" + way);
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            server.then(way.answer("one", "two"));
            worker.call(() -> {
                CONTEXT.set("request 7");
                Runnable note = () -> contexts.add(worker.isCurrentThread() + " " + CONTEXT.get());
                if (way == Way.STREAMING)
                    client.chat()
                            .completions()
                            .create(
                                    Way.QUESTION,
                                    p -> p.onData(piece -> note.run())
                                            .onResponse(r -> note.run())
                                            .onTerminate(r -> note.run())
                                            .formula(r -> over.complete(null)));
                else
                    client.chat()
                            .completions()
                            .create(
                                    Way.QUESTION,
                                    p -> p.onResponse(r -> note.run())
                                            .onTerminate(r -> note.run())
                                            .formula(r -> over.complete(null)));
            });

            over.get(30, TimeUnit.SECONDS);

            assertThat(contexts).hasSize(way == Way.STREAMING ? 6 : 2).containsOnly("true request 7");
        } finally {
            worker.kill();
        }
    }
}
