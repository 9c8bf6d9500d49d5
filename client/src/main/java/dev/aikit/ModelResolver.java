package dev.aikit;

import dev.aikit.internal.call.Destination;
import dev.aikit.internal.call.ModelNames;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where a model's name leads, for a client with a server of its own:
 *
 * <ol>
 *   <li>{@code provider:model}, by the longest name of a provider that is known; {@code :model} is the client's own server;
 *   <li>the name of an alias;
 *   <li>anything else is the model's own name, at the client's own server.
 * </ol>
 *
 * <p>A known provider that wants a key and has none is passed over, for its name may well begin that of a local model
 * ({@code mistral:7b}); unless the client's own server is OpenAI, which has no such models: then the call says what is missing.
 */
final class ModelResolver implements ModelNames {
    /** A model's name in its two parts. */
    record Name(String provider, String model) {
        /** The parts, with the longest provider that is known; null if there is none. */
        static @Nullable Name split(String text, Predicate<String> known) {
            for (int colon = text.lastIndexOf(':'); colon >= 0; colon = text.lastIndexOf(':', colon - 1)) {
                String provider = text.substring(0, colon);
                String model = text.substring(colon + 1);
                if (!model.isBlank() && (colon == 0 || known.test(provider))) return new Name(provider, model);
            }
            return null;
        }
    }

    private final OpenAIProviders providers;
    private final OpenAIProvider own;
    private final boolean ownIsOpenAI;
    private final Map<String, Destination> destinations = new ConcurrentHashMap<>();

    ModelResolver(OpenAIProviders providers, OpenAIProvider own) {
        this.providers = providers;
        this.own = own;
        this.ownIsOpenAI = URI.create(OpenAIConfiguration.OPENAI_URL)
                .getHost()
                .equals(own.baseURL().getHost());
    }

    @Override
    public List<Target> of(String name) {
        Name parts = Name.split(name, this::isInEffect);
        if (parts != null) return List.of(target(parts));
        return providers.modelsOf(name).stream().map(this::target).toList();
    }

    private boolean isInEffect(String provider) {
        OpenAIProvider known = providers.known(provider);
        return known != null && (providers.isConfigured(known) || known.isUsable() || ownIsOpenAI);
    }

    private Target target(Name name) {
        if (name.provider().isEmpty() || name.provider().equals(own.name())) return new Target(null, name.model());
        Destination destination = destinations.computeIfAbsent(
                name.provider(),
                provider -> Objects.requireNonNull(providers.known(provider)).destination(Map.of()));
        return new Target(destination, name.model());
    }
}
