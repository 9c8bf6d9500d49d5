package dev.aikit;

import dev.aikit.ModelResolver.Name;
import dev.aikit.internal.Checks;
import dev.aikit.internal.call.ModelNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Providers and aliases for models: what {@code provider:model} and the names of aliases stand for. Read from an {@code
 * AIProviders.json} and the environment, or made in code. Immutable: each setter returns a changed copy.
 *
 * <pre>{@code
 * OpenAIProviders providers = OpenAIProviders.load()
 *         .provider(OpenAIProvider.of("gateway", "https://ai.example.com/v1").apiKey(key))
 *         .modelAlias("fast", "gateway:small", "mistral:mistral-small-latest");
 * OpenAI client = OpenAI.create(c -> c.providers(providers).provider("gateway"));
 * }</pre>
 *
 * <p>The providers that this library knows need no file: those that run on this machine, and those whose key is in the
 * environment. A file is read once, when it is loaded.
 */
public final class OpenAIProviders {
    private final Map<String, OpenAIProvider> presets;
    private final Map<String, OpenAIProvider> configured;
    private final Map<String, OpenAIModelAlias> aliases;
    private final @Nullable Path file;

    private OpenAIProviders(
            Map<String, OpenAIProvider> presets,
            Map<String, OpenAIProvider> configured,
            Map<String, OpenAIModelAlias> aliases,
            @Nullable Path file) {
        this.presets = presets;
        this.configured = Collections.unmodifiableMap(configured);
        this.aliases = Collections.unmodifiableMap(aliases);
        this.file = file;
    }

    /** No providers, and none of those that this library knows. */
    public static OpenAIProviders empty() {
        return new OpenAIProviders(Map.of(), Map.of(), Map.of(), null);
    }

    /** The same as {@link #load(Map)} with the environment of this process. */
    public static OpenAIProviders load() {
        return load(System.getenv());
    }

    /**
     * The providers that an environment knows, and those of the first file there is: the one that {@code AIKIT_PROVIDERS}
     * names, {@code AIProviders.json} in the working directory, or {@code aikit/AIProviders.json} in the user's folder for
     * settings. There need not be one.
     *
     * @throws IllegalArgumentException if a file has a mistake (the message names its place), or cannot be read, or if
     *     {@code AIKIT_PROVIDERS} names none
     */
    public static OpenAIProviders load(Map<String, String> environment) {
        return load(ProviderFiles.of(environment));
    }

    /** The same as {@link #load(Path, Map)} with the environment of this process. */
    public static OpenAIProviders load(Path file) {
        return load(file, System.getenv());
    }

    /**
     * The providers that an environment knows, and those of that file.
     *
     * @throws IllegalArgumentException if there is no such file, or it has a mistake
     */
    public static OpenAIProviders load(Path file, Map<String, String> environment) {
        Objects.requireNonNull(environment, "environment");
        if (!Files.isRegularFile(Objects.requireNonNull(file, "file")))
            throw new IllegalArgumentException("file: there is no file " + file);
        return load(new ProviderFiles.Found(file, true), new ProviderKeys(environment));
    }

    static OpenAIProviders load(ProviderFiles files) {
        return load(files.find(), new ProviderKeys(files.environment()));
    }

    private static OpenAIProviders load(ProviderFiles.@Nullable Found found, ProviderKeys keys) {
        Map<String, OpenAIProvider> presets = new LinkedHashMap<>();
        for (Preset preset : Presets.all().values()) {
            OpenAIProvider known = keys.preset(preset);
            if (known != null) presets.put(preset.name(), known);
        }
        if (found == null) return new OpenAIProviders(presets, Map.of(), Map.of(), null);
        ProvidersFile read = ProvidersFile.read(found.file(), presets);
        Map<String, OpenAIProvider> configured = new LinkedHashMap<>();
        read.providers().forEach((name, each) -> configured.put(name, keys.completed(each, found.trusted())));
        Map<String, OpenAIModelAlias> aliases = new LinkedHashMap<>();
        OpenAIProviders made = new OpenAIProviders(presets, configured, aliases, found.file());
        for (OpenAIModelAlias alias : read.aliases()) {
            made.check(alias, (n, what) -> read.wrongAlias(alias, n, what));
            aliases.put(alias.name(), alias);
        }
        if (!found.trusted()) made.tellOfNamesLedAway();
        return made;
    }

    /** A file that came with a folder may give the name of any model to a place that nobody here has heard of. */
    private void tellOfNamesLedAway() {
        Map<String, List<String>> ledAway = new LinkedHashMap<>();
        for (String alias : aliases.keySet()) {
            List<String> hosts = modelsOf(alias).stream()
                    .map(model -> known(model.provider()))
                    .filter(place -> place != null && isTheFilesOwn(place))
                    .map(place -> String.valueOf(
                            Objects.requireNonNull(place).baseURL().getHost()))
                    .distinct()
                    .toList();
            if (!hosts.isEmpty()) ledAway.put(alias, hosts);
        }
        if (!ledAway.isEmpty())
            System.getLogger("dev.aikit")
                    .log(
                            System.Logger.Level.INFO,
                            file
                                    + ", merely found in the working directory, leads names of models to addresses of its own: "
                                    + ledAway + "; if it is yours, name it in " + ProviderFiles.VARIABLE);
    }

