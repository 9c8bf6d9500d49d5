package dev.aikit.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;

/** The server's side of one exchange, for a script of a {@link ScriptedServer}. What is written is sent at once. */
public final class ServerExchange {
    private final ServerConnection connection;
    private final ReceivedRequest request;

    ServerExchange(ServerConnection connection, ReceivedRequest request) {
        this.connection = connection;
        this.request = request;
    }

    /** What was asked. */
    public ReceivedRequest request() {
        return request;
    }

    /** Reads the body in a script that runs before it. */
    public byte[] readBody() throws IOException {
        return connection.reader().readBody(request.headers());
    }

    /** Reads the body in a script that runs before it, of any size: nothing of it is held here. */
    public ServerExchange passBody(OutputStream to) throws IOException {
        connection.reader().passBody(request.headers(), to);
        return this;
    }

    /** Reads so many bytes of what comes, and drops them. */
    public ServerExchange skip(long bytes) throws IOException {
        connection.reader().pass(bytes, OutputStream.nullOutputStream());
        return this;
    }

    /** A whole answer, with its content-length, in one write; {@code headers} are lines such as {@code "x-a: b"}. */
    public ServerExchange answer(int status, String body, String... headers) throws IOException {
        return answer(status, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** The same, with a body of any bytes. */
    public ServerExchange answer(int status, byte[] bytes, String... headers) throws IOException {
        String[] all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "content-length: " + bytes.length;
        byte[] head = headText(status, all).getBytes(StandardCharsets.ISO_8859_1);
        byte[] whole = Arrays.copyOf(head, head.length + bytes.length);
        System.arraycopy(bytes, 0, whole, head.length, bytes.length);
        return raw(whole);
    }

    /** The same, compressed, with its content-encoding. */
    public ServerExchange gzip(int status, String body, String... headers) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(body.getBytes(StandardCharsets.UTF_8));
        }
        String[] all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "content-encoding: gzip";
        return answer(status, compressed.toByteArray(), all);
    }

    /** The head of a stream of events that goes on until the end of the connection, or of {@link #chunk chunks}. */
    public ServerExchange events(String... headers) throws IOException {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "content-type: text/event-stream";
        all[headers.length + 1] = "transfer-encoding: chunked";
        return head(200, all);
    }

    /** A head alone, with these lines. */
    public ServerExchange head(int status, String... headers) throws IOException {
        return raw(headText(status, headers));
    }

    private static String headText(int status, String... headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
        for (String header : headers) head.append(header).append("\r\n");
        return head.append("\r\n").toString();
    }

    /** These bytes as they are (text: as UTF-8). */
    public ServerExchange raw(String text) throws IOException {
        return raw(text.getBytes(StandardCharsets.UTF_8));
    }

    /** These bytes as they are. */
    public ServerExchange raw(byte[] bytes) throws IOException {
        connection.write(bytes);
        return this;
    }

    /** From here on each write is sent in pieces of so many bytes, with a pause of that length between them. */
    public ServerExchange pace(int bytes, Duration pause) {
        connection.pace(bytes, pause);
        return this;
    }

    /** The connection fails in that way when so many bytes more are written: nothing after them is sent or done. */
    public ServerExchange failAfter(long bytes, Fault fault) {
        connection.failAfter(bytes, fault);
        return this;
    }

    void requireFailed() {
        connection.requireFailed();
    }

    /** A chunk of a body in {@code transfer-encoding: chunked}; an empty one ends the body. */
    public ServerExchange chunk(String text) throws IOException {
        return chunk(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same, with any bytes. */
    public ServerExchange chunk(byte[] bytes) throws IOException {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        chunk.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        chunk.writeBytes(bytes);
        chunk.writeBytes(new byte[] {'\r', '\n'});
        return raw(chunk.toByteArray());
    }

    /** Goes on when the test opens the gate. */
    public ServerExchange await(CountDownLatch gate) throws InterruptedException {
        connection.await(gate);
        return this;
    }

    /** Says nothing until the client closes the connection. */
    public void awaitPeerClosed() {
        connection.awaitPeerClosed();
    }

    /** Ends the connection in the ordinary way. */
    public void close() throws IOException {
        connection.close();
    }

    /** Ends the connection without the farewell of TLS. */
    public void cut() throws IOException {
        connection.channel.close();
    }

    /** Ends the connection with a reset. */
    public void reset() throws IOException {
        connection.reset();
    }

    /** Ends this side only: the client sees the end of the stream, and may go on sending. */
    public ServerExchange halfClose() throws IOException {
        connection.channel.shutdownOutput();
        return this;
    }

    /**
     * Writes zeros until all are written, or the client has not taken any for half a second; without TLS only.
     *
     * @return how many of them were written
     */
    public long writeUntilStalled(long most) throws IOException {
        SocketChannel channel = connection.channel;
        ByteBuffer zeros = ByteBuffer.allocate(64 * 1024);
        channel.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_WRITE);
            long written = 0;
            while (written < most) {
                zeros.clear().limit((int) Math.min(zeros.capacity(), most - written));
                int count = channel.write(zeros);
                written += count;
                selector.selectedKeys().clear();
                if (count == 0 && selector.select(500) == 0) return written;
            }
            return written;
        } finally {
            channel.configureBlocking(true);
        }
    }

    /** Writes so many zeros, however long the client takes. */
    public ServerExchange writeAll(long count) throws IOException {
        byte[] zeros = new byte[64 * 1024];
        for (long left = count; left > 0; left -= zeros.length)
            connection.write(left < zeros.length ? Arrays.copyOf(zeros, (int) left) : zeros);
        return this;
    }
}
