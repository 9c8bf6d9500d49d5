package dev.aikit.cli;

import dev.aikit.OpenAIModelAlias;
import dev.aikit.OpenAIProvider;
import dev.aikit.OpenAIProviders;
import dev.aikit.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Lists the providers that calls can be made to. */
@Command(
        name = "providers",
        description = {
            "Lists the providers that calls can be made to, and the aliases of models.",
            "",
            "They come from AIProviders.json (AIKIT_PROVIDERS names another file) and from",
            "keys in the environment, such as MISTRAL_API_KEY. No server is asked, and no",
            "key is shown."
        },
        footer = {
            "",
            "Examples:",
            "  aikit providers",
            "  MISTRAL_API_KEY=... aikit chat -m mistral:mistral-small-latest \"Hello\"",
            "  aikit models --provider ollama"
        })
final class ProvidersCommand implements Callable<Integer> {
    /** What runs on the user's own machine wants a key only if the user said so. */
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    @ParentCommand
    Aikit options;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        options.refuseServerOptions(spec, "asks no server");
        OpenAIProviders providers = OpenAIProviders.load(options.terminal.environment());
        if (options.json) {
            options.terminal.println(json(providers).toString());
            return ExitCode.OK;
        }
        options.terminal.say(providers.file() == null ? "there is no AIProviders.json" : "from " + providers.file());
        for (OpenAIProvider provider : all(providers)) options.terminal.println(line(provider));
        for (OpenAIModelAlias alias : providers.modelAliases())
            options.terminal.println(alias.name() + " = " + String.join(", else ", alias.models()));
        return ExitCode.OK;
    }

    /** Those that calls can be made to, and those that the file names but no key was found for. */
    private static List<OpenAIProvider> all(OpenAIProviders providers) throws IOException {
        Path file = providers.file();
        Set<String> inFile = file == null
                ? Set.of()
                : Json.parse(Files.readAllBytes(file)).get("providers").fields().keySet();
        Stream<String> inAliases = providers.modelAliases().stream().map(OpenAIModelAlias::provider);
        Map<String, OpenAIProvider> all = new LinkedHashMap<>();
        Stream.of(inFile.stream(), providers.list().stream(), inAliases)
                .flatMap(names -> names)
                .map(providers::get)
                .filter(Objects::nonNull)
                .forEach(provider -> all.putIfAbsent(provider.name(), provider));
        return List.copyOf(all.values());
    }

    private static String line(OpenAIProvider provider) {
        return provider.name() + "  " + provider.baseURL() + "  (" + key(provider) + ")";
    }

    private static String key(OpenAIProvider provider) {
        if (provider.apiKey() != null) return "with a key";
        return LOCAL.contains(provider.baseURL().getHost()) ? "needs no key" : "no key found";
    }

    private static Json json(OpenAIProviders providers) throws IOException {
        List<Json> all = all(providers).stream().map(ProvidersCommand::json).toList();
        List<Json> aliases = providers.modelAliases().stream()
                .map(alias -> Json.parse("{}").with("name", alias.name()).with("models", alias.models()))
                .toList();
        return Json.parse("{}").with("providers", all).with("aliases", aliases);
    }

    private static Json json(OpenAIProvider provider) {
        return Json.parse("{}")
                .with("name", provider.name())
                .with("base_url", provider.baseURL().toString())
                .with("has_key", provider.apiKey() != null)
                .with("usable", provider.isUsable());
    }
}
