package dev.aikit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.internal.call.ModelNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the name of a model leads. */
class ModelNamesTest {
    private static final OpenAIProviders PROVIDERS = OpenAIProviders.empty()
            .provider(OpenAIProvider.of("one", "http://one/v1"))
            .provider(OpenAIProvider.of("one:two", "http://one-two/v1"))
            .provider(OpenAIProvider.of("own", "http://own/v1"))
            .modelAlias("fast", "one:small", "one:two:large", ":local")
            .modelAlias("gpt-4o-mini", "one:shadow")
            .modelAlias("one:alias", "own:never");

    private static ModelNames names(OpenAIProviders providers) {
        return providers.names(OpenAIProvider.of("own", "http://own/v1"));
    }

    /** As {@code provider|model}, with "" for the client's own server. */
    private static List<String> of(ModelNames names, String name) {
        return names.of(name).stream()
                .map(target -> (target.destination() == null
                                ? ""
                                : target.destination().provider())
                        + "|" + target.model())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "one:m,one|m",
        "one:llama3:8b,one|llama3:8b",
        "one:two:m,one:two|m",
        "one:two:m:8b,one:two|m:8b",
        "one%3Atwo:m,one:two|m",
        "one:twos:m,one|twos:m",
        "own:m,|m",
        "own:own:m,|own:m",
        ":one:m,|one:m",
        ":m,|m",
        "gpt-4o-mini,one|shadow",
        "one:alias,one|alias",
    })
    void leadsToOneModel(String name, String place) {
        assertThat(of(names(PROVIDERS), name)).containsExactly(place);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m",
                "llama3:8b",
                "hf.co/x/y:Q4_K_M",
                "ONE:m",
                "one",
                "one:",
                "one: ",
                ":",
                "fas",
                "mistral:7b",
                "ft:gpt-4o:org::id",
                ""
            })
    void isTheModelsOwn(String name) {
        assertThat(of(names(PROVIDERS), name)).isEmpty();
    }

    @Test
    void ofAnAliasLeadsToSeveralInOrder() {
        assertThat(of(names(PROVIDERS), "fast")).containsExactly("one|small", "one:two|large", "|local");
    }

    @Test
    void ofAProviderWithoutItsKeyBelongsToTheOwnServerUnlessThatIsOpenAI() {
        OpenAIProviders presets = OpenAIProviders.load(Map.of());
        assertThat(of(presets.names(OpenAIProvider.of("x", "http://localhost:11434/v1")), "mistral:7b"))
                .isEmpty();
        assertThat(of(presets.names(OpenAIProvider.unnamed(OpenAIConfiguration.OPENAI_URL)), "mistral:7b"))
                .containsExactly("mistral|7b");
        OpenAIProviders keyed = OpenAIProviders.load(Map.of("MISTRAL_API_KEY", "k"));
        assertThat(of(keyed.names(OpenAIProvider.of("x", "http://localhost:11434/v1")), "mistral:7b"))
                .containsExactly("mistral|7b");
        assertThat(of(keyed.names(OpenAIProvider.of("x", "http://localhost:11434/v1")), ":mistral:7b"))
                .containsExactly("|mistral:7b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "three:small", "one:", "fast"})
    void anAliasMustNameAProviderThatIsThere(String model) {
        assertThatThrownBy(() -> PROVIDERS.modelAlias("new", "one:m", model))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "models[1]: provider:model expected, with one of the providers [one, one:two, own]");
        assertThatThrownBy(() -> PROVIDERS.modelAlias("new", model)).hasMessageStartingWith("models[0]: ");
    }

    @Test
    void anAliasNeedsModels() {
        assertThatThrownBy(() -> PROVIDERS.modelAlias("new")).hasMessage("models: at least one expected");
        assertThatThrownBy(() -> PROVIDERS.modelAlias("new", "one:m", " ")).hasMessageStartingWith("models[1]: a text");
        assertThatThrownBy(() -> PROVIDERS.modelAlias(" ", "one:m")).hasMessageStartingWith("name: a text");
    }

    /** The rules once more, in the plainest words there are. */
    private static List<String> expected(Set<String> providers, Map<String, String> aliases, String name) {
        String longest = null;
        for (String provider : providers)
            if (name.startsWith(provider + ":")
                    && !name.substring(provider.length() + 1).isBlank()
                    && (longest == null || provider.length() > longest.length())) longest = provider;
        if (longest != null) return List.of(longest + "|" + name.substring(longest.length() + 1));
        if (name.startsWith(":") && name.length() > 1) return List.of("|" + name.substring(1));
        return aliases.containsKey(name) ? List.of(aliases.get(name)) : List.of();
    }

    @Test
    void followsTheRulesWhateverTheNames() {
        Random random = new Random(1123);
        for (int run = 0; run < 300; run++) {
            Set<String> known = new TreeSet<>();
            OpenAIProviders providers = OpenAIProviders.empty();
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                String name = name(random).replaceAll("^:+|:+$", "");
                if (!name.isEmpty() && known.add(name))
                    providers = providers.provider(OpenAIProvider.of(name, "http://h/v1"));
            }
            if (known.isEmpty()) continue;
            String aliased = new ArrayList<>(known).get(random.nextInt(known.size()));
            String alias = name(random);
            providers = providers.modelAlias(alias, aliased + ":zz");
            List<String> target = expected(known, Map.of(), aliased + ":zz");
            ModelNames names = providers.names(OpenAIProvider.unnamed("http://own/v1"));
            for (int i = 0; i < 50; i++) {
                String name = name(random);
                assertThat(of(names, name))
                        .as("%s with %s and alias %s", name, known, alias)
                        .isEqualTo(expected(known, Map.of(alias, target.get(0)), name));
            }
        }
    }

    private static String name(Random random) {
        StringBuilder name = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) name.append("ab::".charAt(random.nextInt(4)));
        return name.toString();
    }
}
