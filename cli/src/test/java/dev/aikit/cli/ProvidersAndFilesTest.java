package dev.aikit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.cli.Run.Outcome;
import dev.aikit.json.Json;
import dev.aikit.local.LocalServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code aikit providers}, {@code --provider}, and {@code aikit files} against the real local server. */
class ProvidersAndFilesTest {
    private static final String KEY = "sk-secret-0123456789";

    @TempDir
    private Path folder;

    private Run withProviders(String address) throws Exception {
        Path file = Files.writeString(
                folder.resolve("AIProviders.json"),
                "{\"providers\":{\"here\":{\"baseURL\":\"" + address + "\",\"apiKey\":\"" + KEY + "\"}},"
                        + "\"models\":{\"guide\":{\"provider\":\"here\",\"model\":\"aikit-guide\"}}}");
        return new Run().with("AIKIT_PROVIDERS", file.toString());
    }

    @Test
    void providersAndAliasesAreListedWithoutTheirKeys() throws Exception {
        Outcome outcome = withProviders("http://127.0.0.1:9/v1")
                .with("MISTRAL_API_KEY", KEY)
                .aikit("providers");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .contains("here  http://127.0.0.1:9/v1  (with a key)", "guide = here:aikit-guide")
                .containsPattern("mistral  https://[^ ]+  \\(with a key\\)")
                .containsPattern("ollama  http://[^ ]+  \\(needs no key\\)");
        assertThat(outcome.out() + outcome.err()).doesNotContain(KEY);
        assertThat(outcome.err()).contains("AIProviders.json");
    }

    @Test
    void aKeyThatIsMissingIsToldFromOneThatIsNotNeeded() throws Exception {
        Path file = Files.writeString(folder.resolve("AIProviders.json"), """
                        {"providers": {"gw": {"baseURL": "https://ai.example.com/v1"}, "groq": {}},
                         "models": {"fast": {"provider": "mistral", "model": "small"}}}""");
        Outcome outcome = new Run().with("AIKIT_PROVIDERS", file.toString()).aikit("providers");

        assertThat(outcome.out())
                .contains(
                        "gw  https://ai.example.com/v1  (no key found)",
                        "mistral  https://api.mistral.ai/v1  (no key found)",
                        "groq  https://api.groq.com/openai/v1  (no key found)")
                .containsPattern("lmstudio  http://[^ ]+  \\(needs no key\\)");
    }

    @Test
    void aRefusedKeyIsThatOfTheProvider() throws Exception {
        try (FakeServer server = FakeServer.answering(401, "application/json", "{\"error\":{\"message\":\"no\"}}")) {
            Run run = withProviders(server.baseURL());

            for (String[] command : new String[][] {
                {"chat", "--provider", "here", "Hi"}, {"chat", "-m", "here:x", "Hi"}, {"chat", "-m", "guide", "Hi"}
            }) {
                Outcome outcome = run.aikit(command);

                assertThat(outcome.exitCode()).isEqualTo(4);
                assertThat(outcome.err())
                        .contains("the key of the provider here")
                        .doesNotContain("OPENAI_API_KEY");
            }
        }
    }

    @Test
    void anIdThatIsUnknownLeadsToTheList() throws Exception {
        try (LocalServer server = LocalServer.builder().start()) {
            String url = server.baseURL().toString();
            Outcome save = new Run()
                    .aikit("files", "save", "file-none", folder.resolve("x").toString(), "--base-url", url);
            Outcome delete = new Run().aikit("files", "delete", "file-none", "--base-url", url);

            assertThat(save.err() + delete.err()).doesNotContain("'aikit models'");
            assertThat(save.err()).contains("'aikit files list'");
            assertThat(delete.err()).contains("'aikit files list'");
        }
    }

    @Test
    void asJsonThereIsOneObject() throws Exception {
        Json json = Json.parse(withProviders("http://127.0.0.1:9/v1")
                .aikit("providers", "--json")
                .out());

        assertThat(json.get("providers").get(0).get("name").asText()).isEqualTo("here");
        assertThat(json.get("providers").get(0).get("usable").asBoolean(false)).isTrue();
        assertThat(json.get("aliases").get(0).get("models").get(0).asText()).isEqualTo("here:aikit-guide");
        assertThat(json.toString()).doesNotContain(KEY);
    }

    @Test
    void aModelOfAProviderNeedsNoOtherServer() throws Exception {
        try (LocalServer server = LocalServer.builder().start()) {
            Run run = withProviders(server.baseURL().toString());
            String question = "What is a worker?";

            Outcome byName = run.aikit("chat", "--model", "here:aikit-guide", question);
            Outcome byAlias = run.aikit("chat", "--model", "guide", question);
            Outcome byOption = run.aikit("chat", "--provider", "here", "--model", "aikit-guide", question);

            assertThat(byName.err()).isEmpty();
            assertThat(byName.out()).isNotEmpty().isEqualTo(byAlias.out()).isEqualTo(byOption.out());
            assertThat(run.aikit("models", "--provider", "here").out()).contains("aikit-guide");
        }
    }

    @Test
    void anUnknownProviderIsNamedWithThoseThatAreKnown() throws Exception {
        Outcome outcome = withProviders("http://127.0.0.1:9/v1").aikit("models", "--provider", "nobody");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("nobody", "here");
    }

    @Test
    void filesAreUploadedListedSavedAndDeleted() throws Exception {
        Path letter = Files.writeString(folder.resolve("letter.txt"), "To whom it may concern.");
        Path saved = folder.resolve("saved.txt");
        try (LocalServer server = LocalServer.builder().start()) {
            String url = server.baseURL().toString();
            Outcome upload = new Run().aikit("files", "upload", letter.toString(), "--base-url", url);
            String id = upload.out().strip();
            Outcome list = new Run().aikit("files", "list", "--base-url", url);
            Outcome save = new Run().aikit("files", "save", id, saved.toString(), "--base-url", url);
            Outcome again = new Run().aikit("files", "save", id, saved.toString(), "--base-url", url);
            Outcome delete = new Run().aikit("files", "delete", id, "--base-url", url);

            assertThat(upload).isEqualTo(new Outcome(0, id + "\n", ""));
            assertThat(list.out()).isEqualTo(id + "  23  user_data  letter.txt\n");
            assertThat(save).isEqualTo(new Outcome(0, "", ""));
            assertThat(saved).hasSameBinaryContentAs(letter);
            assertThat(again.exitCode()).isEqualTo(2);
            assertThat(again.err()).contains("--force");
            assertThat(delete.exitCode()).isZero();
            assertThat(new Run().aikit("files", "list", "--base-url", url).out())
                    .isEmpty();
        }
    }

    @Test
    void withoutAServerNothingIsKept() {
        Outcome outcome = new Run().aikit("files", "list");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("aikit serve --files DIR");
    }
}
