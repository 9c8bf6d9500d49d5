package dev.aikit.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.aikit.HttpAgent;
import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIConfiguration;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.OpenAIProvider;
import dev.aikit.OpenAIProviders;
import dev.aikit.OpenAIResult;
import dev.aikit.chat.OpenAIChatCompletionsParameters;
import dev.aikit.files.FileSource;
import dev.aikit.testing.LogRecords;
import dev.aikit.testing.Way;
import dev.aikit.testkit.Answers;
import dev.aikit.testkit.Fault;
import dev.aikit.testkit.Faults;
import dev.aikit.testkit.ReceivedRequest;
import dev.aikit.testkit.Recorder;
import dev.aikit.testkit.ScriptedServer;
import dev.aikit.testkit.ScriptedServer.Script;
import dev.aikit.testkit.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Keys go in, every kind of call is made and every kind of failure happens, and then the keys are looked for: in logs of every level,
 * in all that public objects say or lead to, in exceptions, in recordings, and in what other servers were sent.
 */
class SecretsTest {
    private static final Key KEY = new Key("sk-Zq7wXe/Vb3+Nm9_Kj5-client");
    private static final Key HEADER = new Key("ah-Pl4oKi/Ju8+Hy6_Gt2-header");
    private static final Key PROVIDER = new Key("pk-Qa1sWd/Ef5+Rg7_Th9-provider");
    private static final Key QUERY = new Key("qk-Mn2bVc/Xz4+Lk6_Jh8-query");
    private static final List<Key> ALL = List.of(KEY, HEADER, PROVIDER, QUERY);
    private static final String JSON = "content-type: application/json";
    private static final String EVENTS = "content-type: text/event-stream";

    private record Recipe(String title, int minutes) {}

    private final List<String> shown = new CopyOnWriteArrayList<>();
    private final ScriptedServer server = ScriptedServer.start();
    private final ScriptedServer other = ScriptedServer.start();
    private final LogRecords log = LogRecords.of("");

    @AfterEach
    void close() {
        log.close();
        server.close();
        other.close();
    }

    private OpenAIConfiguration keys(OpenAIConfiguration c) {
        return c.baseURL(server.baseURL())
                .apiKey(KEY.value())
                .customHeader("api-key", HEADER.value())
                .maxRetries(0)
                .limits(l -> l.maxHeaderBytes(16 << 10).maxBodyBytes(1 << 20).maxStreamBytes(1 << 20))
                .uncaughtExceptionHandler((call, thrown) -> shown.add(call + Shown.trace(thrown)));
    }

    private static OpenAIConfiguration impatient(OpenAIConfiguration c) {
        return c.firstByteTimeout(Duration.ofMillis(100)).idleTimeout(Duration.ofMillis(100));
    }

    private static OpenAIProviders providers(ScriptedServer one, ScriptedServer two) {
        return OpenAIProviders.empty()
                .provider(OpenAIProvider.of("one", one.baseURL())
                        .apiKey(PROVIDER.value())
                        .header("x-gateway-token", HEADER.value())
                        .query("key", QUERY.value()))
                .provider(OpenAIProvider.of("two", two.baseURL()).apiKey("sk-of-two"))
                .modelAlias("fast", "one:a", "two:b");
    }

    /** What a server may do to a call, and with the keys. */
    private static String error(String echo) {
        return "{\"error\":{\"message\":\"wrong: " + echo + "\",\"code\":\"" + echo + "\",\"param\":[\"" + echo
                + "\"]}}";
    }

    /** A server that knows the keys which it was sent, and says them in every form. */
    private static Script echoing(Function<String, Script> script) {
        return to -> {
            String sent = to.request().target() + to.request().headers();
            StringBuilder echo = new StringBuilder();
            for (Key key : ALL)
                if (key.isIn(sent)) echo.append(key.value() + " " + key.inBase64() + " " + key.inAddress() + " ");
            script.apply(echo.toString().strip()).run(to);
        };
    }

