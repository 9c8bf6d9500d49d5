package dev.aikit.cli;

import dev.aikit.OpenAIModelAlias;
import dev.aikit.OpenAIProvider;
import dev.aikit.OpenAIProviders;
import dev.aikit.json.Json;
import java.util.List;
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
    public Integer call() {
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

    /** Those that calls can be made to, and those that only aliases name, for want of a key. */
    private static List<OpenAIProvider> all(OpenAIProviders providers) {
        return Stream.concat(
                        providers.list().stream(),
                        providers.modelAliases().stream().map(OpenAIModelAlias::provider))
                .filter(name -> !name.isEmpty())
                .distinct()
                .map(name -> Objects.requireNonNull(providers.get(name)))
                .toList();
    }

    private static String line(OpenAIProvider provider) {
        return provider.name() + "  " + provider.baseURL() + "  (" + key(provider) + ")";
    }

    private static String key(OpenAIProvider provider) {
        if (provider.apiKey() != null) return "with a key";
        return LOCAL.contains(provider.baseURL().getHost()) ? "needs no key" : "no key found";
    }

    private static Json json(OpenAIProviders providers) {
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
                .with("has_key", provider.apiKey() != null);
    }
}
