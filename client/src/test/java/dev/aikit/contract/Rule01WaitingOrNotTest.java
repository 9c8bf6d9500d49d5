package dev.aikit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAIAnyResult;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAICommonParameters;
import dev.aikit.chat.OpenAIChatCompletionsParameters;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.json.Json;
import dev.aikit.models.OpenAIModelListResult;
import dev.aikit.testing.Events;
import dev.aikit.testing.ServerTest;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 1: the callback in the parameters decides whether the function waits, and the compiler knows. */
class Rule01WaitingOrNotTest extends ServerTest {
    @BeforeEach
    void answer() {
        server.otherwise(ChatScripts.chat("Hi"));
    }

    @Test
    void aCallWithoutCallbackReturnsWhenTheAnswerIsThere() {
        CountDownLatch gate = new CountDownLatch(1);
        server.then(to -> ChatScripts.chat("Hi").run(to.await(gate)));

        Observed waiting = Observed.start(Way.WAITING, client);
        server.takeRequest();
        assertThat(waiting.isOver()).isFalse();
        gate.countDown();

        assertThat(waiting.result().choice().text()).isEqualTo("Hi");
    }

    @Test
    void aCallWithACallbackReturnsBeforeTheAnswer() throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        server.then(to -> ChatScripts.chat("Hi").run(to.await(gate)));

        OpenAICall<OpenAIChatCompletionsResult> call =
                client.chat().completions().create(Observed.MESSAGES, p -> p.formula(r -> {}));
        assertThat(call.isDone()).isFalse();
        gate.countDown();

        assertThat(call.await().choice().text()).isEqualTo("Hi");
        assertThat(call.isDone()).isTrue();
    }

    @Test
    void eachCallbackAloneMakesTheCallAsynchronous() throws InterruptedException {
        var completions = client.chat().completions();
        List<OpenAICall<OpenAIChatCompletionsResult>> calls = List.of(
                completions.create(Observed.MESSAGES, p -> p.onResponse(r -> {})),
                completions.create(Observed.MESSAGES, p -> p.onError(r -> {})),
                completions.create(Observed.MESSAGES, p -> p.onTerminate(r -> {})),
                completions.create(Observed.MESSAGES, p -> p.formula(r -> {})),
                completions.create(Observed.MESSAGES, p -> p.onData(piece -> {})),
                completions.create(Observed.MESSAGES, p -> p.streamFormula(r -> {})),
                completions.create(Observed.MESSAGES, p -> p.async()));

        for (OpenAICall<OpenAIChatCompletionsResult> call : calls)
            assertThat(call.await().choice().text()).isEqualTo("Hi");
    }

    @Test
    void theSameParametersServeManyCallsOfBothKinds() throws InterruptedException {
        OpenAIChatCompletionsParameters<OpenAIChatCompletionsResult> waiting =
                OpenAIChatCompletionsParameters.create().model("m").maxRetries(0);
        OpenAIChatCompletionsParameters<OpenAICall<OpenAIChatCompletionsResult>> asynchronous =
                waiting.formula(r -> {});

        for (int i = 0; i < 2; i++) {
            OpenAIChatCompletionsResult result = client.chat().completions().create(Observed.MESSAGES, waiting);
            OpenAICall<OpenAIChatCompletionsResult> call =
                    client.chat().completions().create(Observed.MESSAGES, asynchronous);
            assertThat(call.await().json()).isEqualTo(result.json());
        }
    }

    @Test
    void itIsTheSameForTheOtherFunctionsAndTheGenericCall() throws InterruptedException {
        server.otherwise(ChatScripts.status(200, "{\"data\":[{\"id\":\"m\"}]}", ChatScripts.JSON));

        OpenAIModelListResult waited = client.models().list();
        OpenAICall<OpenAIModelListResult> call = client.models().list(p -> p.formula(r -> {}));
        OpenAIModelListResult reused = client.models().list(OpenAICommonParameters.of(OpenAIModelListResult.class));
        OpenAIAnyResult<Json> any = client.call("GET", "/models", null, Json.class);
        OpenAICall<OpenAIAnyResult<Json>> anyCall =
                client.call("GET", "/models", null, Json.class, p -> p.formula(r -> {}));

        assertThat(List.of(
                        call.await().json(),
                        reused.json(),
                        any.json(),
                        anyCall.await().json()))
                .containsOnly(waited.json());
    }

    @Test
    void cancellingTheFutureCancelsTheCall() {
        server.then(to -> to.awaitPeerClosed());
        Observed observed = Observed.start(Way.ASYNCHRONOUS, client);
        int connection = server.takeRequest().connection();

        observed.call().future().cancel(true);

        assertThat(observed.endedOnce().error().isCancelled()).isTrue();
        server.awaitPeerClosed(connection);
    }

    @Test
    void completingAViewOfTheFutureHarmsNobody() {
        CountDownLatch gate = new CountDownLatch(1);
        server.then(to -> ChatScripts.chat("Hi").run(to.await(gate)));
        Observed observed = Observed.start(Way.ASYNCHRONOUS, client);

        CompletableFuture<OpenAIChatCompletionsResult> view = observed.call().future();
        view.completeExceptionally(new IllegalStateException("mine"));
        CompletableFuture<Void> stage = observed.call().future().thenAccept(r -> {});
        stage.cancel(true);
        gate.countDown();

        assertThat(observed.endedOnce().result().choice().text()).isEqualTo("Hi");
        assertThat(Events.await(observed.call().future())).isSameAs(observed.result());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OpenAIModelListResult r = client.models().list(p -> p.maxRetries(1));",
                "OpenAICall<OpenAIModelListResult> c = client.models().list(p -> p.formula(r -> {}).maxRetries(1));",
                "System.out.println(client.models().list(p -> p.maxRetries(1)));",
                "client.models().list(p -> p.on(Runnable::run).onError(r -> {}).onResponse(r -> {})).cancel();"
            })
    void whatIsRightCompiles(String statement, @TempDir java.nio.file.Path folder) {
        assertThat(errors(statement, folder)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OpenAIModelListResult r = client.models().list(p -> p.formula(x -> {}));",
                "OpenAICall<OpenAIModelListResult> c = client.models().list(p -> p.maxRetries(1));",
                "client.models().list().cancel();"
            })
    void theCompilerKeepsThemApart(String statement, @TempDir java.nio.file.Path folder) {
        assertThat(errors(statement, folder)).isNotEmpty();
    }

    private static List<?> errors(String statement, java.nio.file.Path folder) {
        String source = "import dev.aikit.*; import dev.aikit.models.*;" + "class Snippet { void make(OpenAI client) { "
                + statement + " } }";
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Snippet.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        List<String> options =
                List.of("-proc:none", "-classpath", System.getProperty("java.class.path"), "-d", folder.toString());
        compiler.getTask(null, null, found, options, null, List.of(file)).call();
        return found.getDiagnostics().stream()
                .filter(each -> each.getKind() == javax.tools.Diagnostic.Kind.ERROR)
                .toList();
    }
}
