package dev.aikit.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** A client's connection to the {@link Server}. */
final class Connection {
    private static final byte[] LENGTH = Bodies.ascii("content-length:");
    private static final byte[] CHUNKED = Bodies.ascii("transfer-encoding:");
    private static final byte[] BASE64 = Bodies.ascii("\"base64\"");

    final SocketChannel channel;
    SelectionKey key;
    /** When the last request was there in full, in {@link System#nanoTime}. */
    long asked;
    /** How many chunks a stream has sent. */
    int sent;

    private byte[] in = new byte[2048];
    private int filled;
    private byte[] lastPath = new byte[0];
    private String lastRoute = "";
    private ByteBuffer pending;

    Connection(SocketChannel channel) {
        this.channel = channel;
    }

    void add(ByteBuffer bytes) {
        int n = bytes.remaining();
        if (filled + n > in.length) in = Arrays.copyOf(in, Math.max(in.length * 2, filled + n));
        bytes.get(in, filled, n);
        filled += n;
    }

    /** Takes the next request that is there in full: the first part of its path; null if there is none. */
    String request() {
        int head = endOfHead();
        if (head < 0) return null;
        int length = 0;
        for (int i = 0; i < head; i++) {
            if (in[i] != '\n') continue;
            if (is(LENGTH, i + 1)) length = number(i + 1 + LENGTH.length);
            else if (is(CHUNKED, i + 1)) throw new IllegalStateException("this server wants a Content-Length");
        }
        int whole = head + length;
        if (filled < whole) return null;
        asked = System.nanoTime();
        String route = route(head, whole);
        System.arraycopy(in, whole, in, 0, filled - whole);
        filled -= whole;
        return route;
    }

    private int endOfHead() {
        for (int i = 3; i < filled; i++)
            if (in[i] == '\n' && in[i - 1] == '\r' && in[i - 2] == '\n' && in[i - 3] == '\r') return i + 1;
        return -1;
    }

    private boolean is(byte[] lowerCase, int at) {
        if (at + lowerCase.length > filled) return false;
        for (int i = 0; i < lowerCase.length; i++)
            if (in[at + i] != lowerCase[i] && (in[at + i] | 32) != lowerCase[i]) return false;
        return true;
    }

    private int number(int from) {
        int value = 0;
        for (int i = from; in[i] != '\r'; i++) if (in[i] != ' ') value = value * 10 + in[i] - '0';
        return value;
    }

    private String route(int head, int whole) {
        int start = 0;
        while (in[start] != '/') start++;
        int end = start;
        while (in[end] != ' ') end++;
        if (!Arrays.equals(in, start, end, lastPath, 0, lastPath.length)) {
            lastPath = Arrays.copyOfRange(in, start, end);
            String path = new String(lastPath, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
            String first = path.split("/", 3)[1];
            lastRoute = path.contains("/embeddings") ? "embeddings" : first;
        }
        return lastRoute.equals("embeddings") && contains(BASE64, head, whole) ? "base64" : lastRoute;
    }

    private boolean contains(byte[] word, int from, int to) {
        for (int i = from; i <= to - word.length; i++)
            if (in[i] == '"' && Arrays.equals(in, i, i + word.length, word, 0, word.length)) return true;
        return false;
    }

    /** Whether everything was sent. */
    boolean isIdle() {
        return pending == null;
    }

    /** Sends bytes that nobody changes; sets no mark in them. */
    void send(ByteBuffer bytes) throws IOException {
        if (pending != null) throw new IllegalStateException("sent before the last was gone");
        ByteBuffer copy = bytes.duplicate();
        channel.write(copy);
        if (!copy.hasRemaining()) return;
        pending = copy;
        key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }

    void flush() throws IOException {
        if (pending == null) return;
        channel.write(pending);
        if (pending.hasRemaining()) return;
        pending = null;
        key.interestOps(SelectionKey.OP_READ);
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    void close() {
        try {
            channel.close();
        } catch (IOException gone) {
            // It is closed either way.
        }
    }
}