    private static Map<String, Function<String, Script>> scripts() {
        Map<String, Function<String, Script>> all = new LinkedHashMap<>();
        all.put("status", echo -> to -> to.answer(401, error(echo), JSON, "x-request-id: " + echo));
        all.put("status, HTML", echo -> to -> to.answer(500, "<html><title>" + echo + "</title></html>"));
        all.put("status, text", echo -> to -> to.answer(403, "x".repeat(490) + echo));
        all.put("error under 200", echo -> to -> to.answer(200, error(echo), JSON));
        all.put("error event", echo -> to -> to.answer(200, "event: error\ndata: " + error(echo) + "\n\n", EVENTS));
        all.put("error event, text", echo -> to -> to.answer(200, "event: error\ndata: " + echo + "\n\n", EVENTS));
        all.put(
                "error within a stream",
                echo -> to -> to.answer(200, Answers.unfinished("a") + Answers.event(error(echo)), EVENTS));
        all.put("event that is no JSON", echo -> to -> to.answer(200, "data: {\"a\":" + echo + "\n\n", EVENTS));
        all.put("not JSON", echo -> to -> to.answer(200, "{\"a\":" + echo + "}", JSON));
        all.put("truncated", echo -> to -> to.answer(200, Answers.unfinished(echo), EVENTS));
        all.put("too short", echo -> Faults.tooShort(200, Answers.whole("It is " + echo), 5, JSON));
        all.put(
                "other server",
                echo -> to -> to.answer(307, "", "location: http://localhost:1/" + echo.replace(' ', '/')));
        all.put("no address", echo -> to -> to.answer(307, "", "location: :" + echo));
        all.put("many times", echo -> to -> to.answer(307, "", "location: /v1/" + echo.replace(' ', '/')));
        all.put("no HTTP", echo -> to -> to.raw(echo + "\r\n\r\n").close());
        all.put(
                "bad header",
                echo -> to -> to.raw("HTTP/1.1 200 OK\r\n" + echo + "\r\n\r\n").close());
        all.put(
                "bad chunk",
                echo -> to -> to.raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n" + echo + "\r\n")
                        .close());
        all.put(
                "bad length",
                echo -> to -> to.raw("HTTP/1.1 200 OK\r\ncontent-length: " + echo + "\r\n\r\n")
                        .close());
        all.put("false gzip", echo -> Faults.falseGzip(200, Answers.whole("It is " + echo), JSON));
        all.put("long header", echo -> to -> to.answer(200, "{}", "x-long: " + echo.repeat(200)));
        all.put("too large", echo -> to -> to.answer(200, echo.repeat(20_000), JSON));
        for (Fault fault : Fault.values()) {
            all.put(
                    fault + " in the answer",
                    echo -> Faults.after(200, fault, to -> to.answer(200, Answers.whole("It is " + echo), JSON)));
            all.put(fault + " at once", echo -> Faults.instead(fault));
        }
        return all;
    }

    @TestFactory
    Stream<DynamicTest> noFailureShowsAKey() {
        return scripts().entrySet().stream()
                .map(script -> DynamicTest.dynamicTest(script.getKey(), () -> {
                    try (OpenAI client = OpenAI.create(c -> impatient(keys(c)));
                            OpenAI gateway =
                                    OpenAI.create(c -> impatient(keys(c)).providers(providers(server, other)))) {
                        server.otherwise(echoing(script.getValue()));
                        look(client);
                        look(client.configuration());
                        for (Way way : Way.values()) failed(way.chat(client).result());
                        for (Way way : Way.values())
                            failed(way.chat(gateway, "one:model").result());
                        failed(client.models().list());
                        failed(client.embeddings().create("text", "model"));
                        failed(client.files().create(FileSource.of("a.txt", new byte[9]), "batch"));
                        failed(client.images().generate("A cat."));
                        failed(client.moderations().create("text"));
                    }
                    check();
                }));
    }

    @Test
    void noAnswerThatDoesNotFitShowsAKey() throws Exception {
        Map<String, Function<String, String>> messages = Map.of(
                "misfit", echo -> Answers.whole("{\"title\":\"x\",\"minutes\":\"" + echo + "\"}"),
                "misfit, no JSON", echo -> Answers.whole(echo),
                "misfit, cut", echo -> Answers.whole("x".repeat(190) + echo),
                "refused", echo -> Answers.whole(Map.of("role", "assistant", "refusal", "No, " + echo), "stop"),
                "length", echo -> Answers.whole(Map.of("role", "assistant", "content", echo), "length"),
                "filter", echo -> Answers.whole(Map.of("role", "assistant", "content", echo), "content_filter"));
        try (OpenAI client = OpenAI.create(this::keys)) {
            for (Function<String, String> answer : messages.values()) {
                server.otherwise(echoing(echo -> to -> to.answer(200, answer.apply(echo), JSON)));
                for (Way way : Way.values()) {
                    OpenAIResult result = way.chat(
                                    client, Way.QUESTION, p -> p.responseFormat("json_object", Recipe.class))
                            .result();
                    assertThat(result.errors().get(0).kind())
                            .isIn(Kind.MISFIT, Kind.REFUSED, Kind.LENGTH, Kind.CONTENT_FILTER);
                    failed(result);
                }
                var helper = client.chat()
                        .create(
                                "Cook.",
                                OpenAIChatCompletionsParameters.create().responseFormat("json_object", Recipe.class));
                failed(helper.prompt("Now."));
            }
            server.otherwise(
                    echoing(echo -> to -> to.answer(200, "{\"data\":[{\"embedding\":\"" + echo + "\"}]}", JSON)));
            OpenAIResult vectors = client.embeddings().create("text", "model");
            assertThat(vectors.errors().get(0).kind()).isEqualTo(Kind.MALFORMED);
            failed(vectors);
        }
        check();
    }

