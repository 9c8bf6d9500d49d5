package dev.aikit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIError;
import dev.aikit.chat.OpenAIChatCompletionsParameters;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIChatCompletionsStreamResult;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.testing.Events;
import dev.aikit.testkit.ScriptedServer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/** One chat call, made in any of the three ways, with all that its caller hears of it. */
final class Observed {
    static final List<OpenAIMessage> MESSAGES = List.of(OpenAIMessage.user("Hello"));

    private static final UnaryOperator<OpenAIChatCompletionsParameters<OpenAIChatCompletionsResult>> NOTHING_SET =
            p -> p;

    private final Way way;
    private final List<String> callbacks = new CopyOnWriteArrayList<>();
    private final List<Object> received = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final AtomicBoolean inside = new AtomicBoolean();
    private final AtomicBoolean overlapped = new AtomicBoolean();
    private final CountDownLatch firstPiece = new CountDownLatch(1);
    private final CompletableFuture<OpenAIChatCompletionsResult> result = new CompletableFuture<>();
    private OpenAICall<OpenAIChatCompletionsResult> call;
    private Thread waiter;

    private Observed(Way way) {
        this.way = way;
    }

    /** Makes the call with nothing else set, and returns while it is under way. */
    static Observed start(Way way, OpenAI client) {
        return start(way, client, NOTHING_SET);
    }

    /** Makes the call, and returns while it is under way; a waiting one waits on a thread of its own. */
    static Observed start(
            Way way,
            OpenAI client,
            UnaryOperator<OpenAIChatCompletionsParameters<OpenAIChatCompletionsResult>> settings) {
        Observed made = new Observed(way);
        OpenAIChatCompletionsParameters<OpenAIChatCompletionsResult> parameters =
                settings.apply(OpenAIChatCompletionsParameters.create());
        if (way == Way.WAITING) {
            made.waiter = new Thread(() -> made.await(client, parameters), "waiting-caller");
            made.waiter.setDaemon(true);
            made.waiter.start();
            return made;
        }
        made.call = client.chat().completions().create(MESSAGES, made.callbacks(parameters));
        made.call.future().thenAccept(made.result::complete);
        return made;
    }

    private void await(OpenAI client, OpenAIChatCompletionsParameters<OpenAIChatCompletionsResult> parameters) {
        try {
            result.complete(client.chat().completions().create(MESSAGES, parameters));
        } catch (Throwable thrown) {
            result.completeExceptionally(thrown);
        }
    }

    private OpenAIChatCompletionsParameters<OpenAICall<OpenAIChatCompletionsResult>> callbacks(
            OpenAIChatCompletionsParameters<OpenAIChatCompletionsResult> parameters) {
        var listened = parameters
                .onResponse(r -> called("onResponse", r))
                .onError(r -> called("onError", r))
                .onTerminate(r -> called("onTerminate", r))
                .formula(r -> called("formula", r));
        return way == Way.STREAMING ? listened.onData(this::piece) : listened;
    }

    private void piece(OpenAIChatCompletionsStreamResult piece) {
        called("onData", piece);
        texts.add(piece.choice().delta().text());
        firstPiece.countDown();
    }

    private void called(String callback, Object with) {
        if (!inside.compareAndSet(false, true)) overlapped.set(true);
        callbacks.add(callback);
        received.add(with);
        threads.add(Thread.currentThread());
        inside.set(false);
    }

    /** The handle; calls that wait have none. */
    OpenAICall<OpenAIChatCompletionsResult> call() {
        return Objects.requireNonNull(call);
    }

    /** The thread on which a call waits. */
    Thread waiter() {
        return Objects.requireNonNull(waiter);
    }

    boolean isOver() {
        return result.isDone();
    }

    /** Whether the last callback has begun; a call that waits has none. */
    boolean hasHeardItAll() {
        return way == Way.WAITING || callbacks.contains("formula");
    }

    void awaitFirstPiece() throws InterruptedException {
        assertThat(firstPiece.await(ScriptedServer.LIMIT_SECONDS, TimeUnit.SECONDS))
                .as("the first piece came")
                .isTrue();
    }

    /** Waits for the end. */
    OpenAIChatCompletionsResult result() {
        return Events.await(result);
    }

    /** Waits for the end, which has to be a failure. */
    OpenAIError error() {
        assertThat(result().success()).as("success of %s", result()).isFalse();
        return result().errors().get(0);
    }

    /** Waits for the end, and holds what was called against the rule: exactly one end, in order, never two at a time. */
    Observed endedOnce() {
        OpenAIChatCompletionsResult end = result();
        assertThat(end.terminated()).isTrue();
        assertThat(end.errors().isEmpty()).isEqualTo(end.success());
        if (way == Way.WAITING) return this;
        List<String> last = callbacks.subList(Math.max(0, callbacks.size() - 3), callbacks.size());
        assertThat(last).containsExactly(end.success() ? "onResponse" : "onError", "onTerminate", "formula");
        assertThat(callbacks.subList(0, callbacks.size() - 3)).allMatch("onData"::equals);
        assertThat(received.subList(received.size() - 3, received.size())).allMatch(with -> with == end);
        assertThat(overlapped).isFalse();
        return this;
    }

    List<String> callbacks() {
        return callbacks;
    }

    /** The results that the callbacks received, pieces among them. */
    List<Object> received() {
        return received;
    }

    /** The threads of the callbacks, in order. */
    List<Thread> threads() {
        return threads;
    }

    /** The texts of the pieces. */
    List<String> texts() {
        return texts;
    }
}
