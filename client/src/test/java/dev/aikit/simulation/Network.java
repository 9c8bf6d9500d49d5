package dev.aikit.simulation;

import dev.aikit.internal.http.Exchange;
import dev.aikit.internal.http.ExchangeListener;
import dev.aikit.internal.http.HttpCall;
import dev.aikit.internal.http.IoLoop;
import dev.aikit.internal.http.Transport;
import dev.aikit.internal.http.TransportFailure;
import dev.aikit.internal.http.TransportFailure.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/** A transport without a network: each exchange follows a script that chance wrote. */
final class Network implements Transport {
    private final World world;
    private final BiFunction<HttpCall, Integer, Script> scripts;
    private final List<Loop> loops = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger count = new AtomicInteger();

    /** @param scripts what becomes of an exchange, by its call and its number */
    Network(World world, int loopCount, BiFunction<HttpCall, Integer, Script> scripts) {
        this.world = world;
        this.scripts = scripts;
        for (int i = 0; i < loopCount; i++) loops.add(new Loop(world.thread()));
    }

    @Override
    public IoLoop nextLoop() {
        return loops.get(turn.getAndIncrement() % loops.size());
    }

    @Override
    public void close() {
        loops.forEach(Loop::close);
    }

    private final class Loop implements IoLoop {
        private final Place place;
        private final List<Line> open = new ArrayList<>();
        private volatile boolean closed;
        private volatile boolean ended;

        private Loop(Place place) {
            this.place = place;
        }

        @Override
        public boolean isCurrentThread() {
            return place.isCurrent();
        }

        @Override
        public void execute(Runnable task) {
            world.stumble();
            if (closed) throw new RejectedExecutionException("closed");
            place.add(task); // once taken it is run, even while the loop ends
        }

        @Override
        public Timer schedule(Runnable task, long delayNanos) {
            if (closed) throw new RejectedExecutionException("closed");
            return later(delayNanos, task);
        }

        private Timer later(long delayNanos, Runnable task) {
            return world.after(delayNanos, place, () -> {
                if (!ended) task.run();
            });
        }

        @Override
        public Exchange open(HttpCall call, Duration connectTimeout, ExchangeListener listener) {
            Line line = new Line(this, scripts.apply(call, count.incrementAndGet()), connectTimeout, listener);
            if (closed) {
                line.fail(Reason.CLOSED);
                return line;
            }
            open.add(line);
            line.begin();
            return line;
        }

        private void close() {
            if (closed) return;
            world.stumble();
            closed = true;
            place.add(() -> {
                List.copyOf(open).forEach(line -> line.fail(Reason.CLOSED));
                ended = true;
            });
        }
    }

    private static final class Line implements Exchange {
        private final Loop loop;
        private final Script script;
        private final Duration connectTimeout;
        private final ExchangeListener listener;
        private boolean paused;
        private boolean held;

        private Line(Loop loop, Script script, Duration connectTimeout, ExchangeListener listener) {
            this.loop = loop;
            this.script = script;
            this.connectTimeout = connectTimeout;
            this.listener = listener;
        }

        private void begin() {
            if (script.failsInPlace()) {
                next();
                return;
            }
            if (!script.connects()) loop.later(connectTimeout.toNanos(), () -> fail(Reason.CONNECT_TIMEOUT));
            else scheduleNext();
        }

        private void scheduleNext() {
            if (script.hasNext()) loop.later(script.nextDelay(), this::next);
        }

        private void next() {
            if (script.over()) return;
            if (paused && !script.isAtConnect()) {
                held = true;
                return;
            }
            Script.Step step = script.take();
            if (step.isLast()) over();
            step.tell(listener);
            if (!script.over()) scheduleNext();
        }

        private void over() {
            script.ended();
            loop.open.remove(this);
        }

        private void fail(Reason reason) {
            if (script.over()) return;
            script.failedWith(reason);
            over();
            listener.failed(new TransportFailure(reason, "simulated", null));
        }

        @Override
        public void reading(boolean wanted) {
            paused = !wanted;
            if (wanted && held) {
                held = false;
                loop.later(0, this::next);
            }
        }

        @Override
        public void cancel() {
            if (script.over()) return;
            script.freed();
            over();
        }

        @Override
        public void release() {
            cancel();
        }
    }
}
