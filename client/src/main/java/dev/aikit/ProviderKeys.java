package dev.aikit;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
        if (elsewhere == null && preset.baseURL() == null) return null;
        String address = elsewhere != null ? elsewhere : String.valueOf(preset.baseURL());
        OpenAIProvider made =
                named(preset.baseURLVariable(), address, (url, ignored) -> OpenAIProvider.of(preset.name(), url), null);
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

    /** A provider of a file, with the key that belongs to its name, if it brings none of its own. */
    OpenAIProvider completed(OpenAIProvider provider, boolean trusted) {
        if (provider.apiKey() != null) return provider;
        Preset namesake = Presets.all().get(provider.name());
        String usual = OpenAIProvider.keyVariable(provider.name());
        String variable = usual;
        if (value(variable) == null) variable = provider.name().toUpperCase(Locale.ROOT) + "_API_KEY"; // the kit's
        if (value(variable) == null && namesake != null) variable = namesake.keyVariable();
        String key = value(variable);
        if (key == null) return hinted(provider, usual);
        Preset owner = ownerOf(variable);
        if (!trusted && owner != null && !belongs(owner, provider))
            return provider.withheld("the key in " + variable + " belongs to " + owner.name()
                    + ", and a file that was merely found in the working directory cannot send it elsewhere:"
                    + " set apiKey, or name the file in " + ProviderFiles.VARIABLE);
        return keyed(provider, variable, key);
    }

    private static @Nullable Preset ownerOf(String variable) {
        for (Preset preset : Presets.all().values()) if (preset.keyVariable().equals(variable)) return preset;
        return null;
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
