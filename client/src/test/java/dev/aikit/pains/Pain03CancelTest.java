package dev.aikit.pains;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.testing.Way;
import dev.aikit.testkit.Answers;
import dev.aikit.testkit.ScriptedServer;
import dev.aikit.testkit.ServerExchange;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Pain 3: who cancels frees the connection, and the server sees it. */
class Pain03CancelTest {
    @Test
    void theServerSeesTheEndOfACallThatIsCancelledBeforeItsHeaders() throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            server.then(ServerExchange::awaitPeerClosed);
            OpenAICall<OpenAIChatCompletionsResult> call =
                    client.chat().completions().create(Way.QUESTION, p -> p.async());
            server.takeRequest();

            assertThat(call.cancel()).isTrue();

            server.awaitPeerClosed(1);
            assertThat(Way.ended(call).errors().get(0).isCancelled()).isTrue();
            assertThat(call.cancel()).as("a second time").isFalse();
        }
    }

    @Test
    void theServerSeesTheEndOfAStreamThatIsCancelledAndTheTextSoFarIsKept() throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            server.then(to -> {
                to.head(200, "content-type: text/event-stream", "transfer-encoding: chunked")
                        .chunk(Answers.unfinished("one"));
                to.awaitPeerClosed();
            });
            CompletableFuture<Void> first = new CompletableFuture<>();
            OpenAICall<OpenAIChatCompletionsResult> call = client.chat()
                    .completions()
                    .create(
                            Way.QUESTION,
                            p -> p.onData(piece -> {
                                if (piece.choice().text().equals("one")) first.complete(null);
                            }));
            first.get(30, TimeUnit.SECONDS);

            call.cancel();

            server.awaitPeerClosed(1);
            assertThat(Way.ended(call).errors().get(0).kind()).isEqualTo(Kind.CANCELLED);
            assertThat(Way.ended(call).choice().text()).isEqualTo("one");
        }
    }

    @Test
    void cancellingTheFutureCancelsTheCall() throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            server.then(ServerExchange::awaitPeerClosed);
            OpenAICall<OpenAIChatCompletionsResult> call =
                    client.chat().completions().create(Way.QUESTION, p -> p.async());
            server.takeRequest();

            call.future().cancel(true);

            server.awaitPeerClosed(1);
            assertThat(Way.ended(call).errors().get(0).isCancelled()).isTrue();
        }
    }

    @Test
    void interruptingAWaitingThreadFreesItsConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            server.then(ServerExchange::awaitPeerClosed);
            CompletableFuture<OpenAIChatCompletionsResult> result = new CompletableFuture<>();
            Thread caller =
                    new Thread(() -> result.complete(client.chat().completions().create(Way.QUESTION)));
            caller.start();
            server.takeRequest();

            caller.interrupt();

            server.awaitPeerClosed(1);
            assertThat(result.get(30, TimeUnit.SECONDS).errors().get(0).kind()).isEqualTo(Kind.INTERRUPTED);
        }
    }
}
