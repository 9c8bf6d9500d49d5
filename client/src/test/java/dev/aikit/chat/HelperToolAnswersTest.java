package dev.aikit.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.Clients;
import dev.aikit.OpenAI;
import dev.aikit.OpenAIConfiguration;
import dev.aikit.testing.KeyedServerTest;
import dev.aikit.testing.Way;
import dev.aikit.testkit.ChatScripts;
import dev.aikit.testkit.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Odd answers of tools: those that come later, and those that cannot be asked what they are. */
class HelperToolAnswersTest extends KeyedServerTest {
    private String heard(Way way, OpenAITool.Handler handler) throws Exception {
        server.then(ChatScripts.asks("c1", "odd", "{}")).then(ChatScripts.says("Fine."));
        Talk talk = Talk.of(way, client);
        talk.helper().registerTool(OpenAITool.of("odd", "Is odd.", Map.of("type", "object"), handler));
        OpenAIChatCompletionsResult result = talk.prompt("?");
        assertThat(result.errors()).isEmpty();
        server.takeRequest();
        return heard();
    }

    private String heard() {
        List<OpenAIMessage> messages = Way.messages(server.takeRequest());
        return messages.get(messages.size() - 1).text();
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatComesLaterIsWaitedFor(Way way) throws Exception {
        assertThat(heard(way, any -> CompletableFuture.completedFuture("now"))).isEqualTo("now");
        assertThat(heard(way, any -> CompletableFuture.supplyAsync(() -> Map.of("a", 1))))
                .isEqualTo("{\"a\":1}");
        assertThat(heard(
                        way,
                        any -> CompletableFuture.supplyAsync(() -> 1).thenApply(one -> {
                            throw new IllegalStateException("the disk is full");
                        })))
                .isEqualTo("{\"error\":\"the disk is full\"}");
        assertThat(heard(way, any -> CompletableFuture.failedFuture(new IOException("no disk"))))
                .isEqualTo("{\"error\":\"no disk\"}");
    }

    @Test
    void anAnswerThatNeverComesIsWaitedForAsLongAsAToolMayTake() throws Exception {
        Duration limit = Duration.ofSeconds(20);
        ManualClock clock = new ManualClock();
        try (OpenAI timed = Clients.withClock(
                OpenAIConfiguration.defaults().baseURL(server.uri("/v1").toString()), clock)) {
            server.then(ChatScripts.asks("c1", "never", "{}")).then(ChatScripts.says("I gave up."));
            var helper = timed.chat()
                    .create("Be short.", p -> p.async())
                    .registerTool(OpenAITool.of(
                            "never", "Never.", Map.of("type", "object"), any -> new CompletableFuture<>()))
                    .toolTimeout(limit);
            var call = helper.prompt("?");
            server.takeRequest();
            clock.awaitTaskWithin(limit);
            clock.advance(limit);
            assertThat(Way.ended(call).choice().text()).isEqualTo("I gave up.");
            assertThat(heard()).contains("the tool gave no answer within PT20S");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anExceptionThatCannotBeAskedIsAnsweredByItsName(Way way) throws Exception {
        assertThat(heard(way, any -> {
                    throw new Unspeakable();
                }))
                .isEqualTo("{\"error\":\"Unspeakable\"}");
    }

    @Test
    void aTextThatHasNoneIsNotSentAsNull() throws Exception {
        assertThat(heard(Way.WAITING, any -> new NoText()))
                .isEqualTo("{\"error\":\"the tool's answer is a text that has none\"}");
    }

    private static final class Unspeakable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }
    }

    private static final class NoText implements CharSequence {
        @Override
        public int length() {
            return 0;
        }

        @Override
        public char charAt(int index) {
            return 'x';
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return this;
        }

        @Override
        public String toString() {
            return null;
        }
    }
}
