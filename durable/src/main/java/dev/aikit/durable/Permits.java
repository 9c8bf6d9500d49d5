package dev.aikit.durable;

import dev.aikit.durable.internal.Sendable;
import dev.aikit.durable.internal.Sent;
import dev.aikit.durable.internal.StoreTransaction;
import java.sql.SQLException;
import java.util.List;

/** What may be sent, and when. On the writer's thread but for {@link #heard}. */
interface Permits {
    /** As much as there is room for. */
    Permits UNLIMITED = new Permits() {
        @Override
        public void open(StoreTransaction transaction, long now) {}

        @Override
        public boolean mayBeThere() {
            return true;
        }

        @Override
        public List<Sendable> claim(StoreTransaction transaction, long now, List<String> callbacks, int room)
                throws SQLException {
            return room == 0 || callbacks.isEmpty() ? List.of() : transaction.claimSends(callbacks, room);
        }

        @Override
        public void failed() {}

        @Override
        public void committed() {}

        @Override
        public boolean areInTime() {
            return true;
        }

        @Override
        public void heard(Sendable call, Sent result, long now) {}
    };

    /** Once, before anything else. */
    void open(StoreTransaction transaction, long now) throws SQLException;

    /** Whether it is worth while to ask for some. */
    boolean mayBeThere();

    /** Claims calls up to the room and to what is permitted. */
    List<Sendable> claim(StoreTransaction transaction, long now, List<String> callbacks, int room) throws SQLException;

    /** The transaction of the last claim was not done, or nobody knows. */
    void failed();

    /** It was done. */
    void committed();

    /** Whether what was claimed last may still go; asked before each of them goes. */
    boolean areInTime();

    /** An answer came, or none. On any thread. */
    void heard(Sendable call, Sent result, long now);
}
