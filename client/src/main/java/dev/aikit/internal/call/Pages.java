package dev.aikit.internal.call;

import dev.aikit.OpenAICall;
import dev.aikit.OpenAIResult;
import java.lang.ref.Reference;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * How the pages of one list are fetched: each with the parameters of the first, but for the place where it begins.
 *
 * @param <R> a page
 */
public final class Pages<R extends OpenAIResult> {
    private final Object client;
    private final Engine engine;
    private final String function;
    private final String path;
    private final Plan<R> plan;
    private final BiFunction<Outcome, Pages<R>, R> page;

    /**
     * Of the list at that path, without its query.
     *
     * @param client whose engine that is: while there are pages, it is not garbage, and so is not closed
     */
    public Pages(
            Object client,
            Engine engine,
            String function,
            String path,
            Plan<R> plan,
            BiFunction<Outcome, Pages<R>, R> page) {
        this.client = client;
        this.engine = engine;
        this.function = function;
        this.path = path;
        this.plan = plan;
        this.page = page;
    }

    /** The call for the first page. */
    public Operation<R> first() {
        String address = path + Query.of(plan);
        return Operation.of(function, "GET", address, null, outcome -> page.apply(outcome, this));
    }

    private Pages<R> after(String id) {
        return new Pages<>(
                client, engine, function, path, plan.withField("after", id).withoutCallbacks(), page);
    }

    /** The page after that id; waits. */
    public R awaitAfter(String id) {
        Pages<R> next = after(id);
        try {
            return engine.await(next.first(), next.plan);
        } finally {
            Reference.reachabilityFence(client);
        }
    }

    /** The page after that id; does not wait. */
    public OpenAICall<R> startAfter(String id, Consumer<? super R> formula) {
        Pages<R> next = after(id);
        try {
            return engine.start(next.first(), next.plan.withFormula(formula));
        } finally {
            Reference.reachabilityFence(client);
        }
    }
}
