package dev.aikit.internal.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How much one connection is read at a time: more once that is filled, less once half of it would do for two looks at the socket
 * in a row. Netty's own does the same with three objects, and changes a reference at each look, which of thousands of streams the
 * garbage collector has to look at again.
 */
final class ReadSize implements RecvByteBufAllocator.ExtendedHandle {
    private static final int LEAST = 512;
    private static final int AT_FIRST = 2 * 1024;
    private static final int MOST = 64 * 1024;

    /** Then other sockets have their turn. */
    private static final int MOST_READS = 16;

    private int size = AT_FIRST;
    private boolean wasTooLarge;
    private int reads;
    private int attempted;
    private int last;
    private int sum;
    private @Nullable ChannelConfig config;

    @Override
    public ByteBuf allocate(ByteBufAllocator from) {
        return from.ioBuffer(size);
    }

    @Override
    public int guess() {
        return size;
    }

    @Override
    public void reset(ChannelConfig of) {
        if (config != of) config = of;
        reads = 0;
        sum = 0;
    }

    @Override
    public void incMessagesRead(int more) {
        reads += more;
    }

    @Override
    public void attemptedBytesRead(int bytes) {
        attempted = bytes;
    }

    @Override
    public int attemptedBytesRead() {
        return attempted;
    }

    @Override
    public void lastBytesRead(int bytes) {
        last = bytes;
        if (bytes <= 0) return;
        sum += bytes;
        if (bytes == size) size = Math.min(MOST, 4 * size);
    }

    @Override
    public int lastBytesRead() {
        return last;
    }

    @Override
    public boolean continueReading() {
        return last == attempted && mayContinue();
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
        return maybeMore.get() && mayContinue();
    }

    private boolean mayContinue() {
        return last > 0 && reads < MOST_READS && config != null && config.isAutoRead();
    }

    @Override
    public void readComplete() {
        boolean tooLarge = sum <= size / 2;
        if (tooLarge && wasTooLarge) size = Math.max(LEAST, size / 2);
        wasTooLarge = tooLarge && !wasTooLarge;
    }
}
