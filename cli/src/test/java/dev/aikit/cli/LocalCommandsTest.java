package dev.aikit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.cli.Run.Outcome;
import dev.aikit.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Without a key and a base URL: answers come from the real local models. */
class LocalCommandsTest {
    @Test
    void modelsAreListedOneOnEachLine() {
        Outcome outcome = new Run().aikit("models");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().lines()).contains("aikit-guide", "all-minilm-l6-v2");
    }

    @Test
    void oneLineOnStandardErrorTellsWhoAnswers() {
        Outcome outcome = new Run().aikit("chat", "Hello");

        assertThat(outcome.err())
                .matches("aikit: no key and no base URL: answering from the local model aikit-guide"
                        + " at http://127\\.0\\.0\\.1:\\d+/v1\n");
    }

    @Test
    void theStreamedAnswerIsTheSameAsTheWholeOne() {
        Outcome streamed = new Run().aikit("chat", "How do I cancel a call?");
        Outcome whole = new Run().aikit("chat", "--no-stream", "How do I cancel a call?");

        assertThat(streamed.exitCode()).isZero();
        assertThat(streamed.out()).contains("cancel").isEqualTo(whole.out());
    }

    @Test
    void theQuestionIsReadFromStandardInput() {
        String asked = new Run().aikit("chat", "What is a worker?").out();

        assertThat(new Run().typing("What is a worker?\n").aikit("chat", "-").out())
                .isEqualTo(asked);
        assertThat(new Run().typing("What is a worker?\n").aikit("chat").out()).isEqualTo(asked);
        assertThat(new Run().aikit("chat", "What", "is", "a", "worker?").out()).isEqualTo(asked);
    }

    @Test
    void embeddingsAreOneArrayForEachText() {
        Outcome outcome = new Run().aikit("embed", "a small red car", "a little crimson automobile");

        List<String> lines = outcome.out().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines)
                .allSatisfy(line -> assertThat(Json.parse(line).items()).hasSize(384));
        assertThat(lines.get(0)).isNotEqualTo(lines.get(1));
    }

    @Test
    void jsonOfEachCommandIsJson() {
        Json models = Json.parse(new Run().aikit("models", "--json").out());
        assertThat(models.get("data").items())
                .anySatisfy(model -> assertThat(model.get("id").asText()).isEqualTo("aikit-guide"));

        Json answer = Json.parse(
                new Run().aikit("--json", "chat", "--no-stream", "Hello").out());
        assertThat(answer.get("choices").get(0).get("message").get("content").asText())
                .isNotEmpty();

        Json vectors = Json.parse(new Run().aikit("embed", "--json", "car").out());
        assertThat(vectors.get("data").get(0).get("embedding").items()).hasSize(384);
    }

    @Test
    void jsonOfAStreamIsAChunkOnEachLine() {
        Outcome outcome = new Run().aikit("chat", "--json", "What is a worker?");

        List<Json> chunks = outcome.out().lines().map(Json::parse).toList();
        assertThat(chunks).hasSizeGreaterThan(2);
        StringBuilder text = new StringBuilder();
        chunks.forEach(chunk -> text.append(
                chunk.get("choices").get(0).get("delta").get("content").asText()));
        assertThat(text + "\n")
                .isEqualTo(new Run().aikit("chat", "What is a worker?").out());
    }

    @Test
    void theNumberOfTokensIsLimited() {
        Outcome outcome = new Run().aikit("chat", "--max-tokens", "5", "How do I cancel a call?");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().length()).isLessThan(60);
        assertThat(outcome.err()).contains("reached the most tokens");
    }

    @Test
    void theDemoShowsThreeCalls() {
        Outcome outcome = new Run().aikit("demo");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .contains("It is not a large language model")
                .contains("   aikit-guide\n")
                .contains("   asked, not waiting")
                .contains("   the answer arrived (thread aikit-callback-")
                .contains("streamed piece by piece")
                .contains("   the end: stop");
        assertThat(outcome.out().lines().count()).isLessThan(40);
    }

    @Test
    void whatLocalModelsCannotDoIsSaidPlainly() {
        Outcome outcome = new Run().aikit("moderate", "Hello");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("[501]", "aikit doctor").doesNotContain("try again");
    }
}
