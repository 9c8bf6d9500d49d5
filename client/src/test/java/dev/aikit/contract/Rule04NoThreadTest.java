package dev.aikit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.Clients;
import dev.aikit.OpenAI;
import dev.aikit.OpenAIConfiguration;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.internal.call.Clock;
import dev.aikit.internal.http.Exchange;
import dev.aikit.internal.http.ExchangeListener;
import dev.aikit.internal.http.HttpCall;
import dev.aikit.internal.http.IoLoop;
import dev.aikit.internal.http.Transport;
import dev.aikit.models.OpenAIModelListResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule 4: a call ends with its callback though there is no thread for the network, once, whenever there is one later. */
class Rule04NoThreadTest {
    private final List<Runnable> tasks = new ArrayList<>();

    /** A fake of a loop: it keeps each task, as Netty's does, and has no thread. */
    private final IoLoop loop = new IoLoop() {
        @Override
        public void execute(Runnable task) {
            tasks.add(task);
            throw new OutOfMemoryError("unable to create native thread");
        }

        @Override
        public boolean isCurrentThread() {
            return false;
        }

        @Override
        public Timer schedule(Runnable task, long delayNanos) {
            throw new AssertionError("the call goes on");
        }

        @Override
        public Exchange open(HttpCall call, Duration connectTimeout, ExchangeListener listener) {
            throw new AssertionError("the call is sent");
        }
    };

    private final Transport transport = new Transport() {
        @Override
        public IoLoop nextLoop() {
            return loop;
        }

        @Override
        public void close() {}
    };

    @Test
    void theCallEndsOnce() {
        List<OpenAIModelListResult> ends = new ArrayList<>();
        try (OpenAI client =
                Clients.with(OpenAIConfiguration.defaults().apiKey("k"), Clock.SYSTEM, transport, Runnable::run)) {
            client.models().list(p -> p.formula(ends::add).on(Runnable::run));
            assertThat(ends).hasSize(1);
            assertThat(ends.get(0).errors().get(0).kind()).isEqualTo(Kind.CONNECT);
            assertThat(ends.get(0).errors().get(0).cause()).isInstanceOf(OutOfMemoryError.class);

            tasks.forEach(Runnable::run);
            assertThat(ends).hasSize(1);
        }
    }
}
