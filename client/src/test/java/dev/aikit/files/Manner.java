package dev.aikit.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIResult;
import dev.aikit.Worker;
import dev.aikit.testing.Way;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/** The three manners of a call: waiting, with callbacks, and with callbacks on a worker. */
enum Manner {
    WAITING,
    ASYNCHRONOUS,
    ON_A_WORKER;

    private static final Worker WORKER = Worker.named("files-test");

    private final List<String> callbacks = Collections.synchronizedList(new ArrayList<>());

    OpenAIFileResult upload(OpenAI client, FileSource file) throws InterruptedException {
        return upload(client, file, p -> p);
    }

    /** Uploads, waits for the end, and holds the callbacks against the contract. */
    OpenAIFileResult upload(
            OpenAI client, FileSource file, UnaryOperator<OpenAIFileParameters<OpenAIFileResult>> settings)
            throws InterruptedException {
        callbacks.clear();
        return switch (this) {
            case WAITING -> client.files().create(file, "user_data", p -> settings.apply(p));
            case ASYNCHRONOUS ->
                checked(Way.ended(client.files()
                        .create(
                                file,
                                "user_data",
                                p -> settings.apply(p)
                                        .onResponse(r -> called("onResponse"))
                                        .onError(r -> called("onError"))
                                        .onTerminate(r -> called("onTerminate"))
                                        .formula(r -> called("formula")))));
            case ON_A_WORKER ->
                checked(Way.ended(client.files()
                        .create(
                                file,
                                "user_data",
                                p -> settings.apply(p)
                                        .on(WORKER)
                                        .onResponse(r -> called("onResponse"))
                                        .onError(r -> called("onError"))
                                        .onTerminate(r -> called("onTerminate"))
                                        .formula(r -> called("formula")))));
        };
    }

    /** Saves a file, waits for the end, and holds the callbacks against the contract. */
    OpenAIFileContentResult save(OpenAI client, Path target) throws InterruptedException {
        callbacks.clear();
        return switch (this) {
            case WAITING -> client.files().content("file-1", target);
            case ASYNCHRONOUS ->
                checked(Way.ended(client.files()
                        .content(
                                "file-1",
                                target,
                                p -> p.onResponse(r -> called("onResponse"))
                                        .onError(r -> called("onError"))
                                        .onTerminate(r -> called("onTerminate"))
                                        .formula(r -> called("formula")))));
            case ON_A_WORKER ->
                checked(Way.ended(client.files()
                        .content(
                                "file-1",
                                target,
                                p -> p.on(WORKER)
                                        .onResponse(r -> called("onResponse"))
                                        .onError(r -> called("onError"))
                                        .onTerminate(r -> called("onTerminate"))
                                        .formula(r -> called("formula")))));
        };
    }

    private void called(String callback) {
        callbacks.add(callback);
        if (this == ON_A_WORKER) assertThat(Worker.current()).isSameAs(WORKER);
    }

    private <R extends OpenAIResult> R checked(R result) {
        assertThat(callbacks).containsExactly(result.success() ? "onResponse" : "onError", "onTerminate", "formula");
        assertThat(result.terminated()).isTrue();
        return result;
    }
}
