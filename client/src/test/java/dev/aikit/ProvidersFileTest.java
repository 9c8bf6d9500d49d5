package dev.aikit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands in an {@code AIProviders.json}: the kit's form, what is added to it, and mistakes. */
class ProvidersFileTest {
    @TempDir
    Path folder;

    private OpenAIProviders load(String text, Map<String, String> environment) throws IOException {
        return OpenAIProviders.load(Files.writeString(folder.resolve("AIProviders.json"), text), environment);
    }

    @Test
    void aFileOfTheKitWorksAsItIs() throws IOException {
        OpenAIProviders providers =
                load("""
                {
                  "providers": {
                    "openai": {"baseURL": "https://api.openai.com/v1"},
                    "team-a": {"baseURL": "https://api.openai.com/v1/", "organization": "org-a", "project": "proj-a"},
                    "anthropic": {"baseURL": "https://api.anthropic.com/v1", "apiKey": ""},
                    "azure": {"baseURL": "https://your-resource.openai.azure.com", "apiKey": "az-key"},
                    "local": {"baseURL": "http://localhost:11434/v1"},
                    "with:colon": {"baseURL": "http://localhost:1/v1", "apiKey": "c-key"}
                  },
                  "models": {
                    "my-gpt": {"provider": "openai", "model": "gpt-5.1"},
                    "my-claude": {"provider": "anthropic", "model": "claude-3-5-sonnet"},
                    "colon": {"provider": "with%3Acolon", "model": "m"},
                    "another-gpt": {"provider": "openai", "model": "gpt-5.1-mini"}
                  }
                }
                """, Map.of("OPENAI_API_KEY", "sk-o", "ANTHROPIC_API_KEY", "sk-a", "TEAM_A_API_KEY", "sk-t"));

        assertThat(providers.list())
                .startsWith("openai", "team-a", "anthropic", "azure", "local", "with:colon", "ollama");
        OpenAIProvider openai = providers.get("openai");
        assertThat(openai.name()).isEqualTo("openai");
        assertThat(openai.apiKey()).isEqualTo("sk-o");
        assertThat(openai.modelAliases()).extracting(OpenAIModelAlias::name).containsExactly("another-gpt", "my-gpt");
        OpenAIProvider team = providers.get("team-a");
        assertThat(team.baseURL()).hasToString("https://api.openai.com/v1");
        assertThat(team.apiKey()).isEqualTo("sk-t");
        assertThat(team.organization()).isEqualTo("org-a");
        assertThat(team.project()).isEqualTo("proj-a");
        assertThat(providers.get("anthropic").apiKey()).isEqualTo("sk-a");
        assertThat(providers.get("azure").baseURL()).hasToString("https://your-resource.openai.azure.com/openai/v1");
        assertThat(providers.get("local").apiKey()).isNull();
        assertThat(providers.get("with:colon").apiKey()).isEqualTo("c-key");
        assertThat(providers.get("nobody")).isNull();
        assertThat(providers.modelAliases())
                .containsExactly(
                        new OpenAIModelAlias("another-gpt", "openai", "gpt-5.1-mini", List.of()),
                        new OpenAIModelAlias("colon", "with:colon", "m", List.of()),
                        new OpenAIModelAlias("my-claude", "anthropic", "claude-3-5-sonnet", List.of()),
                        new OpenAIModelAlias("my-gpt", "openai", "gpt-5.1", List.of()));
    }

    @Test
    void theKitsNameOfAKeysVariableIsReadAsWell() throws IOException {
        OpenAIProviders providers =
                load("{\"providers\":{\"team-a\":{\"baseURL\":\"http://h\"}}}", Map.of("TEAM-A_API_KEY", "sk-t"));
        assertThat(providers.get("team-a").apiKey()).isEqualTo("sk-t");
    }

