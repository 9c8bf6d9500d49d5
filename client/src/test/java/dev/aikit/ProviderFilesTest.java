package dev.aikit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                .contains("OPENAI_API_KEY belongs to openai", "AIKIT_PROVIDERS")
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
        assertThat(load(keys, "Linux").get("own").apiKey()).isEqualTo("sk-own");
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
