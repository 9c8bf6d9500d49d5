package dev.aikit.batches;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIAPIResource;
import dev.aikit.OpenAIAnswer;
import dev.aikit.OpenAICommonParameters;
import dev.aikit.internal.Checks;
import dev.aikit.internal.call.Operation;
import dev.aikit.json.Json;
import java.util.function.Function;

/**
 * Batches at a provider: files of requests that it works off within a day, at a lower price. The file is sent with
 * {@code client.files().create(path, "batch")}; the results are fetched with {@code client.files().content(id, path)}.
 * Batches of any size, sent from this machine, are in dev.aikit:aikit-durable.
 */
public final class OpenAIBatchesAPI extends OpenAIAPIResource {
    private static final String WINDOW = "24h";

    /** Made by its client. */
    public OpenAIBatchesAPI(OpenAI client) {
        super(client);
    }

    /** Begins a batch; waits for that, not for its end. */
    public OpenAIBatchResult create(String inputFileId, String endpoint) {
        return create(inputFileId, endpoint, p -> p);
    }

    /**
     * Begins a batch; waits for that, or does not, as the parameters say.
     *
     * @param inputFileId of a file with the purpose "batch": at OpenAI up to 50,000 requests and 200 MB
     * @param endpoint where all of its requests go, such as "/v1/chat/completions"
     */
    public <T extends OpenAIAnswer> T create(
            String inputFileId,
            String endpoint,
            Function<OpenAIBatchParameters<OpenAIBatchResult>, OpenAIBatchParameters<T>> parameters) {
        return create(inputFileId, endpoint, apply(parameters, OpenAIBatchParameters.create()));
    }

    /** The same with parameters made before. */
    public <T extends OpenAIAnswer> T create(String inputFileId, String endpoint, OpenAIBatchParameters<T> parameters) {
        Json begin = Json.missing()
                .with("input_file_id", Checks.text("inputFileId", inputFileId))
                .with("endpoint", Checks.text("endpoint", endpoint))
                .with("completion_window", WINDOW);
        return make(
                Operation.of("batches.create", "POST", "/batches", body(begin, parameters), OpenAIBatchResult::new),
                parameters);
    }

    /** How far a batch is; waits. */
    public OpenAIBatchResult retrieve(String batchId) {
        return retrieve(batchId, p -> p);
    }

    /** How far a batch is; waits, or does not, as the parameters say. */
    public <T extends OpenAIAnswer> T retrieve(
            String batchId,
            Function<
                            OpenAICommonParameters<OpenAIBatchResult, OpenAIBatchResult>,
                            OpenAICommonParameters<OpenAIBatchResult, T>>
                    parameters) {
        return make(
                Operation.of("batches.retrieve", "GET", path(batchId), null, OpenAIBatchResult::new),
                apply(parameters, OpenAICommonParameters.of(OpenAIBatchResult.class)));
    }

    /** Cancels a batch, which takes up to ten minutes; waits for the answer, not for that. */
    public OpenAIBatchResult cancel(String batchId) {
        return cancel(batchId, p -> p);
    }

    /** Cancels a batch, which takes up to ten minutes; waits for the answer, or does not, as the parameters say. */
    public <T extends OpenAIAnswer> T cancel(
            String batchId,
            Function<
                            OpenAICommonParameters<OpenAIBatchResult, OpenAIBatchResult>,
                            OpenAICommonParameters<OpenAIBatchResult, T>>
                    parameters) {
        return make(
                Operation.of("batches.cancel", "POST", path(batchId) + "/cancel", null, OpenAIBatchResult::new),
                apply(parameters, OpenAICommonParameters.of(OpenAIBatchResult.class)));
    }

    /** The first page of the batches, newest first; {@code list().all()} goes on by itself. Waits. */
    public OpenAIBatchListResult list() {
        return list(p -> p);
    }

    /** A page of the batches; waits, or does not, as the parameters say. */
    public <T extends OpenAIAnswer> T list(
            Function<OpenAIBatchListParameters<OpenAIBatchListResult>, OpenAIBatchListParameters<T>> parameters) {
        return list(apply(parameters, OpenAIBatchListParameters.create()));
    }

    /** The same with parameters made before. */
    public <T extends OpenAIAnswer> T list(OpenAIBatchListParameters<T> parameters) {
        return makeList("batches.list", "/batches", OpenAIBatchListResult::new, parameters);
    }

    private static String path(String batchId) {
        return "/batches" + pathOf("batchId", batchId);
    }
}
