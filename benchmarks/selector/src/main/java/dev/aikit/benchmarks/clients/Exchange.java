package dev.aikit.benchmarks.clients;

import dev.aikit.benchmarks.Client;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Locale;

/** One connection of the {@link Selector}: finds the end of heads, chunks and bodies, and reads nothing else. */
final class Exchange {
    private enum State {
        HEAD,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        BODY,
        LAST_LINE
    }

    final SocketChannel channel;
    private final ArrayDeque<Exchange> idle;
    private final byte[] line = new byte[512];
    private State state = State.HEAD;
    private int filled;
    private int left;
    private boolean chunked;
    private byte[] body;
    private int length;
    private Client.Answer answer;
    private Client.Pieces pieces;

    Exchange(SocketChannel channel, ArrayDeque<Exchange> idle) {
        this.channel = channel;
        this.idle = idle;
    }

    void begin(Client.Answer whole, Client.Pieces stream) {
        answer = whole;
        pieces = stream;
        state = State.HEAD;
        filled = 0;
        left = 0;
        chunked = false;
    }

    void feed(ByteBuffer in) {
        while (in.hasRemaining()) {
            switch (state) {
                case HEAD -> head(in.get());
                case CHUNK_SIZE -> size(in.get());
                case CHUNK -> chunk(in);
                case CHUNK_END -> {
                    if (in.get() == '\n') state = State.CHUNK_SIZE;
                }
                case BODY -> {
                    if (body(in)) return;
                }
                case LAST_LINE -> {
                    if (in.get() == '\n') {
                        end();
                        return;
                    }
                }
            }
        }
    }

    private void head(byte next) {
        if (next != '\n') {
            if (filled < line.length) line[filled++] = next;
            return;
        }
        int end = filled - 1;
        filled = 0;
        if (end == 0) {
            state = chunked ? State.CHUNK_SIZE : State.BODY;
            length = left;
            if (!chunked) body = left <= 1 << 16 ? new byte[left] : null;
        } else if ((line[0] | 32) == 'c' || (line[0] | 32) == 't') {
            String header = new String(line, 0, end, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:"))
                left = Integer.parseInt(header.substring(15).trim());
            else if (header.startsWith("transfer-encoding:")) chunked = true;
        }
    }

    private void size(byte next) {
        if (next == '\n') state = left == 0 ? State.LAST_LINE : State.CHUNK;
        else if (next != '\r') left = left * 16 + Character.digit(next, 16);
    }

    private void chunk(ByteBuffer in) {
        int limit = in.limit();
        int end = in.position() + Math.min(left, in.remaining());
        left -= end - in.position();
        in.limit(end);
        pieces.unread(in);
        in.limit(limit).position(end);
        if (left == 0) state = State.CHUNK_END;
    }

    /** A small body is kept, as any client must; one of megabytes is only counted. */
    private boolean body(ByteBuffer in) {
        int n = Math.min(left, in.remaining());
        if (body != null) in.get(body, length - left, n);
        else in.position(in.position() + n);
        left -= n;
        if (left > 0) return false;
        end();
        return true;
    }

    private void end() {
        idle.push(this);
        if (answer != null) answer.unread(length);
        else pieces.end(null);
    }
}
