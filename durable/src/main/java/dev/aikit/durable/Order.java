package dev.aikit.durable;

import dev.aikit.durable.internal.StoreTransaction;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/** What somebody wants done now, such as a cancel, and waits for. */
final class Order extends Change {
    /** A step, and whether it was taken. */
    @FunctionalInterface
    interface Step {
        boolean in(StoreTransaction transaction) throws SQLException;
    }

    private final Step step;
    private final CompletableFuture<Boolean> answer = new CompletableFuture<>();
    private boolean taken;

    Order(Step step) {
        super(null);
        this.step = step;
    }

    CompletableFuture<Boolean> answer() {
        return answer;
    }

    @Override
    void apply(StoreTransaction transaction, long now) throws SQLException {
        taken = step.in(transaction);
    }

    @Override
    void committed() {
        answer.complete(taken);
    }

    @Override
    boolean isAwaited() {
        return true;
    }

    @Override
    boolean failed(Throwable why) {
        answer.completeExceptionally(new DurableStoreException("the store was not written: " + why.getMessage(), why));
        return true;
    }
}
