package dev.aikit.internal.netty;

import dev.aikit.internal.http.HttpBody;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A body that is read while it is sent. A few pieces are under way at a time, being read or waiting for the network: that
 * alone bounds the memory, whatever the protocol. All of it but the reading happens on the loop.
 */
final class Upload {
    /** Large enough that the hand-over from thread to thread does not count. */
    static final int PIECE = 64 * 1024;

    private static final int PIECES = 4;

    /** Writes a piece, and says when the network has taken it. */
    interface Sink {
        void write(ByteBuf piece, boolean last, ChannelFutureListener written);
    }

    private final NettyLoop loop;
    private final NettyExchange exchange;
    private final SourceReader reader;
    private final Deque<byte[]> free = new ArrayDeque<>(PIECES);
    private @Nullable Sink sink;
    private long length;
    private long sent;
    private int underWay;
    private int writing;
    private boolean reading;
    private boolean ended;
    private boolean stopped;

    Upload(NettyLoop loop, NettyExchange exchange, HttpBody.Source source) {
        this.loop = loop;
        this.exchange = exchange;
        this.reader = new SourceReader(source, thrown -> back(() -> failed(thrown)));
    }

    /** Runs a task on the loop when the source is open; if it cannot be, the exchange fails. */
    void open(Runnable opened) {
        reader.open(told -> back(() -> {
            length = told;
            if (!stopped) opened.run();
        }));
    }

    /** Known when it is open; -1 for not even then. */
    long length() {
        return length;
    }

    /** Sends it. A piece that cannot be written is the connection's matter, and the last one. */
    void into(Sink connection) {
        sink = connection;
        readNext();
    }

    private void readNext() {
        if (stopped || ended || reading || underWay == PIECES) return;
        reading = true;
        underWay++;
        byte[] piece = free.isEmpty() ? new byte[PIECE] : free.removeLast();
        reader.read(piece, told -> back(() -> write(piece, told)));
    }

    private void write(byte[] piece, int told) {
        if (stopped || sink == null) return;
        reading = false;
        ended = SourceReader.isLast(told);
        int count = SourceReader.count(told);
        if (writing++ == 0) exchange.sent(sent, length, true);
        sink.write(Unpooled.wrappedBuffer(piece, 0, count), ended, done -> guarded(() -> written(done, piece, count)));
        readNext();
    }

    private void written(ChannelFuture done, byte[] piece, int count) {
        if (stopped) return;
        if (!done.isSuccess()) {
            stop();
            return;
        }
        writing--;
        underWay--;
        free.addLast(piece);
        sent += count;
        exchange.sent(sent, length, writing > 0);
        if (stopped) return;
        if (ended && underWay == 0) {
            stop();
            exchange.sentAll();
        } else {
            readNext();
        }
    }

    private void back(Runnable task) {
        loop.back(() -> guarded(task));
    }

    /** What a task throws, the loop would only log, and the call would wait for its deadline. */
    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable thrown) {
            failed(thrown);
        }
    }

    private void failed(Throwable thrown) {
        if (!stopped) exchange.unreadable(Failures.source(thrown));
    }

    /** Reads no more, and closes the source. What is being written may still be. */
    void stop() {
        stopped = true;
        reader.close();
    }
}
