package dev.aikit.examples;

import static java.util.stream.Collectors.joining;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIError;
import dev.aikit.models.OpenAIModelListResult;

/** The list of models, received in a callback. */
public final class ModelList {
    private ModelList() {}

    /** Asks, and goes on. */
    public static void main(String... arguments) {
        OpenAI client = LocalModels.client();
        client.models().list(p -> p.formula(ModelList::receive));
        System.out.println("asked for the models");
    }

    private static void receive(OpenAIModelListResult result) {
        if (result.success()) result.models().forEach(model -> System.out.println("model: " + model.id()));
        else
            System.out.println(
                    result.errors().stream().map(OpenAIError::message).collect(joining("\n")));
    }
}
