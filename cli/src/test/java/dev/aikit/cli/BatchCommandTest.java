package dev.aikit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.cli.Run.Outcome;
import dev.aikit.durable.SqliteStore;
import dev.aikit.durable.batch.Batch;
import dev.aikit.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchCommandTest {
    private static final String ANSWER = "{\"choices\":[{\"message\":{\"content\":\"yes\"}}],"
            + "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":1}}";
    private static final String ERROR = "{\"error\":{\"message\":\"no, said the fake\"}}";

    @TempDir
    Path folder;

    private Path requests(int number) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < number; i++)
            lines.append("{\"custom_id\":\"q-" + i + "\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\","
                    + "\"body\":{\"model\":\"m\",\"messages\":[]}}\n");
        return Files.writeString(folder.resolve("q.jsonl"), lines);
    }

    private static Outcome run(FakeServer server, String command, Object... arguments) {
        return new Run().aikit(words(command + " --base-url " + server.baseURL(), arguments));
    }

    private static String[] words(String command, Object... arguments) {
        return String.format(command, arguments).split(" ");
    }

    @Test
    void aBatchIsRunAndItsOutputNamed() throws Exception {
        try (FakeServer server = FakeServer.answering(200, "application/json", ANSWER)) {
            Outcome outcome = run(server, "batch run %s --model other", requests(7));

            Path output = folder.resolve("q.output.jsonl");
            assertThat(outcome).isEqualTo(new Outcome(0, output + "\n", "aikit: done: 7 of 7 done, 42 tokens\n"));
            assertThat(Files.readAllLines(output)).hasSize(7);
            assertThat(Json.parse(server.requests.take().body()).get("model").asText())
                    .isEqualTo("other");
            Outcome status =
                    new Run().aikit("batch", "status", folder.resolve("q.jsonl").toString());
            assertThat(status.out())
                    .startsWith("done: 7 of 7 done, 42 tokens\n")
                    .contains("results: " + output);
        }
    }

    @Test
    void aBarIsDrawnWhereSomebodyLooksAndNowhereElse() throws Exception {
        try (FakeServer server = FakeServer.answering(200, "application/json", ANSWER)) {
            Outcome outcome = new Run()
                    .screens("012")
                    .aikit(words("batch run %s --concurrency 1 --base-url %s", requests(400), server.baseURL()));

            assertThat(outcome.exitCode()).isZero();
            assertThat(outcome.err())
                    .contains("\r[")
                    .contains(" of 400")
                    .contains("/s")
                    .contains(" tokens");
            assertThat(outcome.err().split("\r")).allMatch(line -> line.lines().allMatch(l -> l.length() <= 80));
            assertThat(outcome.err()).endsWith("\naikit: done: 400 of 400 done, 2,400 tokens\n");
        }
    }

    @Test
    void aTemplateIsFilledFromCSV() throws Exception {
        Path rows = Files.writeString(folder.resolve("people.csv"), "name,age\nAnn,7\n");
        Path template = Files.writeString(folder.resolve("t.txt"), "Greet {{name}}, {{age}}.");
        try (FakeServer server = FakeServer.answering(200, "application/json", ANSWER)) {
            Outcome outcome = run(server, "batch run %s --template %s --model m --id name", rows, template);

            assertThat(outcome.exitCode()).isZero();
            assertThat(server.requests.take().body()).contains("Greet Ann, 7.");
            assertThat(folder.resolve("people.output.jsonl")).content().contains("\"custom_id\":\"Ann\"");
        }
    }

    @Test
    void failuresAreNamedAndSentOnceMoreOnDemand() throws Exception {
        Path input = requests(3);
        try (FakeServer server = FakeServer.answering(400, "application/json", ERROR)) {
            Outcome outcome = run(server, "batch run %s", input);

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.err())
                    .contains("done: 0 of 3 done, 3 failed")
                    .contains("failures are in " + folder.resolve("q.errors.jsonl"))
                    .contains("aikit batch retry-dead " + input)
                    .doesNotContain("WARNING");
        }
        try (FakeServer server = FakeServer.answering(200, "application/json", ANSWER)) {
            Outcome outcome = run(server, "batch retry-dead %s", input);

            assertThat(outcome.exitCode()).isZero();
            assertThat(outcome.err())
                    .isEqualTo("aikit: 3 that had failed are sent again\n" + "aikit: done: 3 of 3 done, 18 tokens\n");
            assertThat(folder.resolve("q.errors.jsonl")).doesNotExist();
        }
    }

    @Test
    void aRefusedKeyPausesTheBatch() throws Exception {
        try (FakeServer server = FakeServer.answering(401, "application/json", ERROR)) {
            Outcome outcome = run(server, "batch run %s --json", requests(3));

            assertThat(outcome.exitCode()).isEqualTo(4);
            assertThat(Json.parse(outcome.out()).get("state").asText()).isEqualTo("paused");
            assertThat(outcome.err()).contains("refuses the key").contains("retry-dead");
        }
    }

    @Test
    void aBatchGoesOnWhereItWasBegunUnlessToldOtherwise() throws Exception {
        Path input = requests(3);
        String before;
        try (FakeServer server = FakeServer.answering(401, "application/json", ERROR)) {
            before = server.baseURL();
            assertThat(new Run()
                            .with("OPENAI_BASE_URL", before)
                            .aikit("batch", "run", input.toString())
                            .exitCode())
                    .isEqualTo(4);
        }

        Outcome outcome =
                new Run().with("OPENAI_BASE_URL", "http://127.0.0.1:9/v1").aikit("batch", "resume", "" + input);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("was begun at " + before).contains("http://127.0.0.1:9/v1");
    }

    @Test
    void aLimitIsHeldAndKeptForTheNextTime() throws Exception {
        Path input = requests(3);
        try (FakeServer server = FakeServer.answering(401, "application/json", ERROR)) {
            run(server, "batch run %s --requests-per-minute 600 --tokens-per-minute 100000 --concurrency 1", input);
        }
        Json remark = Batch.status(SqliteStore.at(folder.resolve("q.batch.db"))).remark();
        assertThat(remark.get("requests_per_minute").asInt(0)).isEqualTo(600);
        assertThat(remark.get("tokens_per_minute").asInt(0)).isEqualTo(100_000);

        try (FakeServer server = FakeServer.answering(200, "application/json", ANSWER)) {
            assertThat(run(server, "batch retry-dead %s", input).exitCode()).isZero();
        }

        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("q.batch.db"));
                var statement = connection.createStatement();
                var used =
                        statement.executeQuery("SELECT count(*) FROM aikit_rate WHERE requests > 0 AND tokens > 0")) {
            assertThat(used.getInt(1)).isEqualTo(2); // of each address that it was sent to
        }
    }

    @Test
    void aBatchIsCancelled() throws Exception {
        Path input = requests(3);
        try (FakeServer server = FakeServer.answering(401, "application/json", ERROR)) {
            run(server, "batch run %s --concurrency 1", input);
        }

        Outcome outcome = new Run().aikit("batch", "cancel", "" + input);

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).contains("cancelled: 0 of 3 done, 3 failed");
        assertThat(Files.readAllLines(folder.resolve("q.errors.jsonl"))).hasSize(3);
        Json status = Json.parse(
                new Run().aikit("batch", "status", "--json", "" + input).out());
        assertThat(status.get("state").asText()).isEqualTo("cancelled");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            batch run F/bad.jsonl                              | line 1: custom_id
            batch run F/no.jsonl                               | there is no file
            batch run F                                        | is a folder
            batch run F/bad.jsonl --id x                       | mean nothing without --template
            batch run F/bad.jsonl --template F/no.txt          | there is no file
            batch run F/bad.jsonl --concurrency 0              | --concurrency: 1 to 10000 expected, not 0
            batch run F/bad.jsonl --requests-per-minute 0      | --requests-per-minute: 1 or more expected, not 0
            batch run F/bad.jsonl --via-provider --tokens-per-minute 9 | mean nothing with --via-provider
            batch run F/bad.jsonl --retries -1                 | --retries: 0 or more expected, not -1
            batch status F/bad.jsonl                           | there is no batch of
            batch resume F/bad.jsonl                           | 'aikit batch run' begins one
            batch status F/bad.jsonl --base-url http://x/v1    | asks no server
            worker list                                        | --store is missing
            worker list --store F/no.db                        | there is no file
            worker list --store F/no.db --base-url http://x/v1 | asks no server
            worker list --store F/no.db --state SLEEPING       | READY
            worker redrive --store F/no.db                     | either keys or --all expected
            """)
    void aMistakeIsNamedAndIsExitCode2(String command, String told) throws Exception {
        Files.writeString(folder.resolve("bad.jsonl"), "{\"url\":\"/v1/embeddings\",\"body\":{}}\n");

        Outcome outcome = new Run()
                .with("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
                .aikit(command.strip().replace("F", folder.toString()).split(" "));

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains(told).contains("--help").doesNotContain("\tat ");
    }

    @Test
    void theCallsOfAStoreAreListedShownRedrivenAndCancelled() throws Exception {
        try (FakeServer server = FakeServer.answering(400, "application/json", ERROR)) {
            run(server, "batch run %s", requests(2));
        }
        String store = folder.resolve("q.batch.db").toString();

        Outcome dead = new Run().aikit("worker", "dead", "--store", store);
        assertThat(dead.out().lines())
                .hasSize(2)
                .allMatch(line -> line.matches("q-\\d  DEAD  chat.completions.create  400 Text: .*fake.*"));
        Outcome show = new Run().aikit("worker", "show", "--store", store, "q-0");
        assertThat(show.out()).contains("state").contains("DEAD").contains("no, said the fake");
        assertThat(Json.parse(new Run()
                                .aikit("worker", "show", "--json", "--store", store, "q-0")
                                .out())
                        .get("status")
                        .asInt(0))
                .isEqualTo(400);
        assertThat(new Run().aikit("worker", "show", "--store", store, "q-9").err())
                .contains("there is no call q-9");
        assertThat(new Run().aikit("worker", "redrive", "--store", store, "--all"))
                .isEqualTo(new Outcome(0, "", "aikit: 2 redriven\n"));
        assertThat(new Run().aikit("worker", "redrive", "--store", store, "q-0").exitCode())
                .isEqualTo(1);
        assertThat(new Run()
                        .aikit("worker", "list", "--store", store, "--state", "READY")
                        .out()
                        .lines())
                .hasSize(2);
        assertThat(new Run().aikit("worker", "cancel", "--store", store, "q-0"))
                .isEqualTo(new Outcome(0, "", "aikit: 1 cancelled\n"));
        assertThat(new Run().aikit("worker", "list", "--store", store).err()).isEqualTo("aikit: READY 1, DEAD 1\n");
    }
}
