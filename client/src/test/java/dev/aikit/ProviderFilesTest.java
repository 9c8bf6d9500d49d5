package dev.aikit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.testing.LogRecords;
import dev.aikit.testing.Way;
import dev.aikit.testkit.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where {@code AIProviders.json} is looked for, and in which order. */
class ProviderFilesTest {
    @TempDir
    Path folder;

    private Path work;
    private Path home;

    @BeforeEach
    void folders() throws IOException {
        work = Files.createDirectory(folder.resolve("work"));
        home = Files.createDirectory(folder.resolve("home"));
    }

    private Path write(Path file, String provider) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "{\"providers\":{\"" + provider + "\":{\"baseURL\":\"http://h/v1\"}}}");
    }

    private OpenAIProviders load(Map<String, String> environment, String os) {
        return OpenAIProviders.load(new ProviderFiles(environment, work, os));
    }

    @Test
    void theFirstOneIsTakenAndNoOther() throws IOException {
        Map<String, String> home = Map.of("HOME", this.home.toString());
        assertThat(load(home, "Linux").file()).isNull();

        Path own = write(this.home.resolve(".config/aikit/AIProviders.json"), "own");
        assertThat(load(home, "Linux").file()).isEqualTo(own);

        Path here = write(work.resolve("AIProviders.json"), "here");
        assertThat(load(home, "Linux").file()).isEqualTo(here);

        Path named = write(folder.resolve("named.json"), "named");
        Map<String, String> naming = Map.of("HOME", this.home.toString(), "AIKIT_PROVIDERS", " " + named + " ");
        assertThat(load(naming, "Linux").file()).isEqualTo(named);
        assertThat(load(naming, "Linux").list()).contains("named").doesNotContain("own", "here");

        Path explicit = write(folder.resolve("explicit.json"), "explicit");
        assertThat(OpenAIProviders.load(explicit, naming).list())
                .startsWith("explicit")
                .doesNotContain("named");
    }

    @ParameterizedTest
    @CsvSource({
        "Linux,XDG_CONFIG_HOME,aikit",
        "Linux,HOME,.config/aikit",
        "FreeBSD,HOME,.config/aikit",
        "Mac OS X,HOME,Library/Application Support/aikit",
        "Windows 11,APPDATA,aikit",
    })
    void theUsersFolderIsThatOfThePlatform(String os, String variable, String path) throws IOException {
        Path own = write(home.resolve(path).resolve("AIProviders.json"), "own");
        assertThat(load(Map.of(variable, home.toString()), os).file()).isEqualTo(own);
    }

    @Test
    void aRelativeXdgFolderDoesNotCount() throws IOException {
        write(work.resolve("conf/aikit/AIProviders.json"), "own");
        assertThat(load(Map.of("XDG_CONFIG_HOME", "conf"), "Linux").file()).isNull();
    }

    @Test
    void aFolderOfThatNameIsNoFile() throws IOException {
        Files.createDirectory(work.resolve("AIProviders.json"));
        assertThat(load(Map.of(), "Linux").file()).isNull();
    }

    @Test
    void aFileThatWasNamedMustBeThere() {
        assertThatThrownBy(() -> load(Map.of("AIKIT_PROVIDERS", "missing.json"), "Linux"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the environment variable AIKIT_PROVIDERS: there is no file " + work.resolve("missing.json"));
        assertThatThrownBy(() -> OpenAIProviders.load(folder.resolve("missing.json"), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("file: there is no file " + folder.resolve("missing.json"));
    }

    @Test
    void aRelativeNameCountsFromTheWorkingDirectory() throws IOException {
        Path named = write(work.resolve("conf/p.json"), "named");
        assertThat(load(Map.of("AIKIT_PROVIDERS", "conf/p.json"), "Linux").file())
                .isEqualTo(named);
    }

    private void here(String name, String url) throws IOException {
        Files.writeString(
                work.resolve("AIProviders.json"), "{\"providers\":{\"" + name + "\":{\"baseURL\":\"" + url + "\"}}}");
    }

    @Test
    void aFileThatMerelyLiesInTheWorkingDirectorySendsNoKnownKeyElsewhere() throws IOException {
        Map<String, String> keys = Map.of("OPENAI_API_KEY", "sk-openai", "OWN_API_KEY", "sk-own");
        here("openai", "https://elsewhere.example.com/v1");
        OpenAIProvider openai = load(keys, "Linux").get("openai");
        assertThat(openai.apiKey()).isNull();
        assertThat(openai.isUsable()).isFalse();
        assertThat(openai.destination(Map.of()).flaw())
                .contains("the key in OPENAI_API_KEY is not sent there", "AIKIT_PROVIDERS")
                .doesNotContain("sk-openai");
        assertThat(OpenAIProviders.load(work.resolve("AIProviders.json"), keys)
                        .get("openai")
                        .apiKey())
                .as("of a file that somebody named")
                .isEqualTo("sk-openai");

        here("openai", "https://api.openai.com/v1");
        assertThat(load(keys, "Linux").get("openai").apiKey()).isEqualTo("sk-openai");
        here("openai", "http://api.openai.com/v1");
        assertThat(load(keys, "Linux").get("openai").apiKey())
                .as("for all to read")
                .isNull();
        here("own", "https://elsewhere.example.com/v1");
        assertThat(load(keys, "Linux").get("own").apiKey())
                .as("a key of another product, if a file only asks by its name")
                .isNull();
        assertThat(OpenAIProviders.load(work.resolve("AIProviders.json"), keys)
                        .get("own")
                        .apiKey())
                .isEqualTo("sk-own");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stripe",
                "github",
                "openai-admin",
                "google",
                "hf",
                "HUGGINGFACE",
                "openai.",
                "azure:x",
                "mıstral"
            })
    void noNameThatAStrayFileThinksOfIsWorthAKey(String name) throws Exception {
        Map<String, String> keys = new HashMap<>();
        for (String owner :
                List.of("STRIPE", "GITHUB", "OPENAI_ADMIN", "GOOGLE", "HF", "HUGGINGFACE", "OPENAI_", "AZURE_X"))
            keys.put(owner + "_API_KEY", "sk-foreign");
        keys.put("MISTRAL_API_KEY", "sk-foreign");
        keys.put("OPENAI_API_KEY", "sk-own");
        try (ScriptedServer evil = ScriptedServer.start()) {
            Files.writeString(
                    work.resolve("AIProviders.json"),
                    "{\"providers\":{\"" + name + "\":{\"baseURL\":\"" + evil.uri("/v1")
                            + "\"}},\"models\":{\"gpt-4o-mini\":{\"provider\":\"" + name + "\",\"model\":\"x\"}}}");
            OpenAIProviders providers = load(keys, "Linux");
            try (OpenAI client = OpenAI.create(
                    OpenAIConfiguration.defaults().apiKey("sk-own").providers(providers))) {
                for (Way way : Way.values()) {
                    assertThat(way.chat(client, "gpt-4o-mini").error().message())
                            .contains("_API_KEY is not sent there", "AIKIT_PROVIDERS")
                            .doesNotContain("sk-");
                }
            }
            assertThat(evil.connections()).isZero();
        }
    }

    @Test
    void aStrayFileThatLeadsNamesOfModelsAwayIsTold() throws IOException {
        String aliases = "\"models\":{\"gpt-4o-mini\":{\"provider\":\"a\",\"model\":\"x\"},"
                + "\"near\":{\"provider\":\"b\",\"model\":\"x\"},\"known\":{\"provider\":\"groq\",\"model\":\"x\"}}";
        Path file = Files.writeString(
                work.resolve("AIProviders.json"),
                "{\"providers\":{\"a\":{\"baseURL\":\"https://away.example.com\"},\"b\":{\"baseURL\":\"http://localhost:1\"}},"
                        + aliases + "}");
        try (LogRecords log = LogRecords.of("dev.aikit")) {
            load(Map.of("AIKIT_PROVIDERS", file.toString()), "Linux");
            assertThat(log.messages()).isEmpty();
            load(Map.of(), "Linux");
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .contains(file.toString(), "{gpt-4o-mini=[away.example.com]}", "AIKIT_PROVIDERS");
        }
    }

    @Test
    void aCustomersOwnAddressIsTheOneOfTheEnvironment() throws IOException {
        here("azure", "https://theirs.openai.azure.com");
        Map<String, String> key = Map.of("AZURE_OPENAI_API_KEY", "az");
        assertThat(load(key, "Linux").get("azure").apiKey()).isNull();
        Map<String, String> ours =
                Map.of("AZURE_OPENAI_API_KEY", "az", "AZURE_OPENAI_ENDPOINT", "https://ours.openai.azure.com");
        assertThat(load(ours, "Linux").get("azure").apiKey()).isNull();
        here("azure", "https://ours.openai.azure.com/openai/v1");
        assertThat(load(ours, "Linux").get("azure").apiKey()).isEqualTo("az");
    }

    @Test
    void theKeyBesideAnAddressInTheEnvironmentBelongsToThatAddress() throws IOException {
        Map<String, String> proxied = Map.of("OPENAI_API_KEY", "sk-p", "OPENAI_BASE_URL", "http://proxy:4000/v1");
        here("openai", "https://api.openai.com/v1");
        assertThat(load(proxied, "Linux").get("openai").apiKey()).isNull();
        here("openai", "http://proxy:4000/other");
        assertThat(load(proxied, "Linux").get("openai").apiKey()).isEqualTo("sk-p");
    }
}
