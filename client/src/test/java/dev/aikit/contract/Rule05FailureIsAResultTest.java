package dev.aikit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAICommonParameters;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.OpenAIException;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.models.OpenAIModelListResult;
import dev.aikit.testing.Events;
import dev.aikit.testing.LogRecords;
import dev.aikit.testing.ServerTest;
import dev.aikit.testkit.ScriptedServer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rule 5: what goes wrong under way is in the result; an exception only where it was asked for, or for a mistake. */
class Rule05FailureIsAResultTest extends ServerTest {
    Rule05FailureIsAResultTest() {
        super(c -> c.maxRetries(0));
    }

    @ParameterizedTest
    @EnumSource
    void theResultHoldsWhatArrivedOfAnErrorAnswer(Way way) {
        server.then(ChatScripts.status(
                503,
                "{\"error\":{\"message\":\"busy\"},\"usage\":{\"total_tokens\":3}}",
                ChatScripts.JSON,
                ChatScripts.REQUEST_ID));

        Observed observed = Observed.start(way, client).endedOnce();

        OpenAIChatCompletionsResult result = observed.result();
        assertThat(observed.error().status()).isEqualTo(503);
        assertThat(observed.error().message()).isEqualTo("busy");
        assertThat(observed.error().body().get("error").isPresent()).isTrue();
        assertThat(result.requestID()).isEqualTo("req-7");
        assertThat(result.headers()).containsKey("content-type");
        assertThat(result.usage().totalTokens()).isEqualTo(3);
        assertThat(result.choices()).isEmpty();
    }

    @Test
    void aStreamThatFailsKeepsItsTextAndUsageSoFar() {
        server.then(to -> {
            ChatScripts.beginStream(to)
                    .chunk(ChatScripts.piece("half an "))
                    .chunk("data: {\"choices\":[],\"usage\":{\"total_tokens\":5}}\n\n")
                    .chunk(ChatScripts.piece("answer"));
            to.reset();
        });

        Observed observed = Observed.start(Way.STREAMING, client).endedOnce();

        assertThat(observed.error().kind()).isEqualTo(Kind.TRUNCATED);
        assertThat(observed.result().choice().text()).isEqualTo("half an answer");
        assertThat(observed.result().usage().totalTokens()).isEqualTo(5);
        assertThat(observed.result().requestID()).isEqualTo("req-7");
    }

    @Test
    void aCallThatWaitsThrowsWhereThatIsAskedFor() {
        server.otherwise(ChatScripts.status(401, "{\"error\":{\"message\":\"who are you?\"}}", ChatScripts.JSON));

        assertThatThrownBy(() -> client.models().list(p -> p.throwing(true)))
                .isInstanceOfSatisfying(OpenAIException.class, thrown -> {
                    assertThat(thrown).hasMessageContaining("who are you?");
                    assertThat(thrown.result()).isInstanceOf(OpenAIModelListResult.class);
                    assertThat(thrown.result().errors().get(0).isAuthenticationError())
                            .isTrue();
                });
        assertThat(client.models().list(p -> p.throwing(true).throwing(false)).success())
                .isFalse();
    }

