package dev.aikit.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a look-up that cannot begin. */
class NamesTest {
    private final List<Runnable> lookUps = new ArrayList<>();
    private final List<UnknownHostException> unknown = new ArrayList<>();
    private boolean threads;

    private final Names names = new Names(
            lookUp -> {
                if (!threads) throw new OutOfMemoryError("unable to create native thread");
                lookUps.add(lookUp);
            },
            Runnable::run);

    private final Names.Answer answer = new Names.Answer() {
        @Override
        public void found(InetAddress[] addresses) {
            throw new AssertionError("found, though nobody looked");
        }

        @Override
        public void unknown(UnknownHostException why) {
            unknown.add(why);
        }
    };

    @Test
    void withoutAThreadIsAnsweredAndTheNextOneBeginsAnew() {
        names.lookUp("a.test", answer);
        assertThat(unknown).hasSize(1);
        assertThat(unknown.get(0)).hasMessage("a.test").hasCauseInstanceOf(OutOfMemoryError.class);

        threads = true;
        names.lookUp("a.test", answer);
        assertThat(lookUps).hasSize(1);
    }
}
