package dev.aikit.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.Clients;
import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIConfiguration;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.Worker;
import dev.aikit.testing.Events;
import dev.aikit.testing.Way;
import dev.aikit.testkit.ChatScripts;
import dev.aikit.testkit.ChatScripts.Call;
import dev.aikit.testkit.ManualClock;
import dev.aikit.testkit.ScriptedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tool that hangs, and calls that end in the middle of a tool: no call waits for it, and none goes on by itself. */
class HelperToolEndsTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final ScriptedServer server = ScriptedServer.start();
    private final ManualClock clock = new ManualClock();
    private final OpenAI client = Clients.withClock(
            OpenAIConfiguration.defaults().baseURL(server.uri("/v1").toString()), clock);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch returned = new CountDownLatch(1);

    /** Hangs until the gate is opened. */
    private final OpenAITool hanging = OpenAITool.of("hang", "Hangs.", Map.of("type", "object"), arguments -> {
        begun.countDown();
        Events.await(gate);
        returned.countDown();
        return "late";
    });

    private final OpenAITool quick = OpenAITool.of("quick", "Is quick.", Map.of("type", "object"), arguments -> "ok");

    @AfterEach
    void close() {
        gate.countDown();
        client.close();
        server.close();
    }

    private OpenAIChatHelper<OpenAICall<OpenAIChatCompletionsResult>> helper(
            boolean stream,
            UnaryOperator<OpenAIChatCompletionsParameters<OpenAICall<OpenAIChatCompletionsResult>>> settings) {
        return client.chat()
                .create("Be short.", p -> settings.apply(p.stream(stream).async()))
                .registerTool(hanging)
                .registerTool(quick);
    }

    private OpenAICall<OpenAIChatCompletionsResult> promptThatHangs(
            OpenAIChatHelper<OpenAICall<OpenAIChatCompletionsResult>> helper) {
        server.then(ChatScripts.asks(List.of(new Call("c1", "quick", "{}"), new Call("c2", "hang", "{}"))));
        OpenAICall<OpenAIChatCompletionsResult> call = helper.prompt("?");
        server.takeRequest();
        Events.await(begun);
        return call;
    }

    /** In place the tool runs on the loop: waiting there would stop every call of the client. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aToolThatWaitsForItsOwnCallIsToldThatItCannot(boolean inPlace) throws Exception {
        CompletableFuture<OpenAICall<OpenAIChatCompletionsResult>> running = new CompletableFuture<>();
        ExecutorService single = Executors.newSingleThreadExecutor();
        OpenAITool waiting = OpenAITool.of(
                "wait",
                "Waits.",
                Map.of("type", "object"),
                arguments -> running.join().future().join().choice().text());
        var helper = client.chat()
                .create("Be short.", p -> p.on(inPlace ? Runnable::run : single).async())
                .registerTool(waiting);
        server.then(ChatScripts.asks("c1", "wait", "{}")).then(ChatScripts.says("Then not."));
        try {
            running.complete(helper.prompt("?"));

            assertThat(Way.ended(running.join()).choice().text()).isEqualTo("Then not.");
            server.takeRequest();
            assertThat(Way.messages(server.takeRequest()).get(3).text()).contains("cannot wait");
        } finally {
            single.shutdown();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theModelHearsOfAToolThatHangs(boolean stream) throws Exception {
        var helper = helper(stream, p -> p).toolTimeout(LIMIT);
        var call = promptThatHangs(helper);
        server.then(ChatScripts.says("I gave up."));
        clock.awaitTaskWithin(LIMIT);

        clock.advance(LIMIT.minusNanos(1));
        assertThat(clock.hasTaskWithin(Duration.ofNanos(1))).as("not yet").isTrue();
        clock.advance(Duration.ofNanos(1));

        assertThat(Way.ended(call).choice().text()).isEqualTo("I gave up.");
        assertThat(Way.messages(server.takeRequest()).subList(3, 5))
                .extracting(OpenAIMessage::text)
                .containsExactly("ok", "{\"error\":\"the tool gave no answer within PT20S\"}");
        List<OpenAIMessage> before = helper.messages();
        gate.countDown();
        Events.await(returned);
        nothingMoreIsSent();
        assertThat(helper.messages()).isEqualTo(before).hasSize(5);
    }

    /** What the client sends next is what it is asked to; the server fails the test for a request without a script. */
    private void nothingMoreIsSent() {
        server.then(to -> to.answer(200, "{\"data\":[]}"));
        client.models().list();
        assertThat(server.takeRequest().target()).isEqualTo("/v1/models");
        assertThat(server.requestsWaiting()).isZero();
    }

    @Test
    void aToolThatIsDoneLeavesNoTimerBehind() throws Exception {
        server.then(ChatScripts.asks("c1", "quick", "{}")).then(ChatScripts.says("ok"));
        var helper = helper(false, p -> p).toolTimeout(LIMIT);
        Way.ended(helper.prompt("?"));
        assertThat(clock.hasTaskWithin(LIMIT)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cancellingInTheMiddleOfAToolEndsTheCallAtOnce(boolean stream) throws Exception {
        CompletableFuture<OpenAIChatCompletionsResult> heard = new CompletableFuture<>();
        var helper = helper(stream, p -> p.onError(heard::complete));
        var call = promptThatHangs(helper);

        assertThat(call.cancel()).isTrue();

        assertThat(Events.await(heard).errors().get(0).isCancelled()).isTrue();
        assertThat(Way.ended(call).choice().message().toolCalls())
                .as("what had come is kept")
                .hasSize(2);
        assertThat(returned.getCount()).as("the tool hangs still").isEqualTo(1);
        gate.countDown();
        Events.await(returned);
        nothingMoreIsSent();
        assertThat(helper.messages()).isEmpty();
        server.then(ChatScripts.says("again"));
        assertThat(Way.ended(helper.prompt("!")).choice().text()).isEqualTo("again");
    }

    @Test
    void aToolMayCancelItsOwnCall() throws Exception {
        AtomicReference<OpenAICall<OpenAIChatCompletionsResult>> call = new AtomicReference<>();
        CountDownLatch made = new CountDownLatch(1);
        server.then(ChatScripts.asks("c1", "quick", "{}"));
        var helper = helper(true, p -> p).registerTool(OpenAITool.of("quick", "Cancels.", Map.of(), a -> {
            Events.await(made);
            return call.get().cancel();
        }));
        call.set(helper.prompt("?"));
        made.countDown();
        assertThat(Way.ended(call.get()).errors().get(0).isCancelled()).isTrue();
    }

    @Test
    void onAWorkerTheCallbackOfACancelledCallComesWhenTheToolIsDone() {
        Worker worker = Worker.named("hangs");
        CompletableFuture<OpenAIChatCompletionsResult> heard = new CompletableFuture<>();
        var call = promptThatHangs(helper(false, p -> p.on(worker).onError(heard::complete)));
        assertThat(call.cancel()).isTrue();
        gate.countDown();
        assertThat(Events.await(heard).errors().get(0).isCancelled()).isTrue();
        worker.kill();
    }

    @Test
    void afterTheTimeoutNoToolThatWaitedForItsTurnBegins() throws Exception {
        Worker worker = Worker.named("one by one");
        List<String> ran = new ArrayList<>();
        server.then(ChatScripts.asks(List.of(new Call("c1", "hang", "{}"), new Call("c2", "later", "{}"))))
                .then(ChatScripts.says("ok"));
        var call = helper(false, p -> p.on(worker))
                .toolTimeout(LIMIT)
                .registerTool(OpenAITool.of("later", "x", Map.of(), a -> ran.add("later")))
                .prompt("?");
        Events.await(begun);
        clock.awaitTaskWithin(LIMIT);
        clock.advance(LIMIT);
        server.takeRequest();
        server.takeRequest();
        gate.countDown();
        assertThat(Way.ended(call).success()).isTrue();
        assertThat(ran).isEmpty();
        worker.kill();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theDeadlineOfTheWholeCallHoldsInTheMiddleOfATool(boolean stream) throws Exception {
        var call = promptThatHangs(helper(stream, p -> p.timeout(LIMIT)));
        clock.awaitTaskWithin(LIMIT);

        clock.advance(LIMIT);

        assertThat(Way.ended(call).errors()).singleElement().satisfies(error -> {
            assertThat(error.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(error.message()).contains("20 s");
        });
        gate.countDown();
        Events.await(returned);
        nothingMoreIsSent();
    }

    @Test
    void theDeadlineOfTheWholeCallRunsOnFromItsBeginning() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        server.then(to -> {
            to.await(answer);
            ChatScripts.asks("c1", "hang", "{}").run(to);
        });
        var call = helper(false, p -> p.timeout(LIMIT)).prompt("?");
        server.takeRequest();
        clock.advance(LIMIT.dividedBy(2));
        answer.countDown();
        Events.await(begun);
        clock.awaitTaskWithin(LIMIT.dividedBy(2));
        clock.advance(LIMIT.dividedBy(2));
        assertThat(Way.ended(call).errors().get(0).kind()).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void closingTheClientInTheMiddleOfAToolEndsTheCall() throws Exception {
        var call = promptThatHangs(helper(true, p -> p));
        client.close();
        assertThat(Way.ended(call).errors().get(0).kind()).isEqualTo(Kind.CLOSED);
        gate.countDown();
        Events.await(returned);
        assertThat(server.requestsWaiting()).isZero();
    }

    @Test
    void interruptingAThreadThatWaitsForAToolEndsTheCall() {
        server.then(ChatScripts.asks("c1", "hang", "{}"));
        CompletableFuture<OpenAIChatCompletionsResult> result = new CompletableFuture<>();
        Thread waiter = new Thread(() -> result.complete(
                client.chat().create("Be short.").registerTool(hanging).prompt("?")));
        waiter.start();
        Events.await(begun);
        waiter.interrupt();
        assertThat(Events.await(result).errors().get(0).kind()).isEqualTo(Kind.INTERRUPTED);
    }

    /** Between an answer and its tools, and between the tools and the next request, an end must not get lost. */
    @ParameterizedTest
    @ValueSource(strings = {"cancel", "close"})
    void anEndAtAnyMomentEndsTheCall(String how) throws Exception {
        for (int i = 0; i < 200; i++) {
            CountDownLatch sent = new CountDownLatch(1);
            server.then(to -> {
                ChatScripts.asks("c1", "hang", "{}").run(to);
                sent.countDown();
            });
            OpenAI each = Way.client(server);
            var call = each.chat()
                    .create("Be short.", p -> p.async())
                    .registerTool(hanging)
                    .prompt("?");
            Events.await(sent);
            for (int spin = 0; spin < i * 50; spin++) Thread.onSpinWait();
            if (how.equals("close")) each.close();
            else call.cancel();
            assertThat(Way.ended(call).errors())
                    .singleElement()
                    .extracting(error -> error.kind())
                    .isEqualTo(how.equals("close") ? Kind.CLOSED : Kind.CANCELLED);
            each.close();
        }
    }
}