    @Test
    void aCallThatSucceedsDoesNotThrow() {
        server.then(ChatScripts.chat("Hi"));

        assertThat(client.chat()
                        .completions()
                        .create(Observed.MESSAGES, p -> p.throwing(true))
                        .choice()
                        .text())
                .isEqualTo("Hi");
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"ASYNCHRONOUS", "STREAMING"})
    void aCallWithCallbacksNeverThrows(Way way) {
        server.then(ChatScripts.status(401, "{}"));

        Observed observed = Observed.start(way, client, p -> p.throwing(true)).endedOnce();

        assertThat(observed.error().status()).isEqualTo(401);
        assertThat(observed.call().future()).isNotCancelled().isCompleted();
    }

    @Test
    void aMistakeThrowsAtTheCallAndSendsNothing() {
        var completions = client.chat().completions();
        List<ThrowingCallable> mistakes = List.of(
                () -> completions.create(null),
                () -> completions.create(List.of()),
                () -> completions.create(Arrays.asList(OpenAIMessage.user("a"), null)),
                () -> completions.create(null, p -> p.formula(r -> {})),
                () -> completions.create(List.of(), p -> p.onData(r -> {})),
                () -> completions.create(Observed.MESSAGES, p -> null),
                () -> completions.create(Observed.MESSAGES, p -> p.formula(null)),
                () -> completions.create(Observed.MESSAGES, p -> p.temperature(Double.NaN)),
                () -> client.models().retrieve(" "),
                () -> client.models().retrieve(null, p -> p.formula(r -> {})),
                () -> client.models()
                        .list((OpenAICommonParameters<OpenAIModelListResult, OpenAIModelListResult>) null));

        assertThat(mistakes)
                .allSatisfy(mistake -> assertThatThrownBy(mistake)
                        .isInstanceOfAny(IllegalArgumentException.class, NullPointerException.class)
                        .message()
                        .isNotBlank());
        assertThat(server.connections()).isZero();
    }

    @Test
    void anInterruptEndsTheWaitAndStaysVisible() {
        server.then(to -> to.awaitPeerClosed());
        CompletableFuture<Boolean> interruptedAfter = new CompletableFuture<>();
        CompletableFuture<OpenAIModelListResult> result = new CompletableFuture<>();
        Thread waiter = new Thread(() -> {
            result.complete(client.models().list());
            interruptedAfter.complete(Thread.currentThread().isInterrupted());
        });
        waiter.start();
        int connection = server.takeRequest().connection();

        waiter.interrupt();

        assertThat(Events.await(result).errors().get(0).kind()).isEqualTo(Kind.INTERRUPTED);
        assertThat(Events.await(interruptedAfter)).isTrue();
        server.awaitPeerClosed(connection);
    }

    @Test
    void aThreadThatIsInterruptedAlreadyDoesNotWait() {
        server.otherwise(to -> to.awaitPeerClosed());
        CompletableFuture<OpenAIModelListResult> result = new CompletableFuture<>();
        CompletableFuture<Boolean> interruptedAfter = new CompletableFuture<>();
        Thread waiter = new Thread(() -> {
            Thread.currentThread().interrupt();
            result.complete(client.models().list());
            interruptedAfter.complete(Thread.currentThread().isInterrupted());
        });
        waiter.start();

        assertThat(Events.await(result).errors().get(0).kind()).isEqualTo(Kind.INTERRUPTED);
        assertThat(Events.await(interruptedAfter)).isTrue();
    }

    @Test
    void anInterruptOfWhoAwaitsAHandleLeavesTheCallRunning() {
        java.util.concurrent.CountDownLatch gate = new java.util.concurrent.CountDownLatch(1);
        server.then(to -> ChatScripts.chat("Hi").run(to.await(gate)));
        Observed observed = Observed.start(Way.ASYNCHRONOUS, client);
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread waiter = new Thread(() -> {
            try {
                observed.call().await();
                thrown.complete(null);
            } catch (InterruptedException interrupt) {
                thrown.complete(interrupt);
            }
        });
        waiter.start();
        server.takeRequest();

        waiter.interrupt();
        assertThat(Events.await(thrown)).isInstanceOf(InterruptedException.class);
        gate.countDown();

        assertThat(observed.endedOnce().result().success()).isTrue();
    }

    @Test
    void aFailureThatNoCallbackHearsOfIsLoggedOnce() {
        assertThat(warnings(p -> p.onResponse(r -> {})))
                .singleElement()
                .asString()
                .contains("dev.aikit", "models.list", "not you");
    }

    @Test
    void aFailureThatACallbackHearsOfIsNotLogged() {
        assertThat(warnings(p -> p.onResponse(r -> {}).onError(r -> {}))).isEmpty();
        assertThat(warnings(p -> p.onResponse(r -> {}).onTerminate(r -> {}))).isEmpty();
        assertThat(warnings(p -> p.onResponse(r -> {}).formula(r -> {}))).isEmpty();
        assertThat(warnings(p -> p.formula(r -> {}))).isEmpty();
    }

    /** What is logged of a call that the server refuses. */
    private static List<String> warnings(
            Function<
                            OpenAICommonParameters<OpenAIModelListResult, OpenAIModelListResult>,
                            OpenAICommonParameters<OpenAIModelListResult, OpenAICall<OpenAIModelListResult>>>
                    callbacks) {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = OpenAI.create(
                        c -> c.baseURL(server.uri("/v1").toString()).maxRetries(0));
                LogRecords log = LogRecords.of("dev.aikit")) {
            server.then(ChatScripts.status(403, "{\"error\":\"not you\"}"));
            assertThat(Events.await(client.models().list(callbacks).future()).success())
                    .isFalse();
            return warningsOf(log);
        }
    }

    private static List<String> warningsOf(LogRecords log) {
        return log.messages().stream()
                .filter(message -> message.startsWith("WARNING dev.aikit "))
                .toList();
    }

    @Test
    void whoTakesTheHandleIsToldByIt() {
        assertThat(warnings(p -> p.onResponse(r -> {}).async())).isEmpty();
    }

    @Test
    void aCancelledCallIsNotLogged() {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = OpenAI.create(c -> c.baseURL(server.uri("/v1").toString()));
                LogRecords log = LogRecords.of("dev.aikit")) {
            server.then(to -> to.awaitPeerClosed());
            OpenAICall<OpenAIModelListResult> call = client.models().list(p -> p.onResponse(r -> {}));
            server.takeRequest();
            call.cancel();

            assertThat(Events.await(call.future()).errors().get(0).kind()).isEqualTo(Kind.CANCELLED);
            assertThat(warningsOf(log)).isEmpty();
        }
    }
}
