package dev.aikit.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A server on a loopback port that does to each request what its script says, byte by byte: right answers, wrong ones,
 * halves, silence, resets. Requests and scripts meet in the order of arrival:
 *
 * <pre>{@code
 * try (ScriptedServer server = ScriptedServer.start()) {
 *     server.then(to -> to.answer(200, "{}"))
 *             .then(to -> to.events().chunk("data: a\n\n").await(gate).reset());
 *     ... // the client under test calls server.uri("/v1/models")
 *     ReceivedRequest first = server.takeRequest();
 * }
 * }</pre>
 *
 * <p>Scripts run on the connection's own thread and may block; each wait ends in an error after {@link #LIMIT_SECONDS}.
 * When a script returns and has not closed the connection, the next request is read from it. What a script throws, other
 * than because the client has gone, is thrown by {@link #close}; what it throws after that is not noticed.
 */
public final class ScriptedServer implements AutoCloseable {
    /** The limit of every wait. */
    public static final long LIMIT_SECONDS = 30;

    /** What to do to one request. */
    @FunctionalInterface
    public interface Script {
        /** Runs on the thread of the connection. */
        void run(ServerExchange to) throws Exception;
    }

    /** What to do to one connection before anything is read from it. */
    @FunctionalInterface
    public interface ConnectionScript {
        /** Runs on the thread of the connection; unless it closes the connection, TLS and requests follow. */
        void run(ServerConnection connection) throws Exception;
    }

    record Entry(Script script, boolean beforeBody) {}

    private final ServerSocketChannel listener;
    private final int port;
    private final @Nullable SSLContext tls;
    private final Queue<Entry> scripts = new ConcurrentLinkedQueue<>();
    private final Queue<ConnectionScript> connectionScripts = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<ReceivedRequest> requests = new LinkedBlockingQueue<>();
    private final Map<Integer, SocketChannel> open = new ConcurrentHashMap<>();
    private final Map<Integer, CompletableFuture<Void>> peerClosed = new ConcurrentHashMap<>();
    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile @Nullable Entry otherwise;
    private final CompletableFuture<Void> accepting = new CompletableFuture<>();
    private volatile boolean closed;

    private ScriptedServer(@Nullable SSLContext tls) throws IOException {
        this.tls = tls;
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 1024);
        port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
        thread("scripted-server-" + port, this::accept);
    }

    /** Listens on 127.0.0.1, for HTTP/1.1. */
    public static ScriptedServer start() {
        return listening(null);
    }

    /** The same with TLS, without ALPN, and a certificate of the test kit. */
    public static ScriptedServer startTls(TestCertificate certificate) {
        return startTls(certificate.server());
    }

    /** The same with TLS, without ALPN. */
    public static ScriptedServer startTls(SSLContext tls) {
        return listening(Objects.requireNonNull(tls, "tls"));
    }

    private static ScriptedServer listening(@Nullable SSLContext tls) {
        try {
            return new ScriptedServer(tls);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    /** What to do to the next request that no script was given for yet; it runs when the request is there as a whole. */
    public ScriptedServer then(Script script) {
        scripts.add(new Entry(script, false));
        return this;
    }

    /** As {@link #then}, but runs when the head of the request is there, and leaves the body unread. */
    public ScriptedServer thenBeforeBody(Script script) {
        scripts.add(new Entry(script, true));
        return this;
    }

    /** What to do to every request that has no script of its own. Without it such a request is an error of the test. */
    public ScriptedServer otherwise(Script script) {
        otherwise = new Entry(script, false);
        return this;
    }

    /** What to do to the next connection that no such script was given for yet. Without it, it is served at once. */
    public ScriptedServer thenConnection(ConnectionScript script) {
        connectionScripts.add(script);
        return this;
    }

    /** How many scripts are left that no request has come for. */
    public int scriptsLeft() {
        return scripts.size() + connectionScripts.size();
    }

    /** What a client takes as its base URL: this server's address with {@code /v1}. */
    public String baseURL() {
        return uri("/v1").toString();
    }

    /** The address of a path here: {@code server.uri("/v1/models")}. */
    public URI uri(String path) {
        return URI.create((tls == null ? "http" : "https") + "://127.0.0.1:" + port + path);
    }

    /** The port. */
    public int port() {
        return port;
    }

    /** Waits for the next request that has not been taken yet. */
    public ReceivedRequest takeRequest() {
        try {
            ReceivedRequest request = requests.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (request == null) throw new AssertionError("no request came within " + LIMIT_SECONDS + " s");
            return request;
        } catch (InterruptedException error) {
            throw new AssertionError("interrupted while waiting for a request", error);
        }
    }

    /** How many requests have come that were not taken. */
    public int requestsWaiting() {
        return requests.size();
    }

    /** How many connections have been accepted so far. */
    public int connections() {
        return connections.get();
    }

    /** Waits until this server has seen that the client closed or reset the connection, which it does while it reads. */
    public void awaitPeerClosed(int connection) {
        await(closing(connection), "the client did not close connection " + connection);
    }

    /** Whether it has been seen that the client closed or reset the connection. */
    public boolean isPeerClosed(int connection) {
        return closing(connection).isDone();
    }

    /** Ends a connection from this side; {@link #awaitPeerClosed} tells when the client has followed. */
    public void closeConnection(int connection) throws IOException {
        open.get(connection).shutdownOutput();
    }

    /** Stops listening: from now on connections are refused. Those that are open stay. */
    public void refuse() throws IOException {
        listener.close();
        // An accept() that is under way keeps the socket listening until its thread has noticed.
        await(accepting, "the server did not stop listening");
    }

    /** Closes everything, and throws what a script threw. */
    @Override
    public void close() {
        closed = true;
        try {
            listener.close();
            for (SocketChannel channel : open.values()) channel.close();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
        Throwable first = errors.poll();
        if (first != null) throw new AssertionError("a script of the server failed", first);
    }

    private void accept() {
        acceptUntilClosed();
        accepting.complete(null);
    }

    private void acceptUntilClosed() {
        while (!closed) {
            try {
                SocketChannel channel = listener.accept();
                int number = connections.incrementAndGet();
                open.put(number, channel);
                ServerConnection connection = new ServerConnection(this, channel, number);
                ConnectionScript script = connectionScripts.poll();
                thread("scripted-server-" + port + "-" + number, () -> connection.serve(tls, script));
            } catch (IOException listenerClosed) {
                return;
            }
        }
    }

    @Nullable
    Entry nextScript() {
        Entry entry = scripts.poll();
        return entry != null ? entry : otherwise;
    }

    void received(ReceivedRequest request) {
        requests.add(request);
    }

    void scriptFailed(Throwable error) {
        if (!closed) errors.add(error);
    }

    CompletableFuture<Void> closing(int connection) {
        return peerClosed.computeIfAbsent(connection, ignored -> new CompletableFuture<>());
    }

    static void await(CompletableFuture<?> event, String otherwise) {
        try {
            event.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError(otherwise + " within " + LIMIT_SECONDS + " s", late);
        } catch (Exception error) {
            throw new AssertionError(otherwise, error);
        }
    }

    private static void thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
