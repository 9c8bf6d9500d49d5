package dev.aikit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client is made from: where it comes from, and what it refuses. */
class OpenAIConfigurationTest {
    private static final OpenAIConfiguration DEFAULT = OpenAIConfiguration.defaults();

    @Test
    void theEnvironmentSetsKeyAddressOrganizationAndProject() {
        OpenAIConfiguration made = OpenAIConfiguration.fromEnvironment(Map.of(
                "OPENAI_API_KEY", " sk-1\n",
                "OPENAI_BASE_URL", "http://localhost:8080/v1/",
                "OPENAI_ORG_ID", "org-1",
                "OPENAI_PROJECT_ID", "proj-1"));
        assertThat(made.apiKey()).isEqualTo("sk-1");
        assertThat(made.baseURL()).hasToString("http://localhost:8080/v1");
        assertThat(made.organization()).isEqualTo("org-1");
        assertThat(made.project()).isEqualTo("proj-1");
    }

    @Test
    void blankVariablesCountAsAbsent() {
        OpenAIConfiguration made = OpenAIConfiguration.fromEnvironment(
                Map.of("OPENAI_API_KEY", " ", "OPENAI_BASE_URL", "", "OPENAI_ORG_ID", "\t"));
        assertThat(made.apiKey()).isNull();
        assertThat(made.baseURL()).hasToString(OpenAIConfiguration.OPENAI_URL);
        assertThat(made.organization()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI_API_KEY,sk 1",
        "OPENAI_BASE_URL,localhost",
        "OPENAI_ORG_ID,o\u0007rg",
        "OPENAI_PROJECT_ID,é\u0100"
    })
    void aVariableThatCannotBeUsedIsNamed(String variable, String value) {
        assertThatThrownBy(() -> OpenAIConfiguration.fromEnvironment(Map.of(variable, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(variable);
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.openai.com/v1,https://api.openai.com/v1",
        "https://api.openai.com/v1//,https://api.openai.com/v1",
        "HTTP://Host:80,HTTP://Host:80",
        "http://[::1]:8080/a/b/,http://[::1]:8080/a/b",
        "' http://h/v1 ',http://h/v1",
        "http://h/v1?api-version=2,http://h/v1?api-version=2",
    })
    void takesAddressesAsPeopleWriteThem(String written, String taken) {
        assertThat(DEFAULT.baseURL(written).baseURL()).hasToString(taken);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "localhost:8080",
                "api.openai.com/v1",
                "/v1",
                "ftp://host/v1",
                "http://",
                "http:///v1",
                "http://h/#x",
                "http://user:secret@host/v1",
                "http://a b/v1",
                "https://ho_st\\v1",
            })
    void refusesWhatIsNoAddress(String url) {
        assertThatThrownBy(() -> DEFAULT.baseURL(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("baseURL")
                .hasMessageNotContaining("secret");
    }

    @Test
    void refusesBadValuesNamingTheArgument() {
        Map<String, List<UnaryOperator<OpenAIConfiguration>>> bad = Map.of(
                "apiKey", List.of(c -> c.apiKey(null), c -> c.apiKey(" ")),
                "baseURL", List.of(c -> c.baseURL(null)),
                "organization", List.of(c -> c.organization(null), c -> c.organization(" ")),
                "project", List.of(c -> c.project(null), c -> c.project("")),
                "maxRetries", List.of(c -> c.maxRetries(-1)),
                "maxBodyBytes", List.of(c -> c.limits(l -> l.maxBodyBytes(0))),
                "maxEventBytes", List.of(c -> c.limits(l -> l.maxEventBytes(-5))),
                "header",
                        List.of(
                                c -> c.customHeader("a b", "x"),
                                c -> c.customHeader("", "x"),
                                c -> c.customHeader(null, "x")),
                "x-a", List.of(c -> c.customHeader("x-a", "1\r\n2"), c -> c.customHeader("x-a", null)));
        bad.forEach((name, settings) -> settings.forEach(setting -> assertThatThrownBy(() -> setting.apply(DEFAULT))
                .as(name)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)));
        assertThatThrownBy(() -> DEFAULT.httpAgent(null)).hasMessageContaining("httpAgent");
        assertThatThrownBy(() -> DEFAULT.customHeaders(null)).hasMessageContaining("customHeaders");
        assertThatThrownBy(() -> DEFAULT.uncaughtExceptionHandler(null))
                .hasMessageContaining("uncaughtExceptionHandler");
    }

    @Test
    void refusesDurationsThatAreNoneNamingTheArgument() {
        for (Duration wrong : new Duration[] {null, Duration.ZERO, Duration.ofSeconds(-1)}) {
            Map<String, UnaryOperator<OpenAIConfiguration>> setters = Map.of(
                    "timeout", c -> c.timeout(wrong),
                    "connectTimeout", c -> c.connectTimeout(wrong),
                    "firstByteTimeout", c -> c.firstByteTimeout(wrong),
                    "idleTimeout", c -> c.idleTimeout(wrong),
                    "attemptTimeout", c -> c.attemptTimeout(wrong));
            setters.forEach((name, setter) -> assertThatThrownBy(() -> setter.apply(DEFAULT))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(name + ":"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "Content-Length", "transfer-encoding", "CONNECTION"})
    void refusesHeadersThatBelongToTheConnection(String name) {
        assertThatThrownBy(() -> DEFAULT.customHeader(name, "x")).hasMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-sec ret", "sk-secret\n", "sk-secreté", "\"sk-secret\"\r"})
    void aKeyThatNoHeaderCanHoldIsRefusedWithoutBeingShown(String key) {
        assertThatThrownBy(() -> DEFAULT.apiKey(key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("apiKey")
                .hasMessageNotContaining("sk-");
    }

    @Test
    void neverShowsTheKey() {
        OpenAIConfiguration made = DEFAULT.apiKey("sk-secret")
                .customHeader("api-key", "sk-secret")
                .httpAgent(HttpAgent.create(a -> a.proxy(java.net.URI.create("http://u:sk-secret@localhost:1"))));
        try (OpenAI client = OpenAI.create(made)) {
            assertThat(made + " " + client + " " + made.httpAgent() + " " + client.models() + client.chat())
                    .doesNotContain("sk-secret")
                    .contains("with a key");
        }
        assertThatThrownBy(() -> made.customHeader("api-key", "sk-secret\n")).hasMessageNotContaining("sk-secret");
    }

    @Test
    void settersReturnCopies() {
        OpenAIConfiguration made =
                DEFAULT.apiKey("k").maxRetries(7).timeout(Duration.ofSeconds(3)).customHeader("X-A", "1");
        assertThat(made.maxRetries()).isEqualTo(7);
        assertThat(made.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(made.customHeaders()).isEqualTo(Map.of("x-a", "1"));
        assertThat(DEFAULT.apiKey()).isNull();
        assertThat(DEFAULT.customHeaders()).isEmpty();
        assertThatThrownBy(() -> made.customHeaders().put("x-b", "2"))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aFunctionForTheConfigurationHasToReturnOne() {
        assertThatThrownBy(() -> OpenAI.create((UnaryOperator<OpenAIConfiguration>) c -> null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("configuration");
        assertThatThrownBy(() -> OpenAI.create((String) null)).hasMessageContaining("apiKey");
    }

    @Test
    void aClientForOpenAIItselfNeedsAKey() {
        assertThatThrownBy(() -> OpenAI.create(c -> c.timeout(Duration.ofSeconds(3))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("apiKey", "baseURL");
        OpenAI.create(c -> c.baseURL("http://localhost:1/v1")).close();
        OpenAI.create(c -> c.apiKey("sk-1")).close();
    }

    @Test
    void theEnvironmentIsThatOfTheProcess() {
        OpenAIConfiguration expected = OpenAIConfiguration.fromEnvironment(System.getenv());

        assertThat(OpenAIConfiguration.fromEnvironment()).hasToString(expected.toString());
        assertThat(OpenAIConfiguration.fromEnvironment().apiKey()).isEqualTo(expected.apiKey());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apiKey",
                "baseURL",
                "organization",
                "project",
                "timeout",
                "maxRetries",
                "httpAgent",
                "customHeaders"
            })
    void whatAClientIsMadeFromIsSetAndReadUnderTheSameName(String name) {
        assertThat(OpenAIConfiguration.class.getMethods())
                .filteredOn(method -> method.getName().equals(name))
                .extracting(Method::getParameterCount)
                .containsExactlyInAnyOrder(0, 1);
    }
}
