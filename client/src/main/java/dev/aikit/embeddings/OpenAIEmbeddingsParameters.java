package dev.aikit.embeddings;

import dev.aikit.Mode;
import dev.aikit.OpenAIAnswer;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIParameters;
import dev.aikit.internal.Checks;
import dev.aikit.internal.call.Plan;

/**
 * The parameters of {@code embeddings.create}.
 *
 * @param <T> what the function returns with these parameters: the result, or a handle on the running call
 */
public final class OpenAIEmbeddingsParameters<T extends OpenAIAnswer>
        extends OpenAIParameters<
                OpenAIEmbeddingsResult,
                T,
                OpenAIEmbeddingsParameters<T>,
                OpenAIEmbeddingsParameters<OpenAICall<OpenAIEmbeddingsResult>>> {

    private OpenAIEmbeddingsParameters(Plan<OpenAIEmbeddingsResult> plan, Mode<OpenAIEmbeddingsResult, T> mode) {
        super(plan, mode);
    }

    /** Nothing set. */
    public static OpenAIEmbeddingsParameters<OpenAIEmbeddingsResult> create() {
        return new OpenAIEmbeddingsParameters<>(Plan.empty(), Mode.waiting());
    }

    /**
     * How the server writes the numbers: "base64", a third of the size and the default, or "float". Both are read,
     * whichever comes.
     */
    public OpenAIEmbeddingsParameters<T> encodingFormat(String format) {
        return field("encoding_format", Checks.text("encodingFormat", format));
    }

    /** How many numbers each vector has, where the model can be asked. */
    public OpenAIEmbeddingsParameters<T> dimensions(int numbers) {
        return field("dimensions", Checks.positive("dimensions", numbers));
    }

    @Override
    protected OpenAIEmbeddingsParameters<T> with(Plan<OpenAIEmbeddingsResult> changed) {
        return new OpenAIEmbeddingsParameters<>(changed, mode());
    }

    @Override
    protected OpenAIEmbeddingsParameters<OpenAICall<OpenAIEmbeddingsResult>> asynchronously(
            Plan<OpenAIEmbeddingsResult> changed) {
        return new OpenAIEmbeddingsParameters<>(changed, Mode.asynchronous());
    }
}
