package dev.aikit.files;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIAPIResource;
import dev.aikit.OpenAIAnswer;
import dev.aikit.OpenAICommonParameters;
import dev.aikit.OpenAIProgress;
import dev.aikit.internal.Checks;
import dev.aikit.internal.call.Operation;
import dev.aikit.internal.call.Transfer;
import dev.aikit.internal.multipart.Multipart;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Files that the server keeps. They are sent and saved piece by piece, on threads of the library: whatever their size, they take
 * less than a megabyte of memory each, and no thread of yours.
 */
public final class OpenAIFilesAPI extends OpenAIAPIResource {
    /** Made by its client. */
    public OpenAIFilesAPI(OpenAI client) {
        super(client);
    }

    /** Uploads a file; waits. */
    public OpenAIFileResult create(Path file, String purpose) {
        return create(FileSource.of(file), purpose, p -> p);
    }

    /** Uploads what a source has; waits. */
    public OpenAIFileResult create(FileSource file, String purpose) {
        return create(file, purpose, p -> p);
    }

    /**
     * Uploads a file; waits, or does not, as the parameters say:
     *
     * <pre>{@code
     * client.files().create(Path.of("questions.jsonl"), "batch", p -> p
     *         .onProgress(progress -> form.show(progress.fraction()))
     *         .onTerminate(result -> form.done(result.file())));
     * }</pre>
     *
     * @param file one that is not there, or cannot be read, fails the call with the kind {@code SOURCE}
     * @param purpose "assistants", "batch", "fine-tune", "vision", "user_data", "evals", or what else the server knows
     */
    public <T extends OpenAIAnswer> T create(
            Path file,
            String purpose,
            Function<OpenAIFileParameters<OpenAIFileResult>, OpenAIFileParameters<T>> parameters) {
        return create(FileSource.of(file), purpose, parameters);
    }

    /**
     * Uploads what a source has; waits, or does not, as the parameters say.
     *
     * @param purpose "assistants", "batch", "fine-tune", "vision", "user_data", "evals", or what else the server knows
     */
    public <T extends OpenAIAnswer> T create(
            FileSource file,
            String purpose,
            Function<OpenAIFileParameters<OpenAIFileResult>, OpenAIFileParameters<T>> parameters) {
        return create(file, purpose, apply(parameters, OpenAIFileParameters.create()));
    }

    /** The same with parameters made before. */
    public <T extends OpenAIAnswer> T create(FileSource file, String purpose, OpenAIFileParameters<T> parameters) {
        Objects.requireNonNull(parameters, "parameters");
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("purpose", Checks.text("purpose", purpose));
        fields.putAll(parameters.fields());
        Multipart body = Objects.requireNonNull(file, "file").with(fields);
        Transfer upload = Transfer.upload(body, body.contentType(), parameters.listener());
        return make(
                Operation.transferring("files.create", "POST", "/files", upload, OpenAIFileResult::new), parameters);
    }

    /** What the server knows of a file; waits. */
    public OpenAIFileResult retrieve(String fileId) {
        return retrieve(fileId, p -> p);
    }

    /** What the server knows of a file; waits, or does not, as the parameters say. */
    public <T extends OpenAIAnswer> T retrieve(
            String fileId,
            Function<
                            OpenAICommonParameters<OpenAIFileResult, OpenAIFileResult>,
                            OpenAICommonParameters<OpenAIFileResult, T>>
                    parameters) {
        return make(
                Operation.of("files.retrieve", "GET", path(fileId), null, OpenAIFileResult::new),
                apply(parameters, OpenAICommonParameters.of(OpenAIFileResult.class)));
    }

    /** Deletes a file; waits. */
    public OpenAIFileDeletedResult delete(String fileId) {
        return delete(fileId, p -> p);
    }

    /** Deletes a file; waits, or does not, as the parameters say. */
    public <T extends OpenAIAnswer> T delete(
            String fileId,
            Function<
                            OpenAICommonParameters<OpenAIFileDeletedResult, OpenAIFileDeletedResult>,
                            OpenAICommonParameters<OpenAIFileDeletedResult, T>>
                    parameters) {
        return make(
                Operation.of("files.delete", "DELETE", path(fileId), null, OpenAIFileDeletedResult::new),
                apply(parameters, OpenAICommonParameters.of(OpenAIFileDeletedResult.class)));
    }

    /** The first page of the files that the server keeps; {@code list().all()} goes on by itself. Waits. */
    public OpenAIFileListResult list() {
        return list(p -> p);
    }

    /** A page of the files that the server keeps; waits, or does not, as the parameters say. */
    public <T extends OpenAIAnswer> T list(
            Function<OpenAIFileListParameters<OpenAIFileListResult>, OpenAIFileListParameters<T>> parameters) {
        return list(apply(parameters, OpenAIFileListParameters.create()));
    }

    /** The same with parameters made before. */
    public <T extends OpenAIAnswer> T list(OpenAIFileListParameters<T> parameters) {
        return makeList("files.list", "/files", OpenAIFileListResult::new, parameters);
    }

    /**
     * The content of a file, in memory: up to the client's limit for a body ({@code maxBodyBytes}). Waits.
     */
    public OpenAIFileContentResult content(String fileId) {
        return content(fileId, p -> p);
    }

    /** The content of a file, in memory; waits, or does not, as the parameters say. */
    public <T extends OpenAIAnswer> T content(
            String fileId,
            Function<OpenAIFileContentParameters<OpenAIFileContentResult>, OpenAIFileContentParameters<T>> parameters) {
        return contentInto(null, fileId, apply(parameters, OpenAIFileContentParameters.create()));
    }

    /**
     * Saves the content of a file, of any size; waits.
     *
     * @param target replaced when all of the content is there, and not before; one that cannot be written fails the call with
     *     the kind {@code TARGET}
     */
    public OpenAIFileContentResult content(String fileId, Path target) {
        return content(fileId, target, p -> p);
    }

    /**
     * Saves the content of a file, of any size; waits, or does not, as the parameters say. It is written to a file beside
     * the target, whose name begins with a dot and ends in {@code .part}, and which takes the target's place when it is
     * whole. A call that fails leaves the target as it was.
     *
     * @param target one that cannot be written, or is there and no file, fails the call with the kind {@code TARGET}; a
     *     symbolic link stays, and what it leads to is replaced
     */
    public <T extends OpenAIAnswer> T content(
            String fileId,
            Path target,
            Function<OpenAIFileContentParameters<OpenAIFileContentResult>, OpenAIFileContentParameters<T>> parameters) {
        Objects.requireNonNull(target, "target");
        if (target.getFileName() == null)
            throw new IllegalArgumentException("target: the path of a file expected, not " + target);
        return contentInto(target, fileId, apply(parameters, OpenAIFileContentParameters.create()));
    }

    private <T extends OpenAIAnswer> T contentInto(
            @Nullable Path target, String fileId, OpenAIFileContentParameters<T> parameters) {
        Consumer<? super OpenAIProgress> listener = parameters.listener();
        return make(
                Operation.transferring(
                        "files.content",
                        "GET",
                        path(fileId) + "/content",
                        Transfer.download(target, listener),
                        outcome -> new OpenAIFileContentResult(outcome, target)),
                parameters);
    }

    private static String path(String fileId) {
        return "/files" + pathOf("fileId", fileId);
    }
}
