package dev.aikit.durable;

import dev.aikit.CallbackException;
import dev.aikit.durable.internal.CallRow;
import dev.aikit.durable.internal.Deliverable;
import dev.aikit.durable.internal.Failure;
import dev.aikit.durable.internal.Probe;
import dev.aikit.durable.internal.RetryRules;
import dev.aikit.durable.internal.StoreTransaction;
import dev.aikit.internal.threads.CallbackThreads;
import dev.aikit.internal.threads.Uncaught;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Runs the callbacks that the desk has taken, and has their ends written together with their effects. */
final class Deliverer {
    private static final System.Logger LOG = System.getLogger("dev.aikit.durable");

    /** An effect whose transaction fails so often, with nothing else in it, is taken for what fails. */
    private static final int MOST_FAILURES_ALONE = 5;

    private final Registrations callbacks;
    private final Executor threads;
    private final RetryRules rules;
    private final Writer writer;
    private final Desk desk;
    private final Ends ends;
    private final Probe probe;

    Deliverer(
            Registrations callbacks,
            Executor threads,
            RetryRules rules,
            Writer writer,
            Desk desk,
            Ends ends,
            Probe probe) {
        this.callbacks = callbacks;
        this.threads = threads;
        this.rules = rules;
        this.writer = writer;
        this.desk = desk;
        this.ends = ends;
        this.probe = probe;
    }

    void deliver(Deliverable call) {
        Runnable task = () -> run(call);
        try {
            threads.execute(task);
        } catch (Throwable refused) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the executor for callbacks refused that of " + call.call().key() + ": it runs on another thread",
                    refused);
            CallbackThreads.shared().execute(task);
        }
    }

    private void run(Deliverable call) {
        DurableDelivery delivery = new DurableDelivery(new StoredCall(call.call()));
        try {
            callbacks.call(delivery, call.call());
        } catch (Registrations.Unreadable answer) {
            writer.add(new Threw(call, new Failure(answer.error.kind().name(), answer.error.toString(), null)));
            return;
        } catch (Throwable thrown) {
            threw(call, thrown);
            return;
        }
        probe.at(Probe.Point.CALLBACK_RETURNED);
        writer.add(new Done(call, delivery.end()));
    }

    private void threw(Deliverable call, Throwable thrown) {
        writer.add(new Threw(call, failure(thrown)));
        Uncaught.report(new CallbackException(call.call().callback(), ends.handle(call.call()), thrown));
    }

    private static Failure failure(Throwable thrown) {
        return new Failure(CallRow.CALLBACK, "the callback threw " + thrown, null);
    }

    /** Whether the call is dead by this. */
    private boolean laterOrNever(StoreTransaction transaction, Deliverable call, Failure failure, long now)
            throws SQLException {
        int failures = call.call().deliveries() - call.call().unclearDeliveries();
        boolean unreadable = !failure.kind().equals(CallRow.CALLBACK);
        boolean last = unreadable || failures >= rules.mostDeliveries();
        boolean mine = last
                ? transaction.dead(call.claim(), failure)
                : transaction.later(call.claim(), failure, now, rules.backOff(failures));
        return last && mine;
    }

    private final class Threw extends Change {
        private final Deliverable call;
        private final Failure failure;
        private boolean dead;

        Threw(Deliverable call, Failure failure) {
            super(null);
            this.call = call;
            this.failure = failure;
        }

        @Override
        void apply(StoreTransaction transaction, long now) throws SQLException {
            desk.ends(call.claim());
            dead = laterOrNever(transaction, call, failure, now);
        }

        @Override
        void committed() {
            desk.delivered(call.claim());
            if (dead) ends.dead(call.call(), failure);
        }
    }

    private final class Done extends Change {
        private final Deliverable call;
        private final List<SqlEffect> effects;
        private boolean dead;
        private @Nullable Failure failure;
        private @Nullable Throwable thrown;
        private @Nullable Throwable lastTrouble;

        Done(Deliverable call, List<SqlEffect> effects) {
            super(Probe.Point.DONE_BEFORE_COMMIT);
            this.call = call;
            this.effects = effects;
        }

        @Override
        void apply(StoreTransaction transaction, long now) throws SQLException {
            desk.ends(call.claim());
            failure = null;
            thrown = null;
            if (!effects.isEmpty() && failuresAlone() >= MOST_FAILURES_ALONE) {
                thrown = lastTrouble;
            } else {
                try {
                    transaction.done(call.claim(), now, effects);
                } catch (StoreTransaction.EffectException effect) {
                    thrown = effect.getCause();
                }
            }
            if (thrown == null) return;
            failure = failure(thrown);
            dead = laterOrNever(transaction, call, failure, now);
        }

        @Override
        boolean failed(Throwable why) {
            lastTrouble = why;
            return super.failed(why);
        }

        @Override
        void committed() {
            desk.delivered(call.claim());
            probe.at(Probe.Point.DONE_AFTER_COMMIT);
            if (thrown != null)
                Uncaught.report(new CallbackException(call.call().callback(), ends.handle(call.call()), thrown));
            if (failure == null) ends.done(call.call());
            else if (dead) ends.dead(call.call(), failure);
        }
    }
}
