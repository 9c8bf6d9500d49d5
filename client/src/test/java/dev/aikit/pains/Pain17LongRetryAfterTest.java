package dev.aikit.pains;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.testing.Way;
import dev.aikit.testkit.ScriptedServer;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pain 17: a wait that does not fit the call's own limit is not begun; the error says until when to wait. */
class Pain17LongRetryAfterTest {
    @ParameterizedTest
    @EnumSource
    void aDayIsNotWaitedFor(Way way) throws Exception {
        failsAtOnce(way, "retry-after: 86400", ZonedDateTime.now(ZoneOffset.UTC).plusDays(1));
    }

    @ParameterizedTest
    @EnumSource
    void aDateIsNotWaitedForEither(Way way) throws Exception {
        ZonedDateTime tomorrow = ZonedDateTime.now(ZoneOffset.UTC).plusDays(1);
        failsAtOnce(way, "retry-after: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(tomorrow), tomorrow);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"error\":{\"message\":\"slow down\",\"code\":\"rate\"}}]",
                "{\"object\":\"error\",\"message\":\"slow down\",\"code\":\"rate\"}",
                "{\"message\":\"slow down\",\"code\":\"rate\"}"
            })
    void theErrorKeepsItsDetailsInWhateverForm(String body) throws Exception {
        failsAtOnce(
                Way.WAITING,
                "retry-after: 86400",
                ZonedDateTime.now(ZoneOffset.UTC).plusDays(1),
                body);
    }

    private static void failsAtOnce(Way way, String header, ZonedDateTime until) throws Exception {
        failsAtOnce(way, header, until, "{\"error\":{\"message\":\"slow down\",\"code\":\"rate\"}}");
    }

    private static void failsAtOnce(Way way, String header, ZonedDateTime until, String body) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server, c -> c.maxRetries(9).timeout(Duration.ofHours(2)))) {
            server.then(to -> to.answer(429, body, header));

            Way.Seen seen = way.chat(client);

            assertThat(seen.error().isRateLimitError()).isTrue();
            assertThat(seen.error().message())
                    .startsWith("slow down")
                    .contains("until " + until.toLocalDate())
                    .contains("timeout");
            assertThat(seen.error().code()).isEqualTo("rate");
            assertThat(seen.result().attempts()).hasSize(1);
        }
    }
}