    private boolean isTheFilesOwn(OpenAIProvider place) {
        OpenAIProvider preset = presets.get(place.name());
        String host = String.valueOf(place.baseURL().getHost());
        boolean here = host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
        return isConfigured(place)
                && !here
                && (preset == null || !host.equals(preset.baseURL().getHost()));
    }

    /** With one provider more, or in the place of the one with its name. */
    public OpenAIProviders provider(OpenAIProvider provider) {
        Objects.requireNonNull(provider, "provider");
        Map<String, OpenAIProvider> more = new LinkedHashMap<>(configured);
        more.put(provider.name(), provider);
        return new OpenAIProviders(presets, more, aliases, file);
    }

    /**
     * With one alias more: a name for a model, or for several, of which the next is tried when one cannot be reached, is
     * overloaded, or makes us wait beyond the timeout of the call.
     *
     * @param models each as {@code provider:model}; {@code :model} is one of the client's own server
     * @throws IllegalArgumentException if a model names no provider that is known here; add providers first
     */
    public OpenAIProviders modelAlias(String name, String... models) {
        Checks.text("name", name);
        if (models.length == 0) throw new IllegalArgumentException("models: at least one expected");
        for (int n = 0; n < models.length; n++) Checks.text("models[" + n + "]", models[n]);
        Name first = Name.split(models[0], this::isKnown);
        if (first == null) throw new IllegalArgumentException("models[0]: " + expected(models[0]));
        OpenAIModelAlias alias = new OpenAIModelAlias(
                name, first.provider(), first.model(), List.of(models).subList(1, models.length));
        check(alias, (n, what) -> new IllegalArgumentException("models[" + n + "]: " + what));
        Map<String, OpenAIModelAlias> more = new LinkedHashMap<>(aliases);
        more.put(name, alias);
        return new OpenAIProviders(presets, configured, more, file);
    }

    private interface Mistake {
        IllegalArgumentException at(int model, String what);
    }

    private void check(OpenAIModelAlias alias, Mistake mistake) {
        if (!alias.provider().isEmpty() && !isKnown(alias.provider()))
            throw mistake.at(0, "one of the providers " + names() + " expected, not \"" + alias.provider() + "\"");
        for (int n = 0; n < alias.fallbacks().size(); n++) {
            String model = alias.fallbacks().get(n);
            if (Name.split(model, this::isKnown) == null) throw mistake.at(n + 1, expected(model));
        }
    }

    private String expected(String model) {
        return "provider:model expected, with one of the providers " + names() + ", not \"" + model + "\"";
    }

    /** The models that an alias stands for, in order; none if there is no such alias. */
    List<Name> modelsOf(String aliasName) {
        OpenAIModelAlias alias = aliases.get(aliasName);
        if (alias == null) return List.of();
        List<Name> models = new ArrayList<>(List.of(new Name(alias.provider(), alias.model())));
        for (String model : alias.fallbacks()) models.add(Objects.requireNonNull(Name.split(model, this::isKnown)));
        return models;
    }

    /** The provider of that name, with its key if one is known; null if there is none. */
    public @Nullable OpenAIProvider get(String name) {
        OpenAIProvider found = known(Objects.requireNonNull(name, "name"));
        if (found == null) return null;
        return found.modelAliases(modelAliases().stream()
                .filter(alias -> alias.provider().equals(found.name()))
                .toList());
    }

    OpenAIProvider required(String name) {
        OpenAIProvider found = get(name);
        if (found != null) return found;
        throw new IllegalArgumentException("provider: one of " + names() + " expected, not \"" + name + "\"");
    }

    /** The names of the providers that calls can be made to: those of the file or the code first, in their order. */
    public List<String> list() {
        return names().stream()
                .filter(name -> Objects.requireNonNull(known(name)).isUsable())
                .toList();
    }

    private List<String> names() {
        List<String> names = new ArrayList<>(configured.keySet());
        presets.keySet().stream().filter(name -> !configured.containsKey(name)).forEach(names::add);
        return names;
    }

    /** The aliases, by name. */
    public List<OpenAIModelAlias> modelAliases() {
        return aliases.values().stream()
                .sorted(Comparator.comparing(OpenAIModelAlias::name))
                .toList();
    }

    /** The file that was read; null if none was. */
    public @Nullable Path file() {
        return file;
    }

    /** Whether there is any but those that are there on every machine. */
    boolean isAnyConfigured() {
        return !configured.isEmpty()
                || presets.values().stream().anyMatch(preset -> preset.apiKey() != null && preset.isUsable());
    }

    @Nullable
    OpenAIProvider known(String name) {
        OpenAIProvider found = configured.get(name);
        if (found == null) found = configured.get(ProvidersFile.decoded(name));
        return found != null ? found : presets.get(name);
    }

    private boolean isKnown(String name) {
        return known(name) != null;
    }

    /** Whether a provider comes from the file or the code. */
    boolean isConfigured(OpenAIProvider provider) {
        return configured.containsKey(provider.name());
    }

    /** What names of models stand for, to a client with a server of its own. */
    ModelNames names(OpenAIProvider own) {
        return new ModelResolver(this, own);
    }

    /** The names, no keys. */
    @Override
    public String toString() {
        return "OpenAIProviders" + list() + (file == null ? "" : " from " + file);
    }
}
