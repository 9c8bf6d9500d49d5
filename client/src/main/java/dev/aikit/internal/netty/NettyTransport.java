package dev.aikit.internal.netty;

import dev.aikit.HttpAgent;
import dev.aikit.internal.http.IoLoop;
import dev.aikit.internal.http.Transport;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The loops of one agent. Nothing is started before the first of them is asked for. */
public final class NettyTransport implements Transport {
    static {
        NettyLogging.settle();
    }

    private final HttpAgent agent;
    private final int maxHeaderBytes;
    private final AtomicInteger turn = new AtomicInteger();
    private final NameThreads nameThreads = new NameThreads();
    private volatile IoLoop @Nullable [] loops;

    /**
     * With the settings for connections.
     *
     * @param maxHeaderBytes the most that the status line, and that all headers of an answer, may have
     */
    public NettyTransport(HttpAgent agent, int maxHeaderBytes) {
        this.agent = agent;
        this.maxHeaderBytes = maxHeaderBytes;
    }

    @Override
    public IoLoop nextLoop() {
        IoLoop[] all = loops;
        if (all == null) all = start();
        return all.length == 1 ? all[0] : all[Math.floorMod(turn.getAndIncrement(), all.length)];
    }

    private synchronized IoLoop[] start() {
        IoLoop[] all = loops;
        if (all != null) return all;
        // Each loop gets its share of the sockets, and at least one: there can't be more loops than sockets.
        int count = Math.min(agent.ioThreads(), agent.maxSockets());
        all = new IoLoop[count];
        for (int i = 0; i < count; i++) {
            int share = agent.maxSockets() / count + (i < agent.maxSockets() % count ? 1 : 0);
            try {
                all[i] = new NettyLoop(agent, share, maxHeaderBytes, nameThreads);
            } catch (Throwable noHandles) {
                for (int made = 0; made < i; made++) ((NettyLoop) all[made]).close();
                throw noHandles;
            }
        }
        loops = all;
        return all;
    }

    @Override
    public synchronized void close() {
        IoLoop[] all = loops;
        if (all == null) {
            loops = new IoLoop[] {new RefusingLoop()};
            return;
        }
        for (IoLoop loop : all) if (loop instanceof NettyLoop open) open.close();
        nameThreads.close();
    }
}