    @Test
    void noCallWithoutAnAnswerShowsAKey() throws Exception {
        ScriptedServer refusing = ScriptedServer.start();
        try (refusing;
                ScriptedServer expired = ScriptedServer.startTls(TestCertificate.EXPIRED)) {
            refusing.refuse();
            List<Function<OpenAIConfiguration, OpenAIConfiguration>> places = List.of(
                    c -> c.baseURL(refusing.baseURL()),
                    c -> c.baseURL("http://no.such.host.invalid/v1"),
                    c -> c.baseURL(expired.baseURL()),
                    c -> c.baseURL(expired.baseURL())
                            .httpAgent(HttpAgent.create(a -> a.sslContext(TestCertificate.client()))),
                    c -> c.httpAgent(HttpAgent.create(a -> a.proxy(refusing.uri("")))),
                    c -> c.maxRetries(1).baseURL(refusing.baseURL()));
            for (Function<OpenAIConfiguration, OpenAIConfiguration> place : places)
                try (OpenAI client = OpenAI.create(c -> place.apply(keys(c)))) {
                    for (Way way : Way.values()) failed(way.chat(client).result());
                    look(client);
                }
        }
        server.otherwise(Faults.instead(Fault.STALL));
        OpenAI client = OpenAI.create(this::keys);
        OpenAICall<?> cancelled = client.models().list(p -> p.async());
        server.takeRequest();
        cancelled.cancel();
        failed(Way.ended(cancelled));
        OpenAICall<?> closed = client.models().list(p -> p.async());
        server.takeRequest();
        client.close();
        failed(Way.ended(closed));
        failed(Way.ended(client.models().list(p -> p.async())));
        check();
    }

    @Test
    void neitherParametersNorASuccessNorACallbackThatThrowsShowsAKey() throws Exception {
        server.otherwise(to -> to.answer(200, Answers.whole("Fine."), JSON));
        try (OpenAI client = OpenAI.create(c -> keys(c).providers(providers(server, other)))) {
            var parameters = OpenAIChatCompletionsParameters.create()
                    .model("one:model")
                    .extraHeader("x-api-key", HEADER.value());
            look(parameters);
            look(providers(server, other));
            OpenAICall<?> call = client.chat().completions().create(Way.QUESTION, parameters.formula(result -> {
                throw new IllegalStateException("thrown by a callback");
            }));
            look(Way.ended(call));
            look(call);
            assertThat(shown).anyMatch(text -> text.contains("thrown by a callback"));
        }
        assertThat(server.takeRequest().target()).contains(QUERY.inAddress());
        check();
    }

    @Test
    void noOtherServerGetsAKeyThatIsNotItsOwn() throws Exception {
        try (OpenAI client = OpenAI.create(c -> keys(c).providers(providers(server, other)))) {
            other.otherwise(to -> to.answer(200, Answers.whole("Fine."), JSON));
            for (Function<String, Script> script : List.<Function<String, Script>>of(
                    echo -> to -> to.answer(503, error(echo), JSON, "x-should-retry: false"),
                    echo -> to -> to.answer(529, echo))) {
                server.otherwise(echoing(script));
                for (Way way : Way.values()) {
                    Way.Seen seen = way.chat(
                            client, Way.QUESTION, p -> p.model("fast").extraHeader("x-extra-key", HEADER.value()));
                    assertThat(seen.result().success()).isTrue();
                    look(seen.result());
                    look(other.takeRequest());
                }
            }
            server.otherwise(to -> to.answer(307, "", "location: " + other.uri("/v1/chat/completions")));
            for (Way way : Way.values()) failed(way.chat(client).result());
            assertThat(other.requestsWaiting()).isZero();
        }
        check();
    }

    @Test
    void noRecordingHoldsAKey(@TempDir Path folder) throws Exception {
        try (Recorder recorder = Recorder.start(server.baseURL(), folder);
                OpenAI client = OpenAI.create(c -> keys(c).baseURL(recorder.baseURL()))) {
            for (Script script : List.<Script>of(
                    to -> to.answer(200, Answers.whole("It is " + KEY.value()), JSON, "set-cookie: " + KEY.value()),
                    echoing(echo -> to -> to.answer(401, error(echo), JSON)),
                    to -> to.answer(200, Answers.stream(KEY.value() + HEADER.value()), EVENTS))) {
                server.otherwise(script);
                for (Way way : Way.values())
                    way.chat(
                            client,
                            Way.QUESTION,
                            p -> p.field("note", KEY.value()).extraHeader("x-token", HEADER.value()));
            }
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        assertThat(files).hasSize(12);
        for (Path file : files) shown.add(file.getFileName() + ": " + Files.readString(file));
        check();
    }

    private void failed(OpenAIResult result) {
        assertThat(result.success()).isFalse();
        look(result);
        Throwable thrown = catchThrowable(result::orThrow);
        shown.add(Shown.trace(thrown));
        look(thrown);
    }

    private void look(Object root) {
        shown.addAll(Shown.of(root.getClass().getSimpleName(), root));
        if (root instanceof ReceivedRequest request) shown.add(request.headers() + request.text() + request.target());
    }

    private void check() {
        List<String> all = new ArrayList<>(shown);
        all.addAll(log.messages());
        shown.clear();
        assertThat(all).isNotEmpty();
        for (Key key : ALL) {
            List<String> leaks = all.stream()
                    .filter(key::isIn)
                    .map(key::around)
                    .distinct()
                    .limit(8)
                    .toList();
            assertThat(leaks).as("%s is in", key).isEmpty();
        }
    }
}
