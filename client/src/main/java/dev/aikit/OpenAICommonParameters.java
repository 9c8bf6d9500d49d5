package dev.aikit;

import dev.aikit.internal.call.Plan;
import java.util.Objects;

/**
 * The parameters of functions that have none of their own, such as {@code models.list}.
 *
 * @param <R> the function's result
 * @param <T> what the function returns with these parameters: {@code R}, or {@code OpenAICall<R>}
 */
public final class OpenAICommonParameters<R extends OpenAIResult, T extends OpenAIAnswer>
        extends OpenAIParameters<R, T, OpenAICommonParameters<R, T>, OpenAICommonParameters<R, OpenAICall<R>>> {

    private OpenAICommonParameters(Plan<R> plan, Mode<R, T> mode) {
        super(plan, mode);
    }

    /** Nothing set, for functions with that result: {@code OpenAICommonParameters.of(OpenAIModelListResult.class)}. */
    public static <R extends OpenAIResult> OpenAICommonParameters<R, R> of(Class<R> result) {
        Objects.requireNonNull(result, "result");
        return of();
    }

    static <R extends OpenAIResult> OpenAICommonParameters<R, R> of() {
        return new OpenAICommonParameters<>(Plan.empty(), Mode.waiting());
    }

    @Override
    protected OpenAICommonParameters<R, T> with(Plan<R> changed) {
        return new OpenAICommonParameters<>(changed, mode());
    }

    @Override
    protected OpenAICommonParameters<R, OpenAICall<R>> asynchronously(Plan<R> changed) {
        return new OpenAICommonParameters<>(changed, Mode.asynchronous());
    }
}
