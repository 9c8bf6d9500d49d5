package dev.aikit.examples;

import dev.aikit.OpenAI;
import java.nio.file.Path;

/**
 * Has a picture made, and saves it without waiting. Needs a server with a model that makes pictures, named by
 * {@code OPENAI_API_KEY} or {@code OPENAI_BASE_URL}: the local server has no such model.
 */
public final class Images {
    private Images() {}

    /** The folder for the picture, what it shows, and the model; or none of them. */
    public static void main(String... arguments) {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : ".");
        String prompt = arguments.length > 1 ? arguments[1] : "A red car in the snow";
        String model = arguments.length > 2 ? arguments[2] : "gpt-image-1";
        OpenAI client = OpenAI.create();

        client.images()
                .generate(
                        prompt,
                        p -> p.model(model)
                                .onError(failed -> System.out.println("failed: " + failed.errors()))
                                .onResponse(made -> made.image()
                                        .download(q -> q.onError(
                                                        failed -> System.out.println("not fetched: " + failed.errors()))
                                                .onResponse(picture -> System.out.println("saved: "
                                                        + picture.saveToDisk(folder.resolve("picture.png")))))));
        System.out.println("asked for: " + prompt);
    }
}
