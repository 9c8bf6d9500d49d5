package dev.aikit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.cli.Run.Outcome;
import dev.aikit.durable.proof.PostgresServer;
import dev.aikit.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands on a store in a real PostgreSQL server, named by its address. */
class PostgresStoreNameTest {
    private static final String ANSWER = "{\"choices\":[{\"message\":{\"content\":\"yes\"}}]}";
    private static final String ERROR = "{\"error\":{\"message\":\"no, said the fake\"}}";

    @TempDir
    Path folder;

    private String store;

    @BeforeEach
    void begin() throws Exception {
        store = PostgresServer.shared().createDatabase() + "?connectTimeout=20&user=" + PostgresServer.USER;
    }

    private static Outcome aikit(String... arguments) {
        return new Run().with("PGPASSWORD", PostgresServer.PASSWORD).aikit(arguments);
    }

    private Path requests(int number) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < number; i++)
            lines.append("{\"custom_id\":\"q-" + i + "\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\","
                    + "\"body\":{\"model\":\"m\",\"messages\":[]}}\n");
        return Files.writeString(folder.resolve("q.jsonl"), lines);
    }

    @Test
    void aBatchIsRunLookedAfterAndGoneOnWithByTheAddressOfItsStore() throws Exception {
        Path output = folder.resolve("q.output.jsonl");
        try (FakeServer server = FakeServer.answering(400, "application/json", ERROR)) {
            Outcome outcome = aikit("batch", "run", "" + requests(3), "--store", store, "--base-url", server.baseURL());

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.err())
                    .contains("'aikit batch retry-dead " + store + "'")
                    .doesNotContain(PostgresServer.PASSWORD);
        }
        assertThat(folder.resolve("q.batch.db")).doesNotExist();
        assertThat(aikit("worker", "dead", "--store", store).out().lines()).hasSize(3);
        assertThat(aikit("worker", "show", "--store", store, "q-1").out()).contains("no, said the fake");
        try (FakeServer server = FakeServer.answering(200, "application/json", ANSWER)) {
            Outcome outcome = aikit("batch", "retry-dead", store, "--base-url", server.baseURL());

            assertThat(outcome.exitCode()).as(outcome.err()).isZero();
            assertThat(Files.readAllLines(output)).hasSize(3);
        }
        Json status = Json.parse(aikit("batch", "status", "--json", store).out());
        assertThat(status.get("state").asText()).isEqualTo("done");
        assertThat(aikit("batch", "cancel", store).err()).contains("the batch is done");
    }

    @Test
    void aWrongPasswordIsSaidAndNotShown() {
        Outcome outcome = new Run()
                .with("PGPASSWORD", "not-the-password")
                .with("PGUSER", PostgresServer.USER)
                .aikit("worker", "list", "--store", store.replaceFirst("&user=.*", ""));

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("authentication failed").doesNotContain("not-the-password");
    }

    @Test
    void withoutAPasswordTheDriversPasswordFileIsAsked() throws Exception {
        Path file = Files.writeString(
                folder.resolve("pgpass"),
                "127.0.0.1:*:*:" + PostgresServer.USER + ":" + PostgresServer.PASSWORD + "\n");
        file.toFile().setReadable(false, false);
        file.toFile().setReadable(true, true);
        String before = System.setProperty("org.postgresql.pgpassfile", file.toString());
        try {
            Outcome outcome = new Run().aikit("worker", "list", "--store", store);

            assertThat(outcome).isEqualTo(new Outcome(0, "", "aikit: there are no calls\n"));
        } finally {
            if (before == null) System.clearProperty("org.postgresql.pgpassfile");
            else System.setProperty("org.postgresql.pgpassfile", before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://host/db?user=me&password=hunter2",
                "jdbc:postgresql://me:hunter2@host/db",
                "jdbc:mysql://me:hunter2@host/db"
            })
    void anAddressThatCannotBeUsedIsWrongUsageAndNotShown(String address) {
        for (String[] command : new String[][] {
            {"worker", "list", "--store", address},
            {"worker", "run", "--store", address},
            {"batch", "status", address},
            {"batch", "resume", address}
        }) {
            Outcome outcome = new Run().aikit(command);

            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.err()).contains("address").doesNotContain("hunter2");
        }
    }
}
