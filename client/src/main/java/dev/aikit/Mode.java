package dev.aikit;

import dev.aikit.internal.call.Engine;
import dev.aikit.internal.call.Operation;
import dev.aikit.internal.call.Plan;

/**
 * The last step of a call, and the only one in which waiting and asynchronous calls differ.
 *
 * @param <R> the function's result
 * @param <T> what the function returns
 */
public abstract sealed class Mode<R extends OpenAIResult, T extends OpenAIAnswer> {
    private Mode() {}

    abstract T make(Engine engine, Operation<R> operation, Plan<R> plan);

    /** Waits and returns the result. */
    public static <R extends OpenAIResult> Mode<R, R> waiting() {
        return new Waiting<>();
    }

    /** Returns at once, with a handle on the running call. */
    public static <R extends OpenAIResult> Mode<R, OpenAICall<R>> asynchronous() {
        return new Asynchronous<>();
    }

    private static final class Waiting<R extends OpenAIResult> extends Mode<R, R> {
        @Override
        R make(Engine engine, Operation<R> operation, Plan<R> plan) {
            return engine.await(operation, plan);
        }
    }

    private static final class Asynchronous<R extends OpenAIResult> extends Mode<R, OpenAICall<R>> {
        @Override
        OpenAICall<R> make(Engine engine, Operation<R> operation, Plan<R> plan) {
            CallKeeper keeper = plan.keeper();
            return keeper == null ? engine.start(operation, plan) : keeper.keep(engine.kept(operation, plan));
        }
    }
}
