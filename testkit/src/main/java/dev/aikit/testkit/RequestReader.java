package dev.aikit.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads requests from a connection. */
final class RequestReader {
    private final InputStream in;
    private byte[] buffer = {};
    private int at;
    private int reads;

    RequestReader(InputStream in) {
        this.in = in;
    }

    /** The first line of a request and its headers. */
    record Head(String method, String target, Map<String, List<String>> headers) {
        long length() {
            return Long.parseLong(
                    headers.getOrDefault("content-length", List.of("0")).get(0));
        }
    }

    /** The next request's; null if the client has closed instead. */
    @Nullable
    Head readHead() throws IOException {
        drop();
        reads = 0;
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int end = 0; end < 4; ) {
            int next = read();
            if (next < 0) return null;
            head.write(next);
            // The end is \r\n\r\n.
            if (next == (end % 2 == 0 ? '\r' : '\n')) end++;
            else end = next == '\r' ? 1 : 0;
        }
        String[] lines = head.toString(StandardCharsets.ISO_8859_1).split("\r\n");
        String[] start = lines[0].split(" ", 3);
        if (start.length < 3) throw new IOException("not HTTP: " + lines[0]);
        return new Head(start[0], start[1], headers(lines));
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

    /** Whether head and body are what the first read brought. */
    boolean cameInOneRead(Head head) {
        return reads == 1 && head.length() == buffer.length - at;
    }

    byte[] readBody(Map<String, List<String>> headers) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        passBody(headers, body);
        return body.toByteArray();
    }

    /** Holds none of it. */
    void passBody(Map<String, List<String>> headers, OutputStream to) throws IOException {
        if (!headers.containsKey("transfer-encoding")) {
            pass(new Head("", "", headers).length(), to);
            return;
        }
        for (long size = chunkSize(); size > 0; size = chunkSize()) {
            pass(size, to);
            if (!line().isEmpty()) throw new IOException("a chunk is longer than it said");
        }
        if (!line().isEmpty()) throw new IOException("trailers are not expected");
    }

    private long chunkSize() throws IOException {
        return Long.parseLong(line(), 16);
    }

    private String line() throws IOException {
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

    /** Reads, and drops, until the client closes. */
    void dropAll() throws IOException {
        drop();
        while (fill()) drop();
    }

    private void drop() {
        at = buffer.length;
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
}
