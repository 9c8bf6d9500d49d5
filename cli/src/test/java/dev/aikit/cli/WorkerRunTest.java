package dev.aikit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.cli.Run.Outcome;
import dev.aikit.durable.DurableStore;
import dev.aikit.durable.DurableWorker;
import dev.aikit.durable.DurableWorkerBuilder;
import dev.aikit.durable.PostgresStore;
import dev.aikit.durable.SqliteStore;
import dev.aikit.durable.proof.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code aikit worker run}, on stores that a program has left with calls to be sent. */
@ParameterizedClass
@ValueSource(strings = {"SQLite", "PostgreSQL"})
class WorkerRunTest {
    private static final String ANSWER =
            "{\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\"yes\"}}]}";
    private static final String ERROR = "{\"error\":{\"message\":\"no, said the fake\"}}";

    @Parameter
    String kind;

    @TempDir
    Path folder;

    private final BlockingQueue<String> came = new LinkedBlockingQueue<>();
    private String name;
    private DurableStore store;

    @BeforeEach
    void begin() throws Exception {
        if (kind.equals("SQLite")) {
            name = folder.resolve("calls.db").toString();
            store = SqliteStore.at(Path.of(name));
        } else {
            String url = PostgresServer.shared().createDatabase();
            name = url + "?user=" + PostgresServer.USER;
            store = PostgresStore.at(url, PostgresServer.USER, PostgresServer.PASSWORD);
        }
    }

    private Outcome worker(String command, String... more) {
        String[] arguments = ("worker " + command + " --store " + name + " " + String.join(" ", more))
                .strip()
                .split(" ");
        return new Run().with("PGPASSWORD", PostgresServer.PASSWORD).aikit(arguments);
    }

    private Outcome run(FakeServer server, String... more) {
        return worker("run --base-url " + server.baseURL(), more);
    }

    /** The program that the calls are of. */
    private DurableWorkerBuilder program(OpenAI client) {
        return DurableWorker.builder()
                .store(store)
                .client(client)
                .callback(
                        "read",
                        OpenAIChatCompletionsResult.class,
                        (call, result) ->
                                came.add(call.key() + " " + result.choice().text()));
    }

    private void leave(FakeServer server, int calls) {
        try (OpenAI client = OpenAI.create(c -> c.baseURL(server.baseURL()));
                DurableWorker worker = program(client).submitsOnly().open()) {
            for (int i = 0; i < calls; i++) {
                String key = "call-" + i;
                client.chat()
                        .completions()
                        .create(List.of(OpenAIMessage.user("Hello")), p -> p.on(worker.call(key, "read")));
            }
        }
    }

    @Test
    void callsAreSentAndTheirAnswersKeptForTheCallbacksOfTheirProgram() throws Exception {
        String address;
        try (FakeServer server = FakeServer.answering(200, "application/json", ANSWER)) {
            address = server.baseURL();
            leave(server, 3);

            Outcome outcome = run(server);

            assertThat(outcome.exitCode()).as(outcome.err()).isZero();
            assertThat(outcome.out()).isEmpty();
            assertThat(outcome.err())
                    .contains("sending the calls of ")
                    .contains("3 answered, waiting for a program with the callback \"read\"")
                    .doesNotContain(PostgresServer.PASSWORD);
            assertThat(server.requests).hasSize(3);
            assertThat(run(server, "--json").out()).isEqualTo("{\"left\":0,\"dead\":0,\"waiting\":{\"read\":3}}\n");
            assertThat(server.requests).hasSize(3);
        }
        assertThat(worker("list").out()).contains("call-0  ANSWERED  chat.completions.create");
        try (OpenAI client = OpenAI.create(c -> c.baseURL(address));
                DurableWorker worker = program(client).open()) {
            for (int i = 0; i < 3; i++)
                assertThat(came.poll(60, TimeUnit.SECONDS)).endsWith(" yes");
            assertThat(worker.awaitIdle(Duration.ofSeconds(60))).isTrue();
        }
    }

    @Test
    void aRefusedKeyStopsItBeforeAllCallsDieOfIt() throws Exception {
        try (FakeServer server = FakeServer.answering(401, "application/json", ERROR)) {
            leave(server, 300);

            Outcome outcome = run(server, "--concurrency", "1");

            assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(4);
            assertThat(outcome.err())
                    .contains("the server refuses the key: 401")
                    .contains(" are left to send")
                    .doesNotContain("WARNING");
            assertThat(worker("list", "--state", "READY", "--limit", "300")
                            .out()
                            .lines())
                    .isNotEmpty();
            assertThat(worker("redrive", "--all").exitCode()).isZero();
        }
    }

    @Test
    void callsThatDieAreSaidAndAreNoSuccess() throws Exception {
        try (FakeServer server = FakeServer.answering(400, "application/json", ERROR)) {
            leave(server, 2);

            Outcome outcome = run(server);

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.err()).contains("2 are dead: 'aikit worker dead' says why");
            assertThat(worker("dead").out().lines()).hasSize(2);
        }
    }

    @Test
    void aServerMustBeNamedForTheStoreKnowsNone() throws Exception {
        try (FakeServer server = FakeServer.answering(200, "application/json", ANSWER)) {
            leave(server, 1);
        }

        Outcome outcome = worker("run");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("no server: name the one that the calls are for");
    }
}
