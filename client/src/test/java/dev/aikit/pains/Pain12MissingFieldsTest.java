package dev.aikit.pains;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.models.OpenAIModel;
import dev.aikit.models.OpenAIModelListResult;
import dev.aikit.testing.Way;
import dev.aikit.testkit.Answers;
import dev.aikit.testkit.ScriptedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pain 12: nothing is required of an answer, and nothing in it is lost. */
class Pain12MissingFieldsTest {
    @ParameterizedTest
    @EnumSource
    void anAnswerWithNothingButItsTextIsRead(Way way) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            String streamed = "data: {\"choices\":[{\"delta\":{\"content\":\"Fi\"}}]}\n\n"
                    + "data: {\"choices\":[{\"delta\":{\"content\":\"ne\"}}]}\n\ndata: [DONE]\n\n";
            String whole = "{\"choices\":[{\"message\":{\"content\":\"Fine\"}}]}";
            server.then(to -> to.answer(200, way.streams() ? streamed : whole));

            Way.Seen seen = way.chat(client);

            assertThat(seen.result().errors()).isEmpty();
            assertThat(seen.text()).isEqualTo("Fine");
            assertThat(seen.result().choice().index()).isZero();
            assertThat(seen.result().choice().finishReason()).isEmpty();
            assertThat(seen.result().choice().message().refusal()).isEmpty();
            assertThat(seen.result().usage().totalTokens()).isZero();
            assertThat(seen.result().requestID()).isEmpty();
            assertThat(seen.result().rateLimit().limit().request()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void fieldsThatNobodyKnowsAreKept(Way way) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            String streamed =
                    "data: {\"provider\":\"p\",\"choices\":[{\"native\":1,\"delta\":{\"content\":\"x\",\"mood\":\"good\"}}]}\n\n"
                            + Answers.done();
            String whole =
                    "{\"provider\":\"p\",\"choices\":[{\"native\":1,\"message\":{\"content\":\"x\",\"mood\":\"good\"}}]}";
            server.then(to -> to.answer(200, way.streams() ? streamed : whole));

            Way.Seen seen = way.chat(client);

            assertThat(seen.result().json().get("provider").asText()).isEqualTo("p");
            assertThat(seen.result().choice().json().get("native").asInt(0)).isEqualTo(1);
            assertThat(seen.result().choice().message().json().get("mood").asText())
                    .isEqualTo("good");
        }
    }

    @Test
    void aListOfModelsMayBeBareAndItsModelsBareOfAllButTheirIds() throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            server.then(to -> to.answer(200, "{\"data\":[{\"id\":\"a\"},{\"id\":\"b\",\"context\":8192}]}"))
                    .then(to -> to.answer(200, "[{\"id\":\"a\"}]"));

            OpenAIModelListResult list = client.models().list();

            assertThat(list.models()).extracting(OpenAIModel::id).containsExactly("a", "b");
            assertThat(list.models().get(0).created()).isZero();
            assertThat(list.models().get(0).ownedBy()).isEmpty();
            assertThat(list.models().get(1).json().get("context").asInt(0)).isEqualTo(8192);
            assertThat(client.models().list().models())
                    .extracting(OpenAIModel::id)
                    .containsExactly("a");
        }
    }
}
