package dev.aikit.examples;

import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.models.OpenAIModelListResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The ways to wait for a result. */
public final class Waiting {
    private Waiting() {}

    /** Waits in four ways. */
    public static void main(String... arguments) throws InterruptedException {
        OpenAI client = LocalModels.client();

        OpenAIModelListResult result = client.models().list(); // no callback: the call itself waits
        System.out.println("waited: " + result.models().size());

        OpenAICall<OpenAIModelListResult> call = client.models().list(p -> p.async()); // does not wait
        System.out.println("waited later: " + call.await().models().size());
        System.out.println(
                "is there already: " + call.await(Duration.ofSeconds(1)).isPresent());

        CompletableFuture<Integer> count = client.models()
                .list(p -> p.async())
                .future()
                .thenApply(models -> models.models().size());
        System.out.println("from a future: " + count.join());
    }
}
