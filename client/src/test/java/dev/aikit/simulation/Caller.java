package dev.aikit.simulation;

import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.chat.OpenAIChatCompletionsParameters;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIChatCompletionsStreamResult;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.chat.OpenAITool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call as a user makes it by chance, with all that the user sees of it. */
final class Caller {
    /** The header by which the network knows whose exchange it is. */
    static final String HEADER = "x-caller";

    final int number;
    final boolean stream;
    final boolean helper;
    final int maxRetries;
    final Duration timeout;
    final List<Script> exchanges = new CopyOnWriteArrayList<>();
    /** "piece", "onResponse", … in the order in which they began. */
    final List<String> callbacks = new ArrayList<>();

    final List<OpenAIChatCompletionsResult> results = new ArrayList<>();
    final List<String> violations = new CopyOnWriteArrayList<>();
    final StringBuilder text = new StringBuilder();

    @Nullable
    volatile OpenAICall<OpenAIChatCompletionsResult> call;

    long begun;
    volatile boolean cancelled;
    int thrown;
    int exchangesAtFirstPiece = -1;

    private final World world;
    private volatile boolean inside;
    private volatile boolean cancelReturned;

    Caller(World world, int number) {
        this.world = world;
        this.number = number;
        this.helper = world.chance(0.25);
        this.stream = world.chance(0.5);
        this.maxRetries = world.random.nextInt(4);
        this.timeout = Duration.ofMillis(world.chance(0.3) ? 1 + world.random.nextInt(3000) : 120_000);
    }

    void begin(OpenAI client, @Nullable Executor place) {
        begun = world.nanoTime();
        if (helper) {
            var parameters = settings(place);
            var chat = client.chat().create("Be brief.", parameters).registerTool(tool());
            call = chat.toolTimeout(Duration.ofSeconds(2)).prompt("Hello");
        } else {
            call = client.chat().completions().create(List.of(OpenAIMessage.user("Hello")), settings(place));
        }
    }

    private OpenAITool tool() {
        return OpenAITool.of("tool", "Does something.", Map.of("type", "object"), arguments -> {
            if (cancelReturned) violations.add("a tool began after cancel() had returned");
            maybe(0.2, () -> {
                throw new IllegalStateException("simulated");
            });
            maybe(0.1, this::cancel);
            return "done";
        });
    }

    private OpenAIChatCompletionsParameters<OpenAICall<OpenAIChatCompletionsResult>> settings(
            @Nullable Executor place) {
        var made = OpenAIChatCompletionsParameters.create()
                .extraHeader(HEADER, Integer.toString(number))
                .maxRetries(maxRetries)
                .timeout(timeout);
        if (world.chance(0.5)) made = made.idleTimeout(Duration.ofMillis(500 + world.random.nextInt(5000)));
        if (world.chance(0.5)) made = made.firstByteTimeout(Duration.ofMillis(500 + world.random.nextInt(5000)));
        if (world.chance(0.3)) made = made.attemptTimeout(Duration.ofMillis(500 + world.random.nextInt(9000)));
        if (place != null) made = made.on(place);
        var asynchronous = stream ? made.onData(this::piece) : made.async();
        return asynchronous
                .onResponse(ending("onResponse"))
                .onError(ending("onError"))
                .onTerminate(ending("onTerminate"))
                .formula(ending("formula"));
    }

    private void piece(OpenAIChatCompletionsStreamResult chunk) {
        callback("piece", () -> {
            if (cancelReturned) violations.add("onData began after cancel() had returned");
            if (chunk.terminated()) violations.add("a piece says that the call has ended");
            if (exchangesAtFirstPiece < 0) exchangesAtFirstPiece = exchanges.size();
            if (!helper) text.append(chunk.choice().delta().text());
        });
    }

    private Consumer<OpenAIChatCompletionsResult> ending(String name) {
        return result -> callback(name, () -> {
            results.add(result);
            if (!result.terminated()) violations.add(name + " was given a result that has not ended");
            if (call != null && awaitWithin() != result)
                violations.add("await() within " + name + " gave another result");
        });
    }

    private @Nullable OpenAIChatCompletionsResult awaitWithin() {
        try {
            return call.await();
        } catch (InterruptedException nobodyInterrupts) {
            throw new AssertionError(nobodyInterrupts);
        }
    }

    private void callback(String name, Runnable look) {
        callbacks.add(name);
        if (inside) violations.add(name + " began within another callback");
        inside = true;
        try {
            look.run();
            maybe(0.05, this::cancel);
            maybe(0.07, () -> {
                thrown++;
                throw new IllegalStateException("simulated");
            });
            maybe(0.03, () -> {
                thrown++;
                throw new StackOverflowError("simulated");
            });
        } finally {
            inside = false;
        }
    }

    private void maybe(double probability, Runnable what) {
        if (world.chance(probability)) what.run();
    }

    /** From anywhere. */
    void cancel() {
        if (call == null) return;
        if (!world.isExact()) cancelled = true; // the end may come before the answer to who brought it
        boolean didIt = call.cancel();
        if (!didIt) return;
        cancelled = true;
        // Else a piece that had begun may see it.
        cancelReturned = world.isExact();
    }
}
