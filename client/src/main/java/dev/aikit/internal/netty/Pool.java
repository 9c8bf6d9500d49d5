package dev.aikit.internal.netty;

import dev.aikit.internal.http.IoLoop;
import dev.aikit.internal.http.TransportFailure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The connections of one loop to one origin, and the exchanges that wait for one, in order. */
final class Pool {
    final NettyLoop loop;
    final Origin origin;
    private final long keepAliveNanos;
    private final Set<NettyExchange> waiting = new LinkedHashSet<>();
    private final Deque<Attempt> attempts = new ArrayDeque<>();
    private final Set<Connection> open = new HashSet<>();
    /** Those with room for an exchange; the one used last is last, and is the next to be used. */
    private final Deque<Connection> free = new ArrayDeque<>();
    /** An HTTP/2 connection that has not yet heard how many streams it may have. */
    private @Nullable Connection settling;
    /** Each connection may carry many exchanges, so far as is known: one is opened at a time. */
    private boolean oneByOne;

    private boolean opening;
    private boolean closed;
    private IoLoop.@Nullable Timer sweep;

    Pool(NettyLoop loop, Origin origin) {
        this.loop = loop;
        this.origin = origin;
        keepAliveNanos = NettyLoop.nanos(loop.agent.keepAlive());
        oneByOne = origin.secure();
    }

    /** Begins the exchange on a connection that has room, or else puts it in the queue for one. */
    void acquire(NettyExchange exchange) {
        for (Connection last = free.peekLast(); last != null; last = free.peekLast()) {
            // While one begins, its listener may come back here.
            if (last.hasRoom()) {
                last.begin(exchange);
                return;
            }
            unlist(last);
        }
        waiting.add(exchange);
        exchange.waitIn(this);
        openWhatIsWanted();
    }

    /** The exchange does not wait any more: it was cancelled, or its time is up. */
    void leave(NettyExchange exchange) {
        waiting.remove(exchange);
        if (attempts.size() > waiting.size()) ended(attempts.getFirst()).abort();
        openWhatIsWanted();
        forgetIfUnused();
    }

    /** What an exchange is waiting for, for the message when its time is up. */
    String stage() {
        Attempt oldest = attempts.peekFirst();
        if (oldest != null) return oldest.stage();
        if (settling != null) return "waiting for the server to say how many streams it takes";
        return "all " + loop.maxSockets + " connections were in use";
    }

    private void unlist(Connection connection) {
        if (!connection.listed) return;
        connection.listed = false;
        free.removeLastOccurrence(connection);
    }

    private void openWhatIsWanted() {
        // An attempt may fail in place, and its listener may come back here.
        if (opening) return;
        opening = true;
        try {
            while (wantsConnection()) {
                Attempt attempt = new Attempt(this, waiting.iterator().next().connectTimeoutNanos());
                attempts.addLast(attempt);
                attempt.start();
            }
        } finally {
            opening = false;
        }
    }

    private boolean wantsConnection() {
        if (closed || waiting.size() <= attempts.size() || attempts.size() + open.size() >= loop.maxSockets)
            return false;
        return !oneByOne || attempts.isEmpty() && settling == null;
    }

    private Attempt ended(Attempt attempt) {
        attempts.remove(attempt);
        return attempt;
    }

    /** An attempt has led to a connection. */
    void opened(Attempt attempt, Connection connection, boolean multiplexed) {
        ended(attempt);
        oneByOne = multiplexed;
        if (multiplexed) settling = connection;
        open.add(connection);
        connection.channel.closeFuture().addListener(ignored -> closed(connection));
        hasRoom(connection);
    }

    /** An attempt has led to nothing: those whose only hope it was fail with it. */
    void failed(Attempt attempt, TransportFailure failure) {
        ended(attempt);
        List<NettyExchange> lost = List.copyOf(waiting);
        if (!oneByOne && !lost.isEmpty()) lost = lost.subList(0, 1);
        lost.forEach(waiting::remove);
        for (NettyExchange exchange : lost) exchange.failed(failure);
        openWhatIsWanted();
        forgetIfUnused();
    }

    /** An attempt took longer than the exchange for which it was made would wait; that exchange sees to itself. */
    void tooSlow(Attempt attempt) {
        ended(attempt).abort();
        openWhatIsWanted();
        forgetIfUnused();
    }

    /** The connection can take another exchange. */
    void hasRoom(Connection connection) {
        if (closed || !open.contains(connection)) return;
        while (connection.hasRoom() && !waiting.isEmpty()) {
            Iterator<NettyExchange> first = waiting.iterator();
            NettyExchange exchange = first.next();
            first.remove();
            connection.begin(exchange);
        }
        openWhatIsWanted();
        if (!connection.hasRoom() || !open.contains(connection)) return;
        if (connection.isIdle() && keepAliveNanos == 0) {
            connection.channel.close();
            return;
        }
        if (!connection.listed) free.addLast(connection);
        connection.listed = true;
        connection.lastUsedNanos = System.nanoTime();
        if (connection.isIdle() && sweep == null) sweep = loop.later(this::closeIdle, keepAliveNanos);
    }

    /** The HTTP/2 connection has heard how many streams it may have. */
    void settled(Connection connection) {
        if (settling == connection) settling = null;
        hasRoom(connection);
    }

    /** The connection takes no more exchanges. */
    void retired(Connection connection) {
        unlist(connection);
        if (settling == connection) settling = null;
        openWhatIsWanted();
    }

    private void closed(Connection connection) {
        open.remove(connection);
        retired(connection);
        forgetIfUnused();
    }

    private void forgetIfUnused() {
        if (open.isEmpty() && attempts.isEmpty() && waiting.isEmpty()) {
            if (sweep != null) sweep.cancel();
            sweep = null;
            loop.forget(this);
        }
    }

    private void closeIdle() {
        sweep = null;
        long now = System.nanoTime();
        long next = Long.MAX_VALUE;
        for (Connection connection : List.copyOf(free)) {
            if (!connection.isIdle()) continue;
            long left = connection.lastUsedNanos + keepAliveNanos - now;
            if (left > 0) {
                next = Math.min(next, left);
            } else {
                unlist(connection);
                connection.channel.close();
            }
        }
        if (next != Long.MAX_VALUE) sweep = loop.later(this::closeIdle, next);
    }

    /** Ends everything; the loop ends after this. */
    void close() {
        closed = true;
        List<NettyExchange> lost = List.copyOf(waiting);
        waiting.clear();
        for (Attempt attempt : List.copyOf(attempts)) ended(attempt).abort();
        for (NettyExchange exchange : lost) exchange.failed(Failures.closed());
        for (Connection connection : List.copyOf(open)) connection.fail(Failures.closed());
    }
}
