package dev.aikit.pains;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.testing.Way;
import dev.aikit.testkit.Answers;
import dev.aikit.testkit.ScriptedServer;
import dev.aikit.testkit.ScriptedServer.Script;
import dev.aikit.testkit.ServerExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pain 8: a stream that was cut is not a success; one that is whole by what was seen is one. */
class Pain08TruncatedStreamTest {
    private static final String FINISHED =
            Answers.unfinished("one", "two") + Answers.event(Answers.piece("{}", "\"stop\""));

    private static ServerExchange begin(ServerExchange to, String events) throws IOException {
        return to.head(200, "content-type: text/event-stream", "transfer-encoding: chunked")
                .chunk(events);
    }

    private static final Map<String, Script> CUT = Map.of(
            "ended in order, without any sign of an end",
                    to -> begin(to, Answers.unfinished("one", "two")).chunk(""),
            "closed", to -> begin(to, Answers.unfinished("one", "two")).close(),
            "reset", to -> begin(to, Answers.unfinished("one", "two")).reset(),
            "closed, of unknown length",
                    to -> to.head(200).raw(Answers.unfinished("one", "two")).close(),
            "cut within an event",
                    to -> begin(to, Answers.unfinished("one", "two") + "data: {\"choices\":[{\"del")
                            .chunk(""),
            "cut within a chunk",
                    to -> begin(to, Answers.unfinished("one", "two"))
                            .raw("40\r\ndata: {")
                            .close());

    private static final Map<String, Script> WHOLE = Map.of(
            "the mark, though no reason to finish",
                    to -> to.answer(200, Answers.unfinished("one", "two") + Answers.done()),
            "the mark without its blank line", to -> to.answer(200, Answers.unfinished("one", "two") + "data: [DONE]"),
            "the mark, cut after it",
                    to -> begin(to, Answers.unfinished("one", "two") + "data: [DONE]")
                            .reset(),
            "a reason to finish, without the mark", to -> begin(to, FINISHED).chunk(""),
            "a reason to finish, then closed", to -> begin(to, FINISHED).close(),
            "a reason to finish, then reset", to -> begin(to, FINISHED).reset(),
            "a reason to finish, then silence", to -> begin(to, FINISHED).awaitPeerClosed());

    @TestFactory
    List<DynamicTest> aStreamThatWasCutIsReportedAsSuchWithTheTextSoFar() {
        return each(CUT, seen -> {
            assertThat(seen.result().success()).isFalse();
            assertThat(seen.error().kind()).isEqualTo(Kind.TRUNCATED);
            assertThat(seen.error().status()).isEqualTo(200);
            assertThat(seen.text()).isEqualTo("onetwo");
            assertThat(seen.result().choice().finishReason()).isEmpty();
        });
    }

    @TestFactory
    List<DynamicTest> aStreamThatIsWholeByWhatWasSeenIsASuccess() {
        return each(WHOLE, seen -> {
            assertThat(seen.result().errors()).isEmpty();
            assertThat(seen.text()).isEqualTo("onetwo");
        });
    }

    private interface Check {
        void on(Way.Seen seen);
    }

    private static List<DynamicTest> each(Map<String, Script> scripts, Check check) {
        List<DynamicTest> tests = new ArrayList<>();
        for (Way way : List.of(Way.STREAMING, Way.STREAMING_WAITING))
            scripts.forEach((what, script) -> tests.add(DynamicTest.dynamicTest(way + ": " + what, () -> {
                try (ScriptedServer server = ScriptedServer.start();
                        OpenAI client = Way.client(server, c -> c.maxRetries(0).idleTimeout(Duration.ofMillis(400)))) {
                    server.then(script);
                    check.on(way.chat(client));
                }
            })));
        return tests;
    }

    @ParameterizedTest
    @EnumSource(names = {"STREAMING", "STREAMING_WAITING"})
    void aStreamWithoutASingleEventIsNoSuccess(Way way) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server, c -> c.maxRetries(0))) {
            server.then(to -> to.answer(200, "", "content-type: text/event-stream"));

            assertThat(way.chat(client).error().kind()).isEqualTo(Kind.TRUNCATED);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"WAITING", "ASYNCHRONOUS"})
    void anAnswerInOnePieceThatIsCutIsNoSuccessAndKeepsWhatCame(Way way) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server, c -> c.maxRetries(0))) {
            server.then(to ->
                    to.head(200, "content-length: 500").raw("{\"choices\":[").close());

            Way.Seen seen = way.chat(client);

            assertThat(seen.error().kind()).isEqualTo(Kind.CONNECTION_LOST);
            assertThat(seen.result().response().text()).isEqualTo("{\"choices\":[");
        }
    }
}
