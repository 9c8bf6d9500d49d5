package dev.aikit.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** One connection of a {@link ScriptedServer}: reads requests and runs their scripts. */
final class ServerConnection {
    final ScriptedServer server;
    final SocketChannel channel;
    final int number;
    private final SSLContext tls;
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private byte[] buffer = {};
    private int at;
    private int reads;

    ServerConnection(ScriptedServer server, SocketChannel channel, int number, SSLContext tls) {
        this.server = server;
        this.channel = channel;
        this.number = number;
        this.tls = tls;
    }

    void serve() {
        try {
            socket = channel.socket();
            socket.setTcpNoDelay(true);
            if (tls != null) {
                SSLSocket secure =
                        (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), false);
                secure.setUseClientMode(false);
                socket = secure;
            }
            in = socket.getInputStream();
            out = socket.getOutputStream();
            while (channel.isOpen() && serveOne()) continue;
        } catch (IOException gone) {
            if (channel.isOpen()) peerClosed();
        } catch (Throwable error) {
            server.scriptFailed(error);
        }
        try {
            channel.close();
        } catch (IOException error) {
            server.scriptFailed(error);
        }
    }

    private boolean serveOne() throws Exception {
        at = buffer.length;
        reads = 0;
        String head = readHead();
        if (head == null) {
            peerClosed();
            return false;
        }
        ScriptedServer.Entry entry = server.nextScript();
        String[] lines = head.split("\r\n");
        Map<String, List<String>> headers = headers(lines);
        byte[] body = {};
        boolean inOneRead = reads == 1 && length(headers) == buffer.length - at;
        if (entry == null || !entry.beforeBody()) body = readBody(headers);
        String[] start = lines[0].split(" ", 3);
        ReceivedRequest request = new ReceivedRequest(start[0], start[1], headers, body, number, inOneRead);
        server.received(request);
        if (entry == null) throw new AssertionError("no script for " + start[0] + " " + start[1]);
        entry.script().run(new ServerExchange(this, request));
        return true;
    }

    private String readHead() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (true) {
            int next = read();
            if (next < 0) return null;
            head.write(next);
            String text = head.toString(StandardCharsets.ISO_8859_1);
            if (next == '\n' && text.endsWith("\r\n\r\n")) return text;
        }
    }

    private static Map<String, List<String>> headers(String[] lines) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.computeIfAbsent(lines[i].substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(lines[i].substring(colon + 1).trim());
        }
        return headers;
    }

    private static long length(Map<String, List<String>> headers) {
        return Long.parseLong(
                headers.getOrDefault("content-length", List.of("0")).get(0));
    }

    byte[] readBody(Map<String, List<String>> headers) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        passBody(headers, body);
        return body.toByteArray();
    }

    /** Holds none of it. */
    void passBody(Map<String, List<String>> headers, OutputStream to) throws IOException {
        if (!headers.containsKey("transfer-encoding")) {
            pass(length(headers), to);
            return;
        }
        for (long size = chunkSize(); size > 0; size = chunkSize()) {
            pass(size, to);
            if (!readLine().isEmpty()) throw new IOException("a chunk is longer than it said");
        }
        if (!readLine().isEmpty()) throw new IOException("trailers are not expected");
    }

    private long chunkSize() throws IOException {
        return Long.parseLong(readLine(), 16);
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = read(); next != '\n'; next = read()) {
            if (next < 0) throw new EOFException("the client closed inside its body");
            if (next != '\r') line.append((char) next);
        }
        return line.toString();
    }

    void pass(long count, OutputStream to) throws IOException {
        for (long left = count; left > 0; ) {
            if (at == buffer.length && !fill()) throw new EOFException("the client closed inside its body");
            int some = (int) Math.min(left, buffer.length - at);
            to.write(buffer, at, some);
            at += some;
            left -= some;
        }
    }

    private int read() throws IOException {
        return at < buffer.length || fill() ? buffer[at++] & 0xff : -1;
    }

    private boolean fill() throws IOException {
        byte[] some = new byte[64 * 1024];
        int count = in.read(some);
        reads++;
        if (count < 0) return false;
        buffer = Arrays.copyOf(some, count);
        at = 0;
        return true;
    }

    /** Reads, and drops, until the client closes. */
    void awaitPeerClosed() {
        try {
            at = buffer.length;
            while (read() >= 0) continue;
        } catch (IOException reset) {
            // It has closed, only less politely.
        }
        peerClosed();
    }

    void write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    void close() throws IOException {
        // With TLS this says farewell.
        socket.close();
        channel.close();
    }

    private void peerClosed() {
        server.closing(number).complete(null);
    }
}
