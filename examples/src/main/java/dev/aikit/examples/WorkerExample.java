package dev.aikit.examples;

import dev.aikit.OpenAI;
import dev.aikit.Worker;
import dev.aikit.models.OpenAIModelListResult;

/** A worker as the place for callbacks (the kit's CALL WORKER): a named process that does one thing at a time, in order. */
public final class WorkerExample {
    private WorkerExample() {}

    /** Makes the call on the worker, so that its callback comes to the worker too. */
    public static void main(String... arguments) {
        OpenAI client = LocalModels.client();
        Worker.named("archive").call(() -> {
            client.models().list(p -> p.formula(WorkerExample::store));
            System.out.println("asked on " + Thread.currentThread().getName());
        });
    }

    private static void store(OpenAIModelListResult result) {
        System.out.println(
                result.models().size() + " models on " + Thread.currentThread().getName());
        Worker.kill("archive");
    }
}
