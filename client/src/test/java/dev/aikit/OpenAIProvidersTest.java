package dev.aikit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an environment makes of the known providers, and a client of either. */
class OpenAIProvidersTest {
    private static final List<String> LOCAL =
            List.of("ollama", "lmstudio", "llamacpp", "localai", "vllm", "jan", "gpt4all");

    private static OpenAIProviders load(String... environment) {
        Map<String, String> variables = new java.util.HashMap<>();
        for (int i = 0; i < environment.length; i += 2) variables.put(environment[i], environment[i + 1]);
        return OpenAIProviders.load(variables);
    }

    @Test
    void withoutKeysThereAreThoseOfThisMachine() {
        assertThat(load().list()).isEqualTo(LOCAL);
        assertThat(OpenAIProviders.empty().list()).isEmpty();
    }

    @Test
    void aKeyInTheEnvironmentIsEnough() {
        OpenAIProviders providers = load("MISTRAL_API_KEY", " sk-m\n", "HF_TOKEN", "hf-t", "GROQ_API_KEY", " ");
        assertThat(providers.list()).startsWith("huggingface", "mistral").hasSize(2 + LOCAL.size());
        assertThat(providers.get("mistral").apiKey()).isEqualTo("sk-m");
        assertThat(providers.get("groq").apiKey()).isNull();
        assertThat(providers.get("groq").isUsable()).isFalse();
        assertThat(OpenAI.create(OpenAIConfiguration.fromEnvironment(Map.of("MISTRAL_API_KEY", "sk-m"))))
                .as("a client without a server of its own")
                .isNotNull();
    }

    @Test
    void azureNeedsAnAddress() {
        assertThat(load("AZURE_OPENAI_API_KEY", "k").get("azure")).isNull();
        OpenAIProvider azure = load("AZURE_OPENAI_API_KEY", "k", "AZURE_OPENAI_ENDPOINT", "https://r.openai.azure.com/")
                .get("azure");
        assertThat(azure.baseURL()).hasToString("https://r.openai.azure.com/openai/v1");
        assertThat(azure.destination(Map.of()).headers())
                .containsEntry("api-key", "k")
                .doesNotContainKey("authorization");
    }

    @Test
    void openaiIsTheOneOfTheEnvironment() {
        OpenAIProvider openai = load(
                        "OPENAI_API_KEY",
                        "k",
                        "OPENAI_BASE_URL",
                        "http://proxy/v1",
                        "OPENAI_ORG_ID",
                        "org",
                        "OPENAI_PROJECT_ID",
                        "proj")
                .get("openai");
        assertThat(openai.baseURL()).hasToString("http://proxy/v1");
        assertThat(openai.organization()).isEqualTo("org");
        assertThat(openai.project()).isEqualTo("proj");
    }

    @Test
    void aKeyThatCannotBeOneIsSaidWhenItIsWanted() {
        OpenAIProviders providers = load("MISTRAL_API_KEY", "sk secret");
        assertThat(providers.list()).isEqualTo(LOCAL);
        assertThatThrownBy(() -> OpenAI.create(c -> c.providers(providers).provider("mistral")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("MISTRAL_API_KEY")
                .hasMessageContaining("a space")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AZURE_OPENAI_ENDPOINT", "OPENAI_BASE_URL"})
    void anAddressThatIsNoneIsNamed(String variable) {
        assertThatThrownBy(() -> load(variable, "r.openai.azure.com"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the environment variable " + variable);
    }

    @ParameterizedTest
    @CsvSource({"mistral,MISTRAL_API_KEY", "my-gateway,MY_GATEWAY_API_KEY", "a:b.c,A_B_C_API_KEY", "zaï,ZA__API_KEY"})
    void theVariableFollowsTheName(String name, String variable) {
        assertThat(OpenAIProvider.keyVariable(name)).isEqualTo(variable);
    }

    @Test
    void aClientTakesAProviderForItsOwn() {
        OpenAIProviders providers = load("MISTRAL_API_KEY", "sk-m");
        OpenAIConfiguration made = OpenAIConfiguration.defaults()
                .organization("org")
                .providers(providers)
                .provider("mistral");
        assertThat(made.baseURL()).hasToString("https://api.mistral.ai/v1");
        assertThat(made.apiKey()).isEqualTo("sk-m");
        assertThat(made.organization()).as("set before, for another server").isNull();
        assertThat(made.apiKey("sk-other").apiKey()).isEqualTo("sk-other");
        OpenAIConfiguration same = OpenAIConfiguration.defaults().provider(providers.get("mistral"));
        assertThat(same.apiKey()).isEqualTo("sk-m");
    }

    @Test
    void anUnknownProviderIsAMistake() {
        assertThatThrownBy(
                        () -> OpenAIConfiguration.defaults().providers(load()).provider("mistrel"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("provider: one of [openai, anthropic, ")
                .hasMessageEndingWith("expected, not \"mistrel\"");
    }

    @Test
    void aClientOfAProviderWithoutItsKeySaysWhichVariableIsMissing() {
        assertThatThrownBy(() -> OpenAI.create(c -> c.providers(load()).provider("mistral")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("api.mistral.ai")
                .hasMessageContaining("MISTRAL_API_KEY");
    }

    @Test
    void anEnvironmentWithoutAnyKeyMakesNoClient() {
        assertThatThrownBy(() -> OpenAI.create(OpenAIConfiguration.fromEnvironment(Map.of())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("OPENAI_API_KEY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ":a", "a:"})
    void aNameThatCannotBeOne(String name) {
        assertThatThrownBy(() -> OpenAIProvider.of(name, "http://h"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("name: ");
    }

    @Test
    void keysAreShownNowhere() {
        OpenAIProviders providers = load("MISTRAL_API_KEY", "sk-secret");
        assertThat(providers + " " + providers.get("mistral")
                        + providers.get("mistral").destination(Map.of()))
                .contains("mistral")
                .doesNotContain("sk-secret");
    }
}
