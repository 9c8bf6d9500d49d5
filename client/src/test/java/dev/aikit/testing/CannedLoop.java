package dev.aikit.testing;

import dev.aikit.HttpAgent;
import dev.aikit.OpenAILimits;
import dev.aikit.internal.call.ClientSettings;
import dev.aikit.internal.call.Clock;
import dev.aikit.internal.call.Destination;
import dev.aikit.internal.call.Engine;
import dev.aikit.internal.call.Timeouts;
import dev.aikit.internal.http.Exchange;
import dev.aikit.internal.http.ExchangeListener;
import dev.aikit.internal.http.HttpCall;
import dev.aikit.internal.http.HttpHead;
import dev.aikit.internal.http.IoLoop;
import dev.aikit.internal.http.Transport;
import dev.aikit.internal.threads.CallbackThreads;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A network that is none: each call is answered at once, on the thread that makes it, with a head and pieces of a body
 * that are handed to the very code that a socket feeds. It has no time limits. Thousands of calls a second can be made so.
 *
 * @param pieces of the body, in order; each is handed over alone
 */
public record CannedLoop(HttpHead head, List<ByteBuffer> pieces) implements IoLoop {
    /** An engine whose calls have no time limits and no retries, and whose every call has a loop of its own. */
    public static Engine engine(OpenAILimits limits, Supplier<IoLoop> loops) {
        ClientSettings settings = new ClientSettings(
                new Destination(
                        "",
                        URI.create("http://127.0.0.1:1/v1"),
                        Map.of("authorization", "Bearer sk-canned-key"),
                        Set.of(),
                        null),
                null,
                Timeouts.UNSET,
                0,
                HttpAgent.defaults(),
                limits,
                (call, thrown) -> {});
        Function<HttpAgent, Transport> transports = agent -> new Transport() {
            @Override
            public IoLoop nextLoop() {
                return loops.get();
            }

            @Override
            public void close() {}
        };
        return new Engine(settings, NO_TIME, transports, CallbackThreads.shared());
    }

    /** Nothing ever falls due. */
    private static final Clock NO_TIME = new Clock() {
        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public Timer schedule(IoLoop loop, Runnable task, long delayNanos) {
            return () -> {};
        }
    };

    @Override
    public boolean isCurrentThread() {
        return false;
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public Timer schedule(Runnable task, long delayNanos) {
        return () -> {};
    }

    @Override
    public Exchange open(HttpCall call, Duration connectTimeout, ExchangeListener listener) {
        listener.connected();
        listener.head(head);
        for (ByteBuffer piece : pieces) listener.body(piece.duplicate());
        listener.end();
        return NOTHING_LEFT;
    }

    private static final Exchange NOTHING_LEFT = new Exchange() {
        @Override
        public void reading(boolean wanted) {}

        @Override
        public void cancel() {}

        @Override
        public void release() {}
    };
}
