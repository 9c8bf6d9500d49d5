package dev.aikit.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.internal.multipart.Sources;
import dev.aikit.testing.Events;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How much of a source goes into one piece. */
class SourceReaderTest {
    /** One byte at each read. */
    private static InputStream trickle(int length, boolean saysWhatItHas) {
        return new ByteArrayInputStream(new byte[length]) {
            @Override
            public int read(byte[] into, int offset, int most) {
                return super.read(into, offset, Math.min(most, 1));
            }

            @Override
            public synchronized int available() {
                return saysWhatItHas ? super.available() : 0;
            }
        };
    }

    private static int firstPiece(InputStream stream) {
        CompletableFuture<Integer> told = new CompletableFuture<>();
        SourceReader reader = new SourceReader(Sources.of(() -> stream, -1), told::completeExceptionally);
        reader.open(length -> reader.read(new byte[1000], told::complete));
        int count = Events.await(told);
        reader.close();
        return count;
    }

    @Test
    void aSourceThatGivesLittleAtATimeFillsAPieceWithWhatItHas() {
        assertThat(firstPiece(trickle(5000, true))).isEqualTo(1000);
        assertThat(firstPiece(trickle(300, true))).isEqualTo(300);
    }

    @Test
    void whatASourceMayHaveToWaitForIsNotWaitedFor() {
        assertThat(firstPiece(trickle(5000, false))).isEqualTo(1);
    }
}
