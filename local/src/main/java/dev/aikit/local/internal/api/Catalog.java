package dev.aikit.local.internal.api;

import dev.aikit.local.internal.ApiError;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The models by name. {@code local:} before a name is ignored, and {@code guide} is short for {@code aikit-guide}. */
public final class Catalog {
    private static final Map<String, String> ALIASES = Map.of("guide", "aikit-guide");

    private final List<Model> models;

    public Catalog(List<Model> models) {
        this.models = List.copyOf(models);
    }

    List<Model> models() {
        return models;
    }

    Model find(String name) {
        String plain = name.startsWith("local:") ? name.substring("local:".length()) : name;
        String id = ALIASES.getOrDefault(plain, plain);
        return models.stream()
                .filter(model -> model.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ApiError.noSuchModel(
                        "The model '" + name + "' does not exist here. There are: " + names(models) + "."));
    }

    Model chat(String name) {
        Model model = find(name);
        if (model.chat() != null) return model;
        List<Model> chats = models.stream().filter(each -> each.chat() != null).toList();
        throw ApiError.field(
                "model", model.id() + " makes embeddings and cannot chat. Models that can: " + names(chats) + ".");
    }

    Model embedding(String name) {
        Model model = find(name);
        if (model.chat() == null) return model;
        List<Model> others = models.stream().filter(each -> each.chat() == null).toList();
        throw ApiError.field(
                "model", model.id() + " chats and cannot make embeddings. Models that can: " + names(others) + ".");
    }

    private static String names(List<Model> models) {
        return models.stream().map(Model::id).collect(Collectors.joining(", "));
    }
}
