package dev.aikit.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How much a connection reads at a time, and when others have their turn. */
class ReadSizeTest {
    private final Socket socket = new Socket();
    private final ReadSize size = new ReadSize();

    @AfterEach
    void close() {
        socket.unsafe().closeForcibly(); // no loop knows it
    }

    /** One read; true if there is to be another. */
    private boolean read(int bytes) {
        size.attemptedBytesRead(size.guess());
        size.incMessagesRead(1);
        size.lastBytesRead(bytes);
        return size.continueReading();
    }

    private void look(int bytes) {
        size.reset(socket.config());
        read(bytes);
        size.readComplete();
    }

    @Test
    void growsWhileItIsFilledAndNotForEver() {
        size.reset(socket.config());
        for (int i = 0; i < 10; i++) assertThat(read(size.guess())).isTrue();
        assertThat(size.guess()).isEqualTo(64 * 1024);
    }

    @Test
    void shrinksAfterTwoLooksThatBringLittle() {
        look(300);
        assertThat(size.guess()).isEqualTo(2048);
        look(300);
        assertThat(size.guess()).isEqualTo(1024);
        look(1000);
        look(300);
        assertThat(size.guess()).isEqualTo(1024);
        for (int i = 0; i < 20; i++) look(100);
        assertThat(size.guess()).isEqualTo(512);
    }

    @Test
    void othersHaveTheirTurnAfterSixteenReads() {
        size.reset(socket.config());
        for (int i = 1; i < 16; i++)
            assertThat(read(size.guess())).as("read %d", i).isTrue();
        assertThat(read(size.guess())).isFalse();
        size.reset(socket.config());
        assertThat(read(size.guess())).isTrue();
    }

    @Test
    void aReadThatIsNotFilledOrBringsNothingIsTheLast() {
        size.reset(socket.config());
        assertThat(read(size.guess() - 1)).isFalse();
        assertThat(read(0)).isFalse();
        assertThat(read(-1)).isFalse();
    }

    @Test
    void whoWantsNoMoreGetsNoMore() {
        size.reset(socket.config());
        assertThat(read(size.guess())).isTrue();
        socket.config().setAutoRead(false);
        assertThat(read(size.guess())).isFalse();
    }
}
