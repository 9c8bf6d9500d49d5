package dev.aikit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAIError.Kind;
import dev.aikit.testing.ServerTest;
import dev.aikit.testkit.ScriptedServer.Script;
import dev.aikit.testkit.ServerExchange;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rule 13: a stream that stops without its end is no success, and its text so far is not lost. */
class Rule13TruncatedTest extends ServerTest {
    private static final String FINISHED =
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";

    Rule13TruncatedTest() {
        super(c -> c.maxRetries(0));
    }

    /** How the server stops. */
    private enum Stop {
        BY_A_RESET(to -> to.reset()),
        BY_CLOSING(to -> to.close()),
        BY_THE_END_OF_THE_BODY(to -> to.chunk("")),
        WITHIN_AN_EVENT(to -> to.chunk("data: {\"choices\":[{\"ind").close()),
        WITHIN_A_CHUNK(to -> to.raw("ff\r\ndata: {\"cho").close());

        private final Script script;

        Stop(Script script) {
            this.script = script;
        }
    }

    static Stream<Arguments> stopsInEveryWay() {
        return Arrays.stream(Stop.values())
                .flatMap(stop -> Arrays.stream(Way.values()).map(way -> Arguments.of(stop, way)));
    }

    private static ServerExchange begin(ServerExchange to) throws java.io.IOException {
        return ChatScripts.beginStream(to).chunk(ChatScripts.piece("half an ")).chunk(ChatScripts.piece("answer"));
    }

    @ParameterizedTest
    @MethodSource("stopsInEveryWay")
    void aStreamThatStopsIsReportedWithItsText(Stop stop, Way way) {
        server.then(to -> stop.script.run(begin(to)));

        Observed observed = Observed.start(way, client, p -> p.stream(true)).endedOnce();

        assertThat(observed.error().kind()).isEqualTo(Kind.TRUNCATED);
        assertThat(observed.error().status()).isEqualTo(200);
        assertThat(observed.result().choice().text()).isEqualTo("half an answer");
        assertThat(observed.result().choice().finishReason()).isEmpty();
        if (way == Way.STREAMING) assertThat(String.join("", observed.texts())).isEqualTo("half an answer");
    }

    @ParameterizedTest
    @EnumSource
    void oneThatSaidThatItIsFinishedIsWhole(Way way) {
        server.then(to -> begin(to).chunk(FINISHED).close());

        Observed observed = Observed.start(way, client, p -> p.stream(true)).endedOnce();

        assertThat(observed.result().success()).isTrue();
        assertThat(observed.result().choice().text()).isEqualTo("half an answer");
    }

    @ParameterizedTest
    @EnumSource
    void oneThatSentItsMarkIsWhole(Way way) {
        server.then(to -> begin(to).chunk("data: [DONE]\n\n").awaitPeerClosed());

        Observed observed = Observed.start(way, client, p -> p.stream(true)).endedOnce();

        assertThat(observed.result().success()).isTrue();
        assertThat(observed.result().choice().text()).isEqualTo("half an answer");
    }

    @Test
    void oneOfTwoAnswersThatIsFinishedDoesNotMakeTheOtherWhole() {
        server.then(to -> begin(to)
                .chunk("data: {\"choices\":[{\"index\":1,\"delta\":{\"content\":\"other\"}}]}\n\n")
                .chunk(FINISHED)
                .close());

        Observed observed = Observed.start(Way.STREAMING, client).endedOnce();

        assertThat(observed.error().kind()).isEqualTo(Kind.TRUNCATED);
        assertThat(observed.result().choices()).hasSize(2);
    }
}
