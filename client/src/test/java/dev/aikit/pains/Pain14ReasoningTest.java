package dev.aikit.pains;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.json.Json;
import dev.aikit.testing.Way;
import dev.aikit.testkit.Answers;
import dev.aikit.testkit.ScriptedServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pain 14: what a model thought is read, and goes back to the server with the message that it belongs to. */
class Pain14ReasoningTest {
    @ParameterizedTest
    @ValueSource(strings = {"reasoning_content", "reasoning"})
    void isReadUnderEitherName(String name) throws Exception {
        for (Way way : Way.values()) {
            try (ScriptedServer server = ScriptedServer.start();
                    OpenAI client = Way.client(server)) {
                server.then(to -> to.answer(200, way.streams() ? stream(name) : whole(name)));

                Way.Seen seen = way.chat(client);

                assertThat(seen.result().choice().message().reasoning()).isEqualTo("Let me think.");
                assertThat(seen.text()).isEqualTo("42");
                if (way == Way.STREAMING)
                    assertThat(seen.pieces().get(0).choice().delta().reasoning())
                            .isEqualTo("Let me ");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void goesBackUnchangedWithEveryOtherFieldOfTheMessage(Way way) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            server.then(to -> to.answer(200, way.streams() ? stream("reasoning_content") : whole("reasoning_content")))
                    .then(way.answer("Yes."));

            OpenAIMessage first = way.chat(client).result().choice().message();
            way.chat(client, List.of(OpenAIMessage.user("?"), first, OpenAIMessage.user("Sure?")));

            server.takeRequest();
            Json sent = Json.parse(server.takeRequest().text()).get("messages").get(1);
            assertThat(sent.get("reasoning_content").asText()).isEqualTo("Let me think.");
            assertThat(sent.get("content").asText()).isEqualTo("42");
            assertThat(sent.get("signature").asText()).isEqualTo("c2ln");
            assertThat(sent.get("reasoning_details").items()).hasSize(2);
            assertThat(sent).isEqualTo(first.json());
        }
    }

    private static String whole(String name) {
        return Answers.whole(
                Map.of(
                        "role",
                        "assistant",
                        name,
                        "Let me think.",
                        "content",
                        "42",
                        "signature",
                        "c2ln",
                        "reasoning_details",
                        List.of(Map.of("text", "Let me "), Map.of("text", "think."))),
                "stop");
    }

    private static String stream(String name) {
        return piece("{\"role\":\"assistant\",\"" + name
                        + "\":\"Let me \",\"reasoning_details\":[{\"text\":\"Let me \"}]}")
                + piece("{\"" + name + "\":\"think.\",\"content\":null,\"reasoning_details\":[{\"text\":\"think.\"}]}")
                + piece("{\"content\":\"4\",\"signature\":\"c2ln\"}")
                + piece("{\"content\":\"2\"}")
                + Answers.event(Answers.piece("{}", "\"stop\""))
                + Answers.done();
    }

    private static String piece(String delta) {
        return Answers.event(Answers.piece(delta, "null"));
    }
}
