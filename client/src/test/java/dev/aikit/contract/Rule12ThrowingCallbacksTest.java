package dev.aikit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.CallbackException;
import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIConfiguration;
import dev.aikit.OpenAIResult;
import dev.aikit.Worker;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.testing.Events;
import dev.aikit.testkit.ScriptedServer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rule 12: what a callback throws is reported with its call, and neither this call nor another ends differently for it. */
class Rule12ThrowingCallbacksTest {
    private record Report(OpenAICall<?> call, Throwable thrown) {}

    private final ScriptedServer server = ScriptedServer.start();
    private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();
    private final OpenAIConfiguration plain =
            OpenAIConfiguration.defaults().baseURL(server.uri("/v1").toString()).maxRetries(0);
    private final OpenAI client =
            OpenAI.create(plain.uncaughtExceptionHandler((call, thrown) -> reports.add(new Report(call, thrown))));

    @BeforeEach
    void answer() {
        server.otherwise(ChatScripts.chat("Hi"));
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    static Stream<Arguments> whatCallbacksThrow() {
        return Stream.of("onData", "onResponse", "onTerminate", "formula")
                .flatMap(callback -> Stream.of(
                                new IllegalStateException("mine"),
                                new AssertionError("mine"),
                                new StackOverflowError("mine"))
                        .map(thrown -> Arguments.of(callback, thrown)));
    }

    /** Notes the callback, and throws if it is the one that shall. */
    private static <T> Consumer<T> callback(String name, String throwing, Throwable thrown, List<String> called) {
        return value -> {
            called.add(name);
            if (name.equals(throwing)) Rule12ThrowingCallbacksTest.<RuntimeException>raise(thrown);
        };
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void raise(Throwable thrown) throws E {
        throw (E) thrown;
    }

    private static OpenAICall<OpenAIChatCompletionsResult> stream(
            OpenAI client, String throwing, Throwable thrown, List<String> called) {
        return client.chat()
                .completions()
                .create(
                        Observed.MESSAGES,
                        p -> p.onData(callback("onData", throwing, thrown, called))
                                .onResponse(callback("onResponse", throwing, thrown, called))
                                .onError(callback("onError", throwing, thrown, called))
                                .onTerminate(callback("onTerminate", throwing, thrown, called))
                                .formula(callback("formula", throwing, thrown, called)));
    }

    @ParameterizedTest
    @MethodSource("whatCallbacksThrow")
    void theOtherCallbacksComeAndTheHandlerHearsOfIt(String throwing, Throwable thrown) throws InterruptedException {
        List<String> called = new CopyOnWriteArrayList<>();

        OpenAICall<OpenAIChatCompletionsResult> call = stream(client, throwing, thrown, called);
        OpenAIResult result = Events.await(call.future());

        assertThat(result.success()).isTrue();
        assertThat(called).containsExactly("onData", "onData", "onResponse", "onTerminate", "formula");
        Report report = reports.take();
        assertThat(report.call()).isSameAs(call);
        assertThat(report.thrown())
                .isInstanceOf(CallbackException.class)
                .hasCause(thrown)
                .hasMessageContainingAll(throwing, "chat.completions.create", "call " + call.id());
        assertThat(reports).hasSize(throwing.equals("onData") ? 1 : 0); // each piece threw
    }

    @Test
    void anOnErrorThatThrowsIsReportedToo() throws InterruptedException {
        server.otherwise(ChatScripts.status(400, "{}"));
        List<String> called = new CopyOnWriteArrayList<>();

        OpenAICall<OpenAIChatCompletionsResult> call =
                stream(client, "onError", new IllegalStateException("mine"), called);

        assertThat(Events.await(call.future()).success()).isFalse();
        assertThat(called).containsExactly("onError", "onTerminate", "formula");
        assertThat(reports.take().thrown()).hasMessageContaining("onError");
    }

    @Test
    void withoutAHandlerItReachesTheThreadsOwn() {
        CompletableFuture<Throwable> reported = new CompletableFuture<>();
        Worker worker = Worker.named("rule 12");
        worker.call(() -> Thread.currentThread().setUncaughtExceptionHandler((t, thrown) -> reported.complete(thrown)));
        try (OpenAI without = OpenAI.create(plain)) {
            without.models()
                    .list(p -> p.on(worker).formula(r -> {
                        throw new IllegalStateException("mine");
                    }));

            assertThat(Events.await(reported))
                    .isInstanceOf(CallbackException.class)
                    .hasMessageContaining("models.list")
                    .hasRootCauseMessage("mine");
        }
        worker.kill();
    }

    @Test
    void aHandlerThatThrowsHarmsNobodyEither() {
        CompletableFuture<Throwable> reported = new CompletableFuture<>();
        Worker worker = Worker.named("rule 12, broken handler");
        worker.call(() -> Thread.currentThread().setUncaughtExceptionHandler((t, thrown) -> reported.complete(thrown)));
        try (OpenAI broken = OpenAI.create(plain.uncaughtExceptionHandler((call, thrown) -> {
            throw new IllegalArgumentException("broken handler");
        }))) {
            CompletableFuture<Boolean> ended = new CompletableFuture<>();
            broken.models()
                    .list(p -> p.on(worker)
                            .onTerminate(r -> {
                                throw new IllegalStateException("mine");
                            })
                            .formula(r -> ended.complete(r.success())));

            assertThat(Events.await(ended)).isTrue();
            assertThat(Events.await(reported)).hasMessage("broken handler");
            assertThat(Events.await(reported).getSuppressed()).hasSize(1);
        }
        worker.kill();
    }

    @Test
    void otherCallsDoNotNotice() {
        for (int i = 0; i < 50; i++) {
            client.models()
                    .list(p -> p.formula(r -> {
                        throw new OutOfMemoryError("mine");
                    }));
            for (Way way : Way.values())
                assertThat(Observed.start(way, client).endedOnce().result().success())
                        .isTrue();
        }
        client.models().list();
        Events.until(() -> reports.size() == 50, "all reports");
    }
}
