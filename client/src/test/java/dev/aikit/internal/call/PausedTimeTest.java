package dev.aikit.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAIError;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.OpenAILimits;
import dev.aikit.internal.http.Exchange;
import dev.aikit.internal.http.ExchangeListener;
import dev.aikit.internal.http.HttpBody;
import dev.aikit.internal.http.HttpCall;
import dev.aikit.internal.http.HttpHead;
import dev.aikit.internal.http.IoLoop;
import dev.aikit.testkit.Answers;
import dev.aikit.testkit.ManualClock;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** While the callbacks are what is slow, silence is not the server's: no limit of time runs against it. */
class PausedTimeTest {
    private final ManualClock clock = new ManualClock();
    private final Line line = new Line();
    private final List<Received> received = new ArrayList<>();
    private final Attempts attempts = new Attempts(settings(), List.of(route()), line, new Owner());

    private CallSettings settings() {
        Timeouts idle = Timeouts.UNSET.withIdle(Duration.ofSeconds(1));
        return new CallSettings(
                idle,
                0,
                true,
                false,
                OpenAILimits.defaults(),
                new GivenClock(clock, clock::schedule),
                Transfer.NONE,
                null);
    }

    private static Route route() {
        URI place = URI.create("http://line.test/v1");
        return new Route(
                new Destination("", place, Map.of(), Set.of(), null),
                "",
                new HttpCall("POST", place, Map.of(), HttpBody.NONE));
    }

    @Test
    void silenceCountsOnlyWhileTheServerIsListenedTo() {
        attempts.start();
        line.listener.connected();
        line.listener.head(new HttpHead(200, "OK", Map.of("content-type", List.of("text/event-stream"))));
        line.says(Answers.event(Answers.text("Once")));

        attempts.pause(true);
        clock.advance(Duration.ofMinutes(1));
        assertThat(received).noneMatch(Received.End.class::isInstance);

        attempts.pause(false);
        clock.advance(Duration.ofMillis(900));
        assertThat(received).noneMatch(Received.End.class::isInstance);
        clock.advance(Duration.ofMillis(200));
        assertThat(received.get(received.size() - 1))
                .isInstanceOfSatisfying(
                        Received.End.class,
                        end -> assertThat(end.failure().kind()).isEqualTo(Kind.IDLE_TIMEOUT));
    }

    private final class Owner implements Attempts.Owner {
        @Override
        public void received(Received piece) {
            received.add(piece);
        }

        @Override
        public void progress(long bytes, long total) {}

        @Override
        public OpenAIError unwanted() {
            return null;
        }

        @Override
        public boolean settle() {
            return true;
        }
    }

    /** A loop that runs everything in place, with an exchange that says what the test tells it to. */
    private static final class Line implements IoLoop {
        private ExchangeListener listener;

        void says(String text) {
            listener.body(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public boolean isCurrentThread() {
            return true;
        }

        @Override
        public Timer schedule(Runnable task, long delayNanos) {
            throw new AssertionError("the clock keeps the time here");
        }

        @Override
        public Exchange open(HttpCall call, Duration connectTimeout, ExchangeListener hears) {
            listener = hears;
            return new Exchange() {
                @Override
                public void reading(boolean wanted) {}

                @Override
                public void cancel() {}

                @Override
                public void release() {}
            };
        }
    }
}
