package dev.aikit.internal.netty;

import dev.aikit.HttpAgent;
import dev.aikit.internal.http.Exchange;
import dev.aikit.internal.http.ExchangeListener;
import dev.aikit.internal.http.HttpCall;
import dev.aikit.internal.http.IoLoop;
import dev.aikit.internal.http.TransportFailure;
import dev.aikit.internal.threads.RoundThread;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.lang.ref.WeakReference;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One thread, with a pool of connections for each origin. Only its own thread touches them, so nothing is locked. */
final class NettyLoop implements IoLoop {
    private static final AtomicInteger COUNT = new AtomicInteger();

    final HttpAgent agent;
    final int maxSockets;
    final int maxHeaderBytes;
    final Names names;
    final HeaderNames headerNames = new HeaderNames();
    final WholeAnswers wholeAnswers = new WholeAnswers(headerNames);
    final Gathering gathering = new Gathering();
    /** Those whose body is being opened: no pool knows them yet. */
    final Set<NettyExchange> opening = new HashSet<>();

    private final EventLoop eventLoop;
    private final Map<Origin, Pool> pools = new HashMap<>();
    private final NameThreads threads;
    /** Weakly: headers hold keys, and of a call that is over nothing is to be kept. */
    private WeakReference<Preamble> lastPreamble = new WeakReference<>(null);

    private @Nullable Tls tls;
    private volatile boolean closed;

    NettyLoop(HttpAgent agent, int maxSockets, int maxHeaderBytes, NameThreads nameThreads) {
        this.agent = agent;
        this.maxSockets = maxSockets;
        this.maxHeaderBytes = maxHeaderBytes;
        // Not a group: the end of a group is announced on a thread of Netty's own, which would keep the JVM for a
        // second.
        eventLoop = new SingleThreadIoEventLoop(null, this::thread, NioIoHandler.newFactory());
        threads = nameThreads;
        names = new Names(nameThreads::run, this::back);
    }

    private Thread thread(Runnable work) {
        Runnable cleaningUp = () -> FastThreadLocalThread.runWithFastThreadLocal(work);
        // A task that the loop gives itself is run after it has looked at all its sockets.
        Thread thread = new RoundThread(cleaningUp, "aikit-io-" + COUNT.incrementAndGet(), eventLoop());
        thread.setDaemon(true);
        return thread;
    }

    EventLoop eventLoop() {
        return eventLoop;
    }

    @Override
    public boolean isCurrentThread() {
        return eventLoop.inEventLoop();
    }

    @Override
    public void execute(Runnable task) {
        if (closed) throw RefusingLoop.refusal();
        eventLoop.execute(task);
    }

    @Override
    public Timer schedule(Runnable task, long delayNanos) {
        if (closed) throw RefusingLoop.refusal();
        return later(task, delayNanos);
    }

    /** As {@link #schedule}, for the transport itself: while it is being closed too. */
    Timer later(Runnable task, long delayNanos) {
        Future<?> future = eventLoop.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    /** A duration of more than 292 years does not fit. */
    static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException tooLong) {
            return Long.MAX_VALUE;
        }
    }

    @Override
    public Exchange open(HttpCall call, Duration connectTimeout, ExchangeListener listener) {
        NettyExchange exchange = new NettyExchange(call, nanos(connectTimeout), listener, this);
        if (closed) {
            exchange.failed(Failures.closed());
            return exchange;
        }
        try {
            Preamble preamble = preamble(call);
            exchange.prepared(preamble);
            if (preamble.flaw != null) exchange.failed(Failures.flawed(preamble.origin, preamble.flaw));
            else openBody(exchange, preamble.origin);
        } catch (IllegalArgumentException error) {
            exchange.failed(new TransportFailure(TransportFailure.Reason.CONNECT, error.getMessage(), error));
        }
        return exchange;
    }

    private Preamble preamble(HttpCall call) {
        Preamble last = lastPreamble.get();
        Preamble preamble = Preamble.of(call, last);
        if (preamble != last) lastPreamble = new WeakReference<>(preamble);
        return preamble;
    }

    /** First of all, so that no connection is kept waiting for a file, nor made for one that is not there. */
    private void openBody(NettyExchange exchange, Origin origin) {
        Upload upload = exchange.upload();
        if (upload == null) {
            acquire(exchange, origin);
            return;
        }
        opening.add(exchange);
        upload.open(() -> {
            opening.remove(exchange);
            acquire(exchange, origin);
        });
    }

    private void acquire(NettyExchange exchange, Origin origin) {
        pools.computeIfAbsent(origin, to -> new Pool(this, to)).acquire(exchange);
    }

    /** Calls back on this loop; the first time, what must be read from disk for TLS is read elsewhere. */
    void tls(Consumer<Tls> use, Consumer<Exception> failed) {
        if (tls != null) {
            use.accept(tls);
            return;
        }
        threads.run(() -> {
            try {
                Tls made = Tls.of(agent);
                back(() -> use.accept(tls = made));
            } catch (GeneralSecurityException | RuntimeException error) {
                back(() -> failed.accept(error));
            }
        });
    }

    /** From another thread; what would come after the loop's end nobody waits for. */
    void back(Runnable task) {
        try {
            eventLoop.execute(task);
        } catch (RejectedExecutionException ended) {
            return;
        }
    }

    /** The pool has neither connections nor waiting exchanges. */
    void forget(Pool pool) {
        pools.remove(pool.origin, pool);
    }

    void close() {
        if (closed) return;
        closed = true;
        eventLoop.execute(() -> {
            for (NettyExchange exchange : List.copyOf(opening)) exchange.failed(Failures.closed());
            List.copyOf(pools.values()).forEach(Pool::close);
            // Only now: Netty closes what is open before it runs the tasks that it was given.
            eventLoop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        });
    }
}
