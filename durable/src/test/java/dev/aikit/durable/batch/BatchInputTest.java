package dev.aikit.durable.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchInputTest {
    @TempDir
    Path folder;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static List<BatchRequest> all(BatchInput input) throws IOException {
        InputCheck.of(input);
        List<BatchRequest> all = new ArrayList<>();
        try (Requests requests = input.open()) {
            for (BatchRequest next = requests.next(); next != null; next = requests.next()) all.add(next);
        }
        return all;
    }

    private static String prompt(BatchRequest request) {
        return request.body().get("messages").get(0).get("content").asText();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            {"custom_id":                                             | JSON expected
            [1]                                                       | a JSON object, {…}, expected
            {"url":"/v1/embeddings","body":{}}                        | custom_id: a text expected, and there is none
            {"custom_id":7,"url":"/v1/embeddings","body":{}}          | custom_id: a text expected, not 7
            {"custom_id":"x","method":"GET","url":"/v1/embeddings","body":{}} | method: "POST" expected, not "GET"
            {"custom_id":"x","url":"/v1/nonsense","body":{}}          | url: one of /v1/chat/completions
            {"custom_id":"x","url":"/v1/embeddings"}                  | body: a JSON object
            {"custom_id":"x","url":"/v1/responses","body":{"stream":true}} | "stream" must not be true
            {"custom_id":"a","url":"/v1/embeddings","body":{}}        | "a" stands in line 1 already
            """)
    void aBadLineIsNamedWithItsNumber(String line, String told) throws Exception {
        Path file = file("in.jsonl", BatchBench.line("a") + "\n\n" + line + "\n");

        assertThatThrownBy(() -> InputCheck.of(BatchInput.requests(file)))
                .isInstanceOf(BatchInputException.class)
                .hasMessageStartingWith("line 3: ")
                .hasMessageContaining(told);
    }

    @Test
    void nothingIsSentOfAnInputWithABadLine() throws Exception {
        try (BatchBench bench = new BatchBench(folder)) {
            Files.writeString(bench.input, BatchBench.line("a") + "\nnonsense\n");

            assertThatThrownBy(() -> bench.builder().build().run()).hasMessageStartingWith("line 2: ");

            assertThat(bench.server.requests()).isZero();
            assertThat(bench.output).doesNotExist();
        }
    }

    @Test
    void bytesThatAreNoTextAreNamed() throws Exception {
        Path file = folder.resolve("in.jsonl");
        Files.write(file, (BatchBench.line("a") + "\n\u00e9").getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> InputCheck.of(BatchInput.requests(file))).hasMessage("line 2: text in UTF-8 expected");
    }

    @Test
    void anEmptyInputIsAMistake() throws Exception {
        Path file = file("in.jsonl", "\n\n");

        assertThatThrownBy(() -> InputCheck.of(BatchInput.requests(file))).hasMessageContaining("the file has none");
    }

    @Test
    void aByteOrderMarkAndWindowsLineEndsAreNoMatter() throws Exception {
        Path file = file("in.jsonl", "\uFEFF" + BatchBench.line("a") + "\r\n" + BatchBench.line("b"));

        assertThat(all(BatchInput.requests(file)))
                .extracting(BatchRequest::customId)
                .containsExactly("a", "b");
    }

    @Test
    void theModelTakesThePlaceOfTheOneInEachLine() throws Exception {
        Path file = file("in.jsonl", BatchBench.line("a"));

        BatchRequest request = all(BatchInput.requests(file).model("other")).get(0);

        assertThat(request.body().get("model").asText()).isEqualTo("other");
        assertThat(request.body().get("user").asText()).isEqualTo("a");
    }

    @Test
    void aTemplateIsFilledWithEachRowOfACSVFile() throws Exception {
        Path file = file("in.csv", "\uFEFFname,text\nAnn,\"says \"\"hi\"\",\nand {{name}}\"\nBob,$1\n");

        List<BatchRequest> all =
                all(BatchInput.rows(file, "{{name}}: {{ text }}").model("m"));

        assertThat(all).extracting(BatchRequest::customId).containsExactly("row-1", "row-2");
        assertThat(all)
                .extracting(BatchInputTest::prompt)
                .containsExactly("Ann: says \"hi\",\nand {{name}}", "Bob: $1");
        assertThat(all).extracting(BatchRequest::line).containsExactly(2L, 4L);
        assertThat(all.get(0).body().get("model").asText()).isEqualTo("m");
    }

    @Test
    void aTemplateInJSONIsAWholeBody() throws Exception {
        Path file = file("in.jsonl", "{\"id\":\"k1\",\"text\":\"a \\\"quote\\\"\",\"n\":3}\n");
        String template = "{\"model\":\"e\",\"input\":[\"{{text}}\",\"{{n}}\"],\"dimensions\":4}";

        BatchRequest request = all(BatchInput.rows(file, template)
                        .url("/v1/embeddings")
                        .idColumn("id"))
                .get(0);

        assertThat(request.customId()).isEqualTo("k1");
        assertThat(request.path()).isEqualTo("/embeddings");
        assertThat(request.body())
                .isEqualTo(Json.parse("{\"model\":\"e\",\"input\":[\"a \\\"quote\\\"\",\"3\"],\"dimensions\":4}"));
    }

    @Test
    void aColumnThatIsMissingIsNamed() throws Exception {
        Path csv = file("in.csv", "name,text\nAnn,hi\n");
        Path json = file("in.jsonl", "{\"name\":\"Ann\"}\n{\"text\":\"hi\"}\n");

        assertThatThrownBy(() -> InputCheck.of(BatchInput.rows(csv, "{{nmae}}").model("m")))
                .hasMessage("line 2: a column \"nmae\" expected for {{nmae}} in the template; there are name, text");
        assertThatThrownBy(() -> InputCheck.of(BatchInput.rows(json, "{{name}}").model("m")))
                .hasMessageStartingWith("line 2: a column \"name\" expected");
        assertThatThrownBy(() -> InputCheck.of(
                        BatchInput.rows(csv, "{{name}}").model("m").idColumn("id")))
                .hasMessageContaining("\"id\" expected for the custom_id");
    }

    @Test
    void aRowWithAnotherNumberOfFieldsIsNamed() throws Exception {
        Path csv = file("in.csv", "name,text\nAnn,hi\nBob\n");

        assertThatThrownBy(() -> InputCheck.of(BatchInput.rows(csv, "{{name}}").model("m")))
                .hasMessage("line 3: 2 fields expected, as in line 1, not 1");
    }

    @Test
    void twoRowsWithOneIdAreNamed() throws Exception {
        Path csv = file("in.csv", "id,text\nx,1\ny,2\nx,3\n");

        assertThatThrownBy(() -> InputCheck.of(
                        BatchInput.rows(csv, "{{text}}").model("m").idColumn("id")))
                .hasMessage("line 4: another custom_id expected, \"x\" stands in line 2 already");
    }

    @Test
    void aTemplateWithoutAPlaceOrAModelIsAMistake() throws Exception {
        Path csv = file("in.csv", "name\nAnn\n");

        assertThatThrownBy(() -> BatchInput.rows(csv, "Hello {name}")).hasMessageContaining("{{name}}");
        assertThatThrownBy(() -> InputCheck.of(BatchInput.rows(csv, "Hello {{name}}")))
                .hasMessageContaining("model: one expected");
    }

    @Test
    void aMillionIdsAreKnownApartInLittleMemory() {
        Hashes seen = new Hashes();
        int added = 0;
        int again = 0;
        for (int i = 0; i < 1_000_000; i++) if (seen.add(Hashes.of("request-" + i))) added++;
        for (int i = 0; i < 1_000_000; i++) if (seen.add(Hashes.of("request-" + i))) again++;
        assertThat(added).isEqualTo(1_000_000);
        assertThat(again).isZero();
    }

    @Test
    void settingsSurviveTheirStoring() throws Exception {
        BatchInput input = BatchInput.rows(file("in.csv", "a,b\n1,2\n"), "{{a}}")
                .model("m")
                .idColumn("b");

        assertThat(BatchInput.of(Json.parse(input.json().toString()))).isEqualTo(input);
    }
}
