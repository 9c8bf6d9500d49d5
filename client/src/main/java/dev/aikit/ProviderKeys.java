package dev.aikit;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What an environment knows of providers: their keys, and of some the address. */
record ProviderKeys(Map<String, String> environment) {
    private @Nullable String value(String variable) {
        String value = variable.isEmpty() ? null : environment.get(variable);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** The server that this environment names for clients. */
    OpenAIProvider own() {
        Preset openai = Objects.requireNonNull(Presets.all().get("openai"));
        OpenAIProvider made = OpenAIProvider.unnamed(OpenAIConfiguration.OPENAI_URL);
        made = with(made, openai.baseURLVariable(), OpenAIProvider::baseURL);
        made = with(made, openai.keyVariable(), OpenAIProvider::apiKey);
        made = with(made, openai.organizationVariable(), OpenAIProvider::organization);
        return with(made, openai.projectVariable(), OpenAIProvider::project);
    }

    /** A known provider as this environment has it; null if its address is the customer's own and not given. */
    @Nullable
    OpenAIProvider preset(Preset preset) {
        String elsewhere = value(preset.baseURLVariable());
        OpenAIProvider made;
        if (elsewhere != null) {
            made = named(preset.baseURLVariable(), preset.name(), OpenAIProvider::of, elsewhere);
        } else {
            if (preset.baseURL() == null) return null;
            made = OpenAIProvider.of(preset.name(), preset.baseURL());
        }
        made = with(made, preset.organizationVariable(), OpenAIProvider::organization);
        made = with(made, preset.projectVariable(), OpenAIProvider::project);
        String key = value(preset.keyVariable());
        return key != null ? keyed(made, preset.keyVariable(), key) : hinted(made, preset.keyVariable());
    }

    private OpenAIProvider with(
            OpenAIProvider made, String variable, BiFunction<OpenAIProvider, String, OpenAIProvider> setter) {
        String value = value(variable);
        return value == null ? made : named(variable, made, setter, value);
    }

    private static <A, B> OpenAIProvider named(
            String variable, A first, BiFunction<A, B, OpenAIProvider> setter, B second) {
        try {
            return setter.apply(first, second);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    "the environment variable " + variable + ": " + wrong.getMessage(), wrong);
        }
    }

    /**
     * A provider of a file, with the key that belongs to its name, if it brings none of its own. A file that nobody named
     * could ask for any variable that ends with _API_KEY: it gets the keys of known providers only, for their own addresses.
     */
    OpenAIProvider completed(OpenAIProvider provider, boolean trusted) {
        if (provider.apiKey() != null) return provider;
        String withheld = null;
        for (String variable : variables(provider.name())) {
            String key = value(variable);
            if (key == null) continue;
            if (trusted || isOfAnOwnerAt(variable, provider)) return keyed(provider, variable, key);
            if (withheld == null) withheld = variable;
        }
        if (withheld == null) return hinted(provider, OpenAIProvider.keyVariable(provider.name()));
        return provider.withheld(
                "the key in " + withheld + " is not sent there, because the address comes from a file that"
                        + " was merely found in the working directory: set apiKey, or, if you trust that file, name it in "
                        + ProviderFiles.VARIABLE);
    }

    private static Set<String> variables(String name) {
        Set<String> variables = new LinkedHashSet<>();
        variables.add(OpenAIProvider.keyVariable(name));
        variables.add(name.toUpperCase(Locale.ROOT) + "_API_KEY"); // the kit's
        Preset namesake = Presets.all().get(name);
        if (namesake != null) variables.add(namesake.keyVariable());
        return variables;
    }

    private boolean isOfAnOwnerAt(String variable, OpenAIProvider provider) {
        return Presets.all().values().stream()
                .anyMatch(owner -> owner.keyVariable().equals(variable) && belongs(owner, provider));
    }

    /** Whether a provider is at the very place that the owner of a key is at. */
    private boolean belongs(Preset owner, OpenAIProvider provider) {
        OpenAIProvider home = preset(owner);
        return home != null && origin(home).equals(origin(provider));
    }

    private static String origin(OpenAIProvider provider) {
        URI address = provider.baseURL();
        return (address.getScheme() + "://" + address.getRawAuthority()).toLowerCase(Locale.ROOT);
    }

    private static OpenAIProvider hinted(OpenAIProvider provider, String variable) {
        return provider.hint("put it into the environment variable " + variable + ", or set apiKey after provider(…)");
    }

    private static OpenAIProvider keyed(OpenAIProvider provider, String variable, String key) {
        try {
            return provider.apiKey(key);
        } catch (IllegalArgumentException wrong) { // said when the provider is asked for, not to those who never do
            return provider.hint("what " + variable + " holds cannot be one; " + wrong.getMessage());
        }
    }
}
