package dev.aikit.cli;

import dev.aikit.OpenAIModelAlias;
import dev.aikit.OpenAIProvider;
import dev.aikit.OpenAIProviders;
import dev.aikit.json.Json;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
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
            "They come from AIProviders.json (AIKIT_PROVIDERS names another file) and from keys in",
            "the environment, such as MISTRAL_API_KEY. No server is asked, and no key is shown."
        },
        footer = {
            "",
            "Examples:",
            "  aikit providers",
            "  MISTRAL_API_KEY=... aikit chat --model mistral:mistral-small-latest \"Hello\"",
            "  aikit models --provider ollama"
        })
final class ProvidersCommand implements Callable<Integer> {
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
        for (String name : providers.list()) options.terminal.println(line(provider(providers, name)));
        for (OpenAIModelAlias alias : providers.modelAliases())
            options.terminal.println(alias.name() + " = " + String.join(", else ", alias.models()));
        return ExitCode.OK;
    }

    private static OpenAIProvider provider(OpenAIProviders providers, String name) {
        return Objects.requireNonNull(providers.get(name));
    }

    private static String line(OpenAIProvider provider) {
        return provider.name() + "  " + provider.baseURL()
                + (provider.apiKey() == null ? "  (no key)" : "  (with a key)");
    }

    private static Json json(OpenAIProviders providers) {
        List<Json> all = providers.list().stream()
                .map(name -> json(provider(providers, name)))
                .toList();
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
