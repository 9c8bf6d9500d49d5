package dev.aikit.internal.netty;

import dev.aikit.internal.http.TransportFailure;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** An open connection, as its pool sees it. */
abstract class Connection extends ChannelInboundHandlerAdapter {
    final Pool pool;
    final Channel channel;
    /** Of the pool: whether it stands among those with room, and when it last got room. */
    boolean listed;

    long lastUsedNanos;

    Connection(Pool pool, Channel channel) {
        this.pool = pool;
        this.channel = channel;
    }

    /** Whether another exchange can begin on it. */
    abstract boolean hasRoom();

    /** Whether no exchange is on it. */
    abstract boolean isIdle();

    /** Begins an exchange; only while there is room. */
    abstract void begin(NettyExchange exchange);

    /** Ends the exchanges on it with this failure, and closes it. */
    abstract void fail(TransportFailure failure);

    /** Closes the socket without waiting for what is still to be written, which the farewell of TLS would do. */
    void closeNow() {
        if (channel.pipeline().firstContext() != null)
            channel.pipeline().firstContext().close();
        else channel.close();
    }
}
