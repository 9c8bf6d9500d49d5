package dev.aikit.durable.internal;

import dev.aikit.durable.SqlEffect;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps that a call can take, within a transaction. Each looks at the state and the claim first, and does nothing and
 * says so if they are not what they should be. Times are milliseconds since 1970.
 */
public interface StoreTransaction {
    /** Hears what became of a step, before the transaction is committed: not always at once, as steps may go together. */
    @FunctionalInterface
    interface Told {
        /** That is so. */
        void that(boolean so);
    }

    /** What an effect threw. */
    final class EffectException extends Exception {
        private static final long serialVersionUID = 1L;

        /** That it threw this. */
        public EffectException(Throwable thrown) {
            super(thrown);
        }
    }

    /** Keeps a call, unless its key is there; tells whether the key belongs to another call. */
    void submit(NewCall call, long now, Told conflict) throws SQLException;

    /** READY to SENDING. */
    List<Sendable> claimSends(List<String> callbacks, int limit) throws SQLException;

    /** ANSWERED to DELIVERING. */
    List<Deliverable> claimDeliveries(List<String> callbacks, int limit) throws SQLException;

    /** SENDING to DELIVERING under the same claim, or to ANSWERED; tells whether it was so. */
    void answered(Claim claim, StoredAnswer answer, boolean deliver, Told mine) throws SQLException;

    /** SENDING to READY, or DELIVERING to ANSWERED, after a failure; tried again after a delay. */
    boolean later(Claim claim, Failure failure, long now, long delay) throws SQLException;

    /** SENDING to READY, or DELIVERING to ANSWERED, at once: nobody knows how far it came. */
    boolean release(Claim claim) throws SQLException;

    /** SENDING to READY, at once, as if it had not been claimed: it was not sent. */
    boolean unsent(Claim claim) throws SQLException;

    /** There is a rate limit of that name, used by nobody so far unless it was there. */
    void openRate(String name, long now) throws SQLException;

    /** A rate limit, which nobody else can read until this transaction ends; null while somebody else's has it. */
    @Nullable
    RateRow rate(String name) throws SQLException;

    /** What has become of it. */
    void rate(String name, RateRow row) throws SQLException;

    /** SENDING or DELIVERING to DEAD, for good; also true if this very step was taken before, by a commit that was unclear. */
    boolean dead(Claim claim, Failure failure) throws SQLException;

    /**
     * DELIVERING to DONE, with the effects of its callback.
     *
     * @throws EffectException if an effect threw; nothing of them stays, and the call is DELIVERING as before
     */
    void done(Claim claim, long now, List<SqlEffect> effects) throws SQLException, EffectException;

    /** Statements of somebody else's. */
    void write(SqlEffect effect) throws SQLException;

    /** Whatever has not begun its callback to DEAD, by key. */
    boolean cancel(String key, long now) throws SQLException;

    /** DEAD to READY, or to ANSWERED if its callback was what failed, by key. */
    boolean redrive(String key) throws SQLException;

    /** Those whose time has come become due; and those whose time is far off only because the clock was set back. */
    int promote(long now) throws SQLException;

    /** READY and ANSWERED to PARKED, where nobody has registered the callback. */
    List<String> park() throws SQLException;

    /** This worker is there, with these callbacks; what was parked for want of one goes on. */
    int register(List<String> callbacks) throws SQLException;

    /** This worker goes. */
    void unregister() throws SQLException;

    /** What a dead owner had in hand goes back. */
    int takeOver(String deadOwner) throws SQLException;

    /** What this worker has in hand by the tables but not by its own knowledge goes back: a commit was unclear. */
    int releaseUnknown(Collection<Claim> known) throws SQLException;

    /** Removes calls that have been kept for long enough. */
    int expire(long now, int limit) throws SQLException;
}
