package dev.aikit;

import java.util.ArrayList;
import java.util.List;

/**
 * A name for a model, or for several of which the next is tried when one cannot answer.
 *
 * @param name the alias
 * @param provider the provider of the first model; "" for the client's own server
 * @param model the first model's name there
 * @param fallbacks the models after the first, each as {@code provider:model}
 */
public record OpenAIModelAlias(String name, String provider, String model, List<String> fallbacks) {
    /** Copies the list. */
    public OpenAIModelAlias {
        fallbacks = List.copyOf(fallbacks);
    }

    /** All the models in the order in which they are tried, each as {@code provider:model}. */
    public List<String> models() {
        List<String> models = new ArrayList<>(List.of(provider + ":" + model));
        models.addAll(fallbacks);
        return List.copyOf(models);
    }
}
