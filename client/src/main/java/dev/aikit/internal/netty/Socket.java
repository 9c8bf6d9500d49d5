package dev.aikit.internal.netty;

import io.netty.channel.ChannelId;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** A socket without Netty's own identifiers, for which it would ask every network interface of the machine at the start. */
final class Socket extends NioSocketChannel {
    Socket() {
        config().setTcpNoDelay(true);
        config().setOption(ChannelOption.SO_KEEPALIVE, true);
        // A server that answers early and stops reading makes a write fail: its answer is still to be read.
        config().setAutoClose(false);
        config().setRecvByteBufAllocator(ReadSize::new);
        // The attempt has a limit of its own.
        config().setConnectTimeoutMillis(0);
    }

    /** What the server said before it stopped to listen is read first: those who wait for the write may close the socket. */
    @Override
    protected void doWrite(ChannelOutboundBuffer buffer) throws Exception {
        try {
            super.doWrite(buffer);
        } catch (IOException error) {
            if (config().isAutoRead()) unsafe().read();
            throw error;
        }
    }

    @Override
    protected ChannelId newId() {
        return new Id();
    }

    private static final class Id implements ChannelId {
        private static final long serialVersionUID = 1L;
        private static final AtomicLong COUNT = new AtomicLong();

        private final long number = COUNT.incrementAndGet();

        @Override
        public String asShortText() {
            return Long.toString(number);
        }

        @Override
        public String asLongText() {
            return asShortText();
        }

        @Override
        public int compareTo(ChannelId other) {
            return other instanceof Id id
                    ? Long.compare(number, id.number)
                    : asLongText().compareTo(other.asLongText());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Id id && number == id.number;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(number);
        }
    }
}
