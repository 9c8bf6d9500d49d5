package dev.aikit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAICall;
import dev.aikit.OpenAIResult;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIChatCompletionsStreamResult;
import dev.aikit.models.OpenAIModelListResult;
import dev.aikit.testing.Events;
import dev.aikit.testing.ServerTest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rule 2: whoever waits and whoever is called back gets the same result, and a finished one. */
class Rule02SameResultTest extends ServerTest {
    Rule02SameResultTest() {
        super(c -> c.maxRetries(0));
    }

    @ParameterizedTest
    @EnumSource
    void aSuccessIsTheSameInEveryWay(Way way) {
        server.otherwise(ChatScripts.chat("one ", "two ", "three"));

        Observed observed = Observed.start(way, client).endedOnce();

        OpenAIChatCompletionsResult result = observed.result();
        assertThat(result.success()).isTrue();
        assertThat(result.terminated()).isTrue();
        assertThat(result.choice().text()).isEqualTo("one two three");
        assertThat(result.choice().message().role()).isIn("assistant", "");
        assertThat(result.choice().finishReason()).isEqualTo("stop");
        assertThat(result.json().get("object").asText()).isEqualTo("chat.completion");
        assertThat(result.requestID()).isEqualTo("req-7");
        assertThat(result.request().function()).isEqualTo("chat.completions.create");
        assertThat(result.attempts()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aFailureIsTheSameInEveryWay(Way way) {
        server.otherwise(ChatScripts.status(
                400, "{\"error\":{\"message\":\"no\",\"code\":\"bad\"}}", ChatScripts.JSON, ChatScripts.REQUEST_ID));

        OpenAIChatCompletionsResult result =
                Observed.start(way, client).endedOnce().result();

        assertThat(result.success()).isFalse();
        assertThat(result.terminated()).isTrue();
        assertThat(result.errors()).singleElement().satisfies(error -> {
            assertThat(error.message()).isEqualTo("no");
            assertThat(error.code()).isEqualTo("bad");
            assertThat(error.status()).isEqualTo(400);
            assertThat(error.requestID()).isEqualTo("req-7");
        });
    }

    @Test
    void piecesAreNotTerminatedAndTheEndIs() {
        server.otherwise(ChatScripts.chat("one ", "two"));

        Observed observed = Observed.start(Way.STREAMING, client).endedOnce();

        List<Object> received = observed.received();
        assertThat(received.subList(0, received.size() - 3))
                .allSatisfy(piece -> assertThat(piece)
                        .isInstanceOfSatisfying(
                                OpenAIChatCompletionsStreamResult.class,
                                each -> assertThat(each.terminated()).isFalse()));
        assertThat(String.join("", observed.texts())).isEqualTo("one two");
    }

    @Test
    void theOneFormulaOfAStreamReceivesPiecesAndThenTheWhole() throws InterruptedException {
        server.otherwise(ChatScripts.chat("one ", "two"));
        List<OpenAIResult> received = new CopyOnWriteArrayList<>();

        OpenAICall<OpenAIChatCompletionsResult> call =
                client.chat().completions().create(Observed.MESSAGES, p -> p.streamFormula(received::add));
        OpenAIChatCompletionsResult end = call.await();

        assertThat(received.get(received.size() - 1)).isSameAs(end);
        assertThat(received.subList(0, received.size() - 1))
                .isNotEmpty()
                .allSatisfy(piece -> assertThat(piece.terminated()).isFalse());
        assertThat(end.choice().text()).isEqualTo("one two");
    }

    @Test
    void theHandleGivesWhatTheCallbacksReceived() throws InterruptedException {
        server.otherwise(ChatScripts.status(200, "{\"data\":[{\"id\":\"m1\"},{\"id\":\"m2\"}]}", ChatScripts.JSON));
        CompletableFuture<OpenAIModelListResult> received = new CompletableFuture<>();

        OpenAICall<OpenAIModelListResult> call = client.models().list(p -> p.formula(received::complete));
        OpenAIModelListResult awaited = call.await();

        assertThat(Events.await(received)).isSameAs(awaited).isSameAs(Events.await(call.future()));
        assertThat(awaited.json()).isEqualTo(client.models().list().json());
    }
}
