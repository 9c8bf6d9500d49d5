package dev.aikit.soak;

import dev.aikit.testing.Events;
import dev.aikit.testkit.Answers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A server of thousands of streams at a time on one thread, as the scripted server is not: each of them gets its next piece when
 * the test says so.
 */
final class SlowServer implements AutoCloseable {

    private static final String HEAD =
            "HTTP/1.1 200 Fine\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";

    /** Everybody whose request is there. */
    final CompletableFuture<Void> allHere = new CompletableFuture<>();

    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final int expected;
    private final Selector selector = Selector.open();
    private final ServerSocketChannel listener = ServerSocketChannel.open();
    private final List<SocketChannel> streams = new ArrayList<>();
    private volatile String next = "";
    private volatile boolean closed;

    /** Waits for so many requests. */
    SlowServer(int expected) throws IOException {
        this.expected = expected;
        listener.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 4096);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        Thread thread = new Thread(this::serve, "slow-server");
        thread.setDaemon(true);
        thread.start();
    }

    String baseURL() {
        return "http://127.0.0.1:" + listener.socket().getLocalPort() + "/v1";
    }

    /** Sends that piece to every stream. */
    void say(String text) {
        say(Answers.event(Answers.text(text)), "");
    }

    /** Ends every stream. */
    void end() {
        say(Answers.event(Answers.piece("{}", "\"stop\"")) + Answers.done(), "0\r\n\r\n");
    }

    private void say(String events, String after) {
        int length = events.getBytes(StandardCharsets.UTF_8).length;
        next = Integer.toHexString(length) + "\r\n" + events + "\r\n" + after;
        selector.wakeup();
    }

    private void serve() {
        try {
            while (!closed) {
                selector.select();
                for (SelectionKey key : selector.selectedKeys()) {
                    if (key.isAcceptable()) accept();
                    else read(key);
                }
                selector.selectedKeys().clear();
                String said = next;
                next = "";
                if (!said.isEmpty()) for (SocketChannel stream : streams) write(stream, said);
            }
        } catch (IOException | RuntimeException broken) {
            allHere.completeExceptionally(broken);
        } finally {
            gone.complete(null);
        }
    }

    private void accept() throws IOException {
        for (SocketChannel client = listener.accept(); client != null; client = listener.accept()) {
            client.configureBlocking(false);
            client.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(2048));
        }
    }

    /** The body of the request comes with its head, or is not looked at. */
    private void read(SelectionKey key) throws IOException {
        SocketChannel client = (SocketChannel) key.channel();
        ByteBuffer request = (ByteBuffer) key.attachment();
        if (request == null) request = ByteBuffer.allocate(2048);
        if (client.read(request) < 0) {
            client.close();
            return;
        }
        if (key.attachment() == null || !holds(request)) return;
        key.attach(null);
        streams.add(client);
        write(client, HEAD);
        if (streams.size() == expected) allHere.complete(null);
    }

    private static boolean holds(ByteBuffer request) {
        String text = new String(request.array(), 0, request.position(), StandardCharsets.ISO_8859_1);
        return text.contains("\r\n\r\n");
    }

    /** A piece is small, and fits into what the system keeps for a connection. */
    private static void write(SocketChannel client, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) client.write(bytes);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        Events.await(gone);
        for (SocketChannel stream : streams) stream.close();
        listener.close();
        selector.close();
    }
}
