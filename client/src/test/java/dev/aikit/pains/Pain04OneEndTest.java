package dev.aikit.pains;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.testing.Way;
import dev.aikit.testkit.Answers;
import dev.aikit.testkit.ScriptedServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Pain 4: one end for each call, whatever its callbacks do. */
class Pain04OneEndTest {
    @Test
    void callbacksThatThrowChangeNeitherTheEndNorTheOrder() throws Exception {
        List<String> callbacks = new CopyOnWriteArrayList<>();
        List<String> uncaught = new CopyOnWriteArrayList<>();
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(
                        server, c -> c.uncaughtExceptionHandler((call, thrown) -> uncaught.add(thrown.getMessage())))) {
            server.then(Way.STREAMING.answer("one"));
            OpenAICall<OpenAIChatCompletionsResult> call = client.chat()
                    .completions()
                    .create(
                            Way.QUESTION,
                            p -> p.onData(piece -> fail(callbacks, "onData"))
                                    .onResponse(r -> fail(callbacks, "onResponse"))
                                    .onError(r -> fail(callbacks, "onError"))
                                    .onTerminate(r -> fail(callbacks, "onTerminate"))
                                    .formula(r -> fail(callbacks, "formula")));

            OpenAIChatCompletionsResult result = Way.ended(call);

            assertThat(result.success()).isTrue();
            assertThat(result.choice().text()).isEqualTo("one");
            assertThat(callbacks).containsExactly("onData", "onData", "onData", "onResponse", "onTerminate", "formula");
            assertThat(uncaught).hasSize(6).allMatch(message -> message.contains("chat.completions.create"));
            assertThat(uncaught.get(3)).contains("onResponse").contains("AssertionError");
        }
    }

    private static void fail(List<String> callbacks, String name) {
        callbacks.add(name);
        throw new AssertionError("thrown by " + name);
    }

    @Test
    void aStreamThatFailsAfterPiecesEndsOnceAndAsAnErrorOnly() throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            server.then(to -> to.head(200, "content-type: text/event-stream", "transfer-encoding: chunked")
                    .chunk(Answers.unfinished("one"))
                    .chunk(Answers.event("{\"error\":{\"message\":\"overloaded\"}}"))
                    .chunk(Answers.event("{\"error\":{\"message\":\"once more\"}}"))
                    .chunk(Answers.done())
                    .reset());

            Way.Seen seen = Way.STREAMING.chat(client);

            assertThat(seen.callbacks()).containsExactly("onError", "onTerminate", "formula");
            assertThat(seen.error().message()).isEqualTo("overloaded");
        }
    }
}