    @Test
    void whatIsAddedToTheKitsForm() throws IOException {
        OpenAIProviders providers = load("""
                {
                  "providers": {
                    "mistral": {"apiKey": "sk-m", "unknown": {"to": "us"}},
                    "gateway": {
                      "baseURL": "https://apim.example.com/openai?a=b",
                      "apiKey": "sk-g",
                      "keyHeaders": ["api-key", "Authorization"],
                      "headers": {"X-Team": "7"},
                      "query": {"api-version": "2024-10-21", "b c": "d&e"}
                    }
                  },
                  "models": {"fast": {"provider": "gateway", "model": "s", "fallbacks": ["mistral:m", "ollama:l:8b", ":own"]}}
                }
                """, Map.of());

        assertThat(providers.get("mistral").baseURL()).hasToString("https://api.mistral.ai/v1");
        assertThat(providers.get("gateway").destination(Map.of()).baseUrl())
                .hasToString("https://apim.example.com/openai?a=b&api-version=2024-10-21&b%20c=d%26e");
        assertThat(providers.get("gateway").destination(Map.of()).headers())
                .containsEntry("api-key", "sk-g")
                .containsEntry("authorization", "Bearer sk-g")
                .containsEntry("x-team", "7");
        assertThat(providers.modelAliases().get(0).models())
                .containsExactly("gateway:s", "mistral:m", "ollama:l:8b", ":own");
        assertThat(providers).asString().doesNotContain("sk-");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"providers\": {~  \"a\": {~    \"apiKey\": gsk_secret } } } | line 3, column | not JSON",
                "[] | the whole | an object expected",
                "`` | the whole | not JSON",
                "{\"providers\": []} | providers | an object expected",
                "{\"models\": \"sk-secret\"} | models | an object expected",
                "{\"providers\":{\"a\":\"sk-secret\"}} | providers.a | an object expected",
                "{\"providers\":{\"a\":null}} | providers.a | an object expected",
                "{\"providers\":{\"a\":{\"apiKey\":\"sk-secret\"}}} | providers.a.baseURL | it is missing",
                "{\"providers\":{\"a\":{\"baseURL\":\"sk-secret\"}}} | providers.a.baseURL | an address such as",
                "{\"providers\":{\"a\":{\"baseURL\":\"http://u:sk-secret@h/\"}}} | providers.a.baseURL | without a user name",
                "{\"providers\":{\"a\":{\"baseURL\":7}}} | providers.a.baseURL | a text expected",
                "{\"providers\":{\"a\":{\"baseURL\":\"http://h\",\"apiKey\":\"sk secret\"}}} | providers.a.apiKey | a space",
                "{\"providers\":{\"a\":{\"baseURL\":\"http://h\",\"apiKey\":[\"sk-secret\"]}}} | providers.a.apiKey | a text expected",
                "{\"providers\":{\"a\":{\"baseURL\":\"http://h\",\"apikey\":\"sk-secret\"}}} | providers.a.apikey | it is written apiKey",
                "{\"providers\":{\"a\":{\"baseURL\":\"http://h\",\"headers\":{\"x y\":\"sk-secret\"}}}} | providers.a.headers.x y | letters",
                "{\"providers\":{\"a\":{\"baseURL\":\"http://h\",\"headers\":{\"x\":\"sk-\\nsecret\"}}}} | providers.a.headers.x | one line",
                "{\"providers\":{\"a\":{\"baseURL\":\"http://h\",\"headers\":\"sk-secret\"}}} | providers.a.headers | an object expected",
                "{\"providers\":{\"a\":{\"baseURL\":\"http://h\",\"query\":{\"v\":7}}}} | providers.a.query.v | a text expected",
                "{\"providers\":{\"a\":{\"baseURL\":\"http://h\",\"keyHeaders\":\"api-key\"}}} | providers.a.keyHeaders | an array of texts",
                "{\"providers\":{\"a\":{\"baseURL\":\"http://h\",\"keyHeaders\":[7]}}} | providers.a.keyHeaders[0] | a text expected",
                "{\"providers\":{\"a\":{\"baseURL\":\"http://h\",\"keyHeaders\":[\"host\"]}}} | providers.a.keyHeaders | set by the connection",
                "{\"providers\":{\"a:\":{\"baseURL\":\"http://h\"}}} | providers.a: | colon",
                "{\"providers\":{\"\":{\"baseURL\":\"http://h\"}}} | providers. | a text expected",
                "{\"models\":{\"x\":{\"model\":\"m\"}}} | models.x.provider | it is missing",
                "{\"models\":{\"x\":{\"provider\":\"openai\"}}} | models.x.model | it is missing",
                "{\"models\":{\"x\":{\"provider\":\"nobody\",\"model\":\"m\"}}} | models.x.provider | one of the providers [openai, anthropic",
                "{\"models\":{\"x\":{\"provider\":\"openai\",\"model\":\"m\",\"Fallbacks\":[]}}} | models.x.Fallbacks | it is written fallbacks",
                "{\"models\":{\"x\":{\"provider\":\"openai\",\"model\":\"m\",\"fallbacks\":\"a:b\"}}} | models.x.fallbacks | an array of texts",
                "{\"models\":{\"x\":{\"provider\":\"openai\",\"model\":\"m\",\"fallbacks\":[\"groq:a\",\"nobody:b\"]}}} | models.x.fallbacks[1] | provider:model expected",
            })
    void aMistakeIsNamedWithItsPlaceAndWithoutItsValue(String text, String place, String what) {
        Path file = folder.resolve("AIProviders.json");
        assertThatThrownBy(() -> load(text.replace('~', '\n'), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(file + ": " + place)
                .hasMessageContaining(what)
                .satisfies(error -> {
                    StringWriter trace = new StringWriter();
                    error.printStackTrace(new PrintWriter(trace));
                    Assertions.assertThat(trace.toString()).doesNotContain("secret");
                });
    }

    @Test
    void aFileOfAnySizeIsReadOnlyWhileItIsSmall() throws IOException {
        Path file = folder.resolve("AIProviders.json");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(3L << 30);
        }
        assertThatThrownBy(() -> OpenAIProviders.load(file, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(file + ": the whole: at most 1048576 bytes (1 MB) expected");
        assertThat(load("{}" + " ".repeat((1 << 20) - 2), Map.of()).file()).isEqualTo(file);
    }

    @Test
    void twoSpellingsOfOneNameAreAMistake() {
        assertThatThrownBy(() -> load(
                        "{\"providers\":{\"a:b\":{\"baseURL\":\"http://one\"},\"a%3Ab\":{\"baseURL\":\"http://two\"}}}",
                        Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("providers.a%3Ab: ")
                .hasMessageContaining("providers.a:b stands for the same");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'providers':{'Z':{'baseURL':'http://z1'},~'Z':{'baseURL':'http://z2'}}} | providers.Z stands there twice, in line 1 and in line 2",
                "{'providers':{'Z':{'baseURL':'http://z1',~~'baseURL':'http://z2'}}} | providers.Z.baseURL stands there twice, in line 1 and in line 3",
                "{'a':[{'b':'}{,\\\\\\','},{'b':{}}],'c':{'d':1,~'\\u0064':'d'}} | c.d stands there twice, in line 1 and in line 2",
                "{'models':{},~'models':{}} | models stands there twice, in line 1 and in line 2",
            },
            quoteCharacter = '`')
    void aNameThatStandsThereTwiceIsAMistake(String text, String what) {
        assertThatThrownBy(() -> load(text.replace('\'', '"').replace('~', '\n'), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(folder.resolve("AIProviders.json") + ": " + what);
    }

    @Test
    void aByteOrderMarkIsNoMistake() throws IOException {
        assertThat(load("\uFEFF{\"providers\":{\"a\":{\"baseURL\":\"http://h\"}}}", Map.of())
                        .list())
                .startsWith("a");
    }
}
