package dev.aikit.cli;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIConfiguration;
import dev.aikit.OpenAIProviders;
import dev.aikit.local.LocalServer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The server that a command talks to: the one that options or the environment name, else one inside this process. */
final class Connection implements AutoCloseable {
    private static final String BASE_URL = "OPENAI_BASE_URL";
    private static final String API_KEY = "OPENAI_API_KEY";
    private static final String OPENAI = "api.openai.com";
    private static final String OPENAI_WITHOUT_KEY =
            "OpenAI itself wants a key: put it into OPENAI_API_KEY; with --base-url, --api-key-env NAME names its variable";

    private final OpenAI client;
    private final @Nullable LocalServer local;

    private Connection(OpenAI client, @Nullable LocalServer local) {
        this.client = client;
        this.local = local;
    }

    /**
     * Opens it; starts the local server if need be, and says so.
     *
     * @param what the local server is for, such as "answering from the local model aikit-guide"
     * @param preload whether its models will be needed
     * @throws IllegalArgumentException if the address or the key cannot be used, or its variable is empty
     */
    static Connection open(Aikit options, String what, boolean preload) {
        return open(options, what, preload, null, configuration -> configuration);
    }

    /**
     * The same with further settings of the client.
     *
     * @param model what will be asked for; one of a provider needs no other server
     */
    static Connection open(
            Aikit options,
            String what,
            boolean preload,
            @Nullable String model,
            UnaryOperator<OpenAIConfiguration> settings) {
        OpenAIConfiguration configuration = configuration(options, model);
        if (configuration != null) return new Connection(client(settings.apply(configuration)), null);
        LocalServer server = LocalServer.builder().preload(preload).start();
        options.terminal.say("no key and no base URL: " + what + " at " + server.baseURL());
        return new Connection(OpenAI.create(c -> settings.apply(c.baseURL(server.baseURL()))), server);
    }

    /**
     * Opens it, but starts none.
     *
     * @throws IllegalArgumentException with that message if no server is named
     */
    static Connection toServer(Aikit options, String otherwise) {
        OpenAIConfiguration configuration = configuration(options, null);
        if (configuration == null) throw new IllegalArgumentException(otherwise);
        return new Connection(client(configuration), null);
    }

    private static OpenAI client(OpenAIConfiguration configuration) {
        try {
            return OpenAI.create(configuration);
        } catch (IllegalStateException noKey) {
            throw new IllegalArgumentException(
                    isOpenAI(configuration) ? OPENAI_WITHOUT_KEY : noKey.getMessage(), noKey);
        }
    }

    private static boolean isOpenAI(OpenAIConfiguration configuration) {
        return OPENAI.equals(configuration.baseURL().getHost());
    }

    private static @Nullable OpenAIConfiguration configuration(Aikit options, @Nullable String model) {
        Terminal terminal = options.terminal;
        if (options.provider != null) {
            if (options.baseUrl != null || options.apiKeyVariable != null)
                throw new IllegalArgumentException(
                        "--provider brings its address and its key: --base-url and --api-key-env mean nothing beside it");
            return OpenAIConfiguration.fromEnvironment(terminal.environment()).provider(options.provider);
        }
        String key = terminal.variable(options.keyVariable());
        if (options.apiKeyVariable != null && key == null) {
            throw new IllegalArgumentException("--api-key-env: the environment variable " + options.apiKeyVariable
                    + " is empty; put the key into it, not its name or the key itself onto the command line");
        }
        if (options.baseUrl != null) {
            // The key in the environment belongs to the address in the environment, not to this one.
            OpenAIConfiguration made = at(options.baseUrl);
            return options.apiKeyVariable == null || key == null ? made : made.apiKey(key);
        }
        boolean noServer = key == null && terminal.variable(BASE_URL) == null;
        if (noServer && (model == null || !isOfAProvider(model, terminal))) return null;
        Map<String, String> environment = new LinkedHashMap<>(terminal.environment());
        if (options.apiKeyVariable != null) environment.put(API_KEY, key);
        return OpenAIConfiguration.fromEnvironment(environment);
    }

    /**
     * Whether the model is one of a provider. The local models have no names that begin as one: if its key is missing, the
     * library's own sentence says which.
     */
    private static boolean isOfAProvider(String model, Terminal terminal) {
        OpenAIProviders providers = OpenAIProviders.load(terminal.environment());
        boolean usable = providers.list().stream().anyMatch(name -> model.startsWith(name + ":"))
                || providers.modelAliases().stream()
                        .anyMatch(alias -> alias.name().equals(model));
        if (!usable) refuseProviderWithoutKey(model, providers);
        return usable;
    }

    private static void refuseProviderWithoutKey(String model, OpenAIProviders providers) {
        for (int colon = model.lastIndexOf(':'); colon > 0; colon = model.lastIndexOf(':', colon - 1)) {
            String name = model.substring(0, colon);
            if (providers.get(name) == null) continue;
            client(OpenAIConfiguration.defaults().providers(providers).provider(name))
                    .close();
            return;
        }
    }

    private static OpenAIConfiguration at(String baseUrl) {
        try {
            return OpenAIConfiguration.defaults().baseURL(baseUrl);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(wrong.getMessage().replaceFirst("^baseURL", "--base-url"), wrong);
        }
    }

    OpenAI client() {
        return client;
    }

    /** Whether the server is the one inside this process. */
    boolean isLocal() {
        return local != null;
    }

    @Override
    public void close() {
        client.close();
        if (local != null) local.close();
    }
}
