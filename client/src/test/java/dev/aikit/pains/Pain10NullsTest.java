package dev.aikit.pains;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.testing.Way;
import dev.aikit.testkit.Answers;
import dev.aikit.testkit.ScriptedServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pain 10: null means absent, and so do the other ways of saying that there is no error. */
class Pain10NullsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{\"error\":null,\"choices\":[]}",
                "{\"error\":false,\"choices\":[]}",
                "{\"error\":\"\",\"choices\":[]}",
                "{\"error\":{},\"choices\":[]}",
                "{\"error\":{\"code\":null,\"message\":null},\"choices\":[]}",
                "{\"choices\":null}",
                "{\"choices\":[null]}",
                "{\"choices\":[{\"index\":0,\"delta\":null}]}",
                "{\"choices\":[{\"index\":null,\"delta\":{\"content\":null,\"tool_calls\":null,\"role\":null}}]}",
                "{\"choices\":[],\"usage\":null}",
                "{}",
                "",
            })
    void aPieceWithoutContentIsPassedOver(String piece) throws Exception {
        for (Way way : new Way[] {Way.STREAMING, Way.STREAMING_WAITING}) {
            try (ScriptedServer server = ScriptedServer.start();
                    OpenAI client = Way.client(server)) {
                server.then(to -> to.answer(
                        200,
                        Answers.event(piece)
                                + Answers.unfinished("one")
                                + Answers.event(piece)
                                + Answers.stream("two")));

                Way.Seen seen = way.chat(client);

                assertThat(seen.result().errors()).isEmpty();
                assertThat(seen.text()).isEqualTo("onetwo");
                assertThat(seen.result().choices()).hasSize(1);
                assertThat(seen.result().choice().finishReason()).isEqualTo("stop");
                seen.pieces().forEach(each -> assertThat(each.choice().text()).isNotNull());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"WAITING", "ASYNCHRONOUS"})
    void anAnswerInOnePieceWithNullsIsRead(Way way) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            server.then(to -> to.answer(
                    200,
                    "{\"error\":null,\"usage\":null,\"choices\":[{\"index\":null,\"finish_reason\":null,"
                            + "\"message\":{\"role\":null,\"content\":null,\"tool_calls\":null}}]}"));

            Way.Seen seen = way.chat(client);

            assertThat(seen.result().errors()).isEmpty();
            assertThat(seen.text()).isEmpty();
            assertThat(seen.result().choice().message().toolCalls()).isEmpty();
            assertThat(seen.result().usage().isPresent()).isFalse();
        }
    }
}
