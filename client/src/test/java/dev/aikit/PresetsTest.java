package dev.aikit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The providers that are known. */
class PresetsTest {
    static List<Preset> all() {
        return List.copyOf(Presets.all().values());
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachCanBeUsedWithItsKey(Preset preset) {
        Map<String, String> environment =
                new java.util.HashMap<>(Map.of("AZURE_OPENAI_ENDPOINT", "https://r.openai.azure.com"));
        if (!preset.keyVariable().isEmpty()) environment.put(preset.keyVariable(), "sk-key");
        OpenAIProvider made = OpenAIProviders.load(environment).get(preset.name());

        assertThat(made.isUsable()).isTrue();
        assertThat(made.baseURL().toString()).doesNotEndWith("/");
        assertThat(made.destination(Map.of()).headers().toString().contains("sk-key"))
                .isEqualTo(!preset.keyVariable().isEmpty());
        if (!preset.local()) {
            assertThat(made.baseURL()).hasScheme("https");
            assertThat(Presets.at(made.baseURL()).keyVariable()).isEqualTo(preset.keyVariable());
            assertThat(OpenAIProvider.of("x", made.baseURL().toString()).isUsable())
                    .as("without a key")
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.openai.com/v1,openai",
        "https://API.OpenAI.com,openai",
        "https://x.openai.azure.com,azure",
        "https://x.services.ai.azure.com/openai/v1,azure",
        "https://openai.azure.com,''",
        "https://api.openai.com.evil.example,''",
        "https://evilapi.openai.com,''",
        "http://127.0.0.1:11434/v1,''",
    })
    void anAddressTellsWhoseItIs(String address, String name) {
        assertThat(Presets.at(URI.create(address)).name()).isEqualTo(name);
    }

    @Test
    void thoseOfTheKitsDocumentationAreThere() {
        assertThat(Presets.all().values())
                .filteredOn(preset -> preset.baseURL() != null)
                .extracting(preset -> preset.baseURL().toString().replace("localhost", "127.0.0.1"))
                .contains(
                        "https://api.mistral.ai/v1",
                        "https://api.deepseek.com",
                        "https://api.anthropic.com/v1",
                        "https://integrate.api.nvidia.com/v1",
                        "https://generativelanguage.googleapis.com/v1beta/openai",
                        "https://api.groq.com/openai/v1",
                        "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
                        "https://api.perplexity.ai",
                        "https://api.x.ai/v1",
                        "https://api.z.ai/api/coding/paas/v4",
                        "https://api.cohere.ai/compatibility/v1",
                        "http://127.0.0.1:11434/v1",
                        "http://127.0.0.1:1234/v1",
                        "http://127.0.0.1:8080/v1");
    }

    @Test
    void theDocumentationListsThemAll() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("..", "docs", "providers.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertThat(rows).isEqualTo(all().stream().map(PresetsTest::row).toList());
    }

    private static String row(Preset preset) {
        String address = preset.baseURL() == null ? "" : "`" + preset.baseURL() + "`";
        if (!preset.baseURLVariable().isEmpty())
            address += (address.isEmpty() ? "" : ", or ") + "what `" + preset.baseURLVariable() + "` holds";
        String key = preset.keyVariable().isEmpty() ? "none" : "`" + preset.keyVariable() + "`";
        if (preset.local() && !preset.keyVariable().isEmpty()) key += ", if any";
        return "| `" + preset.name() + "` | " + address + " | " + key + " |";
    }
}
