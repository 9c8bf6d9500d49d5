package dev.aikit.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.CallbackTarget;
import dev.aikit.Form;
import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.Worker;
import dev.aikit.testing.Events;
import dev.aikit.testing.KeyedServerTest;
import dev.aikit.testing.Way;
import dev.aikit.testkit.ChatScripts;
import dev.aikit.testkit.ChatScripts.Call;
import dev.aikit.testkit.ScriptedServer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tools run where the callbacks run: side by side on the library's threads, one after the other on a worker or a form. */
class HelperToolThreadsTest extends KeyedServerTest {
    private static final List<Call> THREE = List.of(
            new Call("c1", "t", "{\"n\":1}"), new Call("c2", "t", "{\"n\":2}"), new Call("c3", "t", "{\"n\":3}"));

    private final List<Integer> order = new CopyOnWriteArrayList<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    /** Notes where it runs, and whether others do at the same time. */
    private final OpenAITool noting = tool(arguments -> {
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        threads.add(Thread.currentThread());
        order.add(arguments.get("n").asInt(0));
        inside.decrementAndGet();
        return "ok";
    });

    private static OpenAITool tool(OpenAITool.Handler handler) {
        return OpenAITool.of("t", "A tool.", Map.of("type", "object"), handler);
    }

    @BeforeEach
    void script() {
        server.then(ChatScripts.asks(THREE)).then(ChatScripts.asks(THREE)).then(ChatScripts.says("done"));
    }

    @ParameterizedTest
    @EnumSource
    void severalToolsRunSideBySide(Way way) throws Exception {
        CountDownLatch all = new CountDownLatch(6);
        CountDownLatch firstThree = new CountDownLatch(3);
        Talk talk = Talk.of(way, client);
        talk.helper().registerTool(tool(arguments -> {
            all.countDown();
            firstThree.countDown();
            Events.await(firstThree); // none returns before all have begun
            assertThat(Thread.currentThread().getName()).startsWith("aikit-callback-");
            return "ok";
        }));

        assertThat(talk.prompt("?").choice().text()).isEqualTo("done");

        Events.await(all);
        assertThat(talk.helper().messages())
                .filteredOn(message -> message.role().equals("tool"))
                .extracting(OpenAIMessage::text)
                .containsOnly("ok")
                .hasSize(6);
    }

    static Stream<CallbackTarget> places() {
        return Stream.of(Worker.named("tools"), Form.swing());
    }

    private static Thread threadOf(CallbackTarget place) {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        place.execute(() -> thread.complete(Thread.currentThread()));
        return Events.await(thread);
    }

    private void ranOneAfterTheOtherOn(Thread thread) {
        assertThat(threads).containsExactly(thread);
        assertThat(most).hasValue(1);
        assertThat(order).containsExactly(1, 2, 3, 1, 2, 3);
    }

    @ParameterizedTest
    @MethodSource("places")
    void onAWorkerOrAFormTheyRunOneAfterTheOther(CallbackTarget place) {
        Thread thread = threadOf(place);
        CompletableFuture<Thread> heard = new CompletableFuture<>();
        place.execute(() -> client.chat()
                .create(
                        "Be short.",
                        p -> p.onData(piece -> threads.add(Thread.currentThread()))
                                .onResponse(r -> heard.complete(Thread.currentThread())))
                .registerTool(noting)
                .prompt("?"));

        assertThat(Events.await(heard)).isSameAs(thread);
        ranOneAfterTheOtherOn(thread);
    }

    @ParameterizedTest
    @MethodSource("places")
    void awaitingOnThatVeryThreadRunsThemThere(CallbackTarget place) {
        Thread thread = threadOf(place);
        CompletableFuture<String> answer = new CompletableFuture<>();
        place.execute(() -> {
            var helper = client.chat().create("Be short.", p -> p.async()).registerTool(noting);
            try {
                answer.complete(helper.prompt("?").await().choice().text());
            } catch (Throwable thrown) {
                answer.completeExceptionally(thrown);
            }
        });

        assertThat(Events.await(answer)).isEqualTo("done");
        ranOneAfterTheOtherOn(thread);
    }

    @ParameterizedTest
    @MethodSource("places")
    void fromElsewhereTheyRunAtThePlaceThatIsNamed(CallbackTarget place) throws Exception {
        var helper = client.chat().create("Be short.", p -> p.on(place).async()).registerTool(noting);
        assertThat(Way.ended(helper.prompt("?")).choice().text()).isEqualTo("done");
        ranOneAfterTheOtherOn(threadOf(place));
    }

    @Test
    void anExecutorRunsThemAsItLikes() throws Exception {
        ExecutorService one = Executors.newSingleThreadExecutor(work -> new Thread(work, "one"));
        var helper = client.chat().create("Be short.", p -> p.on(one).async()).registerTool(noting);
        assertThat(Way.ended(helper.prompt("?")).choice().text()).isEqualTo("done");
        one.shutdown();
        assertThat(threads).extracting(Thread::getName).containsExactly("one");
        assertThat(order).containsExactly(1, 2, 3, 1, 2, 3);
    }

    @Test
    void anExecutorThatRefusesLosesNone() throws Exception {
        var helper = client.chat()
                .create(
                        "Be short.",
                        p -> p.on(work -> {
                                    throw new RejectedExecutionException("full");
                                })
                                .async())
                .registerTool(noting);
        assertThat(Way.ended(helper.prompt("?")).choice().text()).isEqualTo("done");
        assertThat(order).hasSize(6);
    }

    @Test
    void anExecutorThatDropsThemLosesNoCall() throws Exception {
        var helper = client.chat()
                .create("Be short.", p -> p.on(new DropsAll()).async())
                .registerTool(noting)
                .toolTimeout(java.time.Duration.ofMillis(1));
        var call = helper.prompt("?");
        while (!call.isDone()) {
            System.gc(); // what was dropped is noticed when it becomes garbage
            call.await(java.time.Duration.ofMillis(20));
        }
        assertThat(Way.ended(call).choice().text()).isEqualTo("done");
        assertThat(order).isEmpty();
    }

    private static final class DropsAll implements java.util.concurrent.Executor {
        @Override
        public void execute(Runnable work) {}
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aToolThatWaitsForItsOwnCallHearsThatItCannot(boolean onWorker) throws Exception {
        CompletableFuture<OpenAICall<OpenAIChatCompletionsResult>> made = new CompletableFuture<>();
        Worker worker = Worker.named("own call");
        var helper = client.chat()
                .create("Be short.", p -> onWorker ? p.on(worker).async() : p.async())
                .registerTool(
                        tool(arguments -> Events.await(made).await().choice().text()));
        made.complete(helper.prompt("?"));

        assertThat(Way.ended(made.join()).choice().text()).isEqualTo("done");
        assertThat(helper.messages().get(2).text()).contains("cannot wait");
        worker.kill();
    }

    @Test
    void aToolMayPromptAnotherConversationAndWait() throws Exception {
        ScriptedServer other = ScriptedServer.start();
        other.then(ChatScripts.says("from the other"));
        OpenAI another = Way.client(other);
        CompletableFuture<String> heard = new CompletableFuture<>();
        Talk talk = Talk.of(Way.STREAMING, client);
        talk.helper().registerTool(tool(arguments -> {
            if (arguments.get("n").asInt(0) == 1 && !heard.isDone())
                heard.complete(another.chat().create("x").prompt("y").choice().text());
            return "ok";
        }));
        assertThat(talk.prompt("?").choice().text()).isEqualTo("done");
        assertThat(heard).isCompletedWithValue("from the other");
        another.close();
        other.close();
    }
}
