package dev.aikit.durable.internal.sql;

import dev.aikit.durable.DurableState;
import dev.aikit.durable.internal.CallRow;
import dev.aikit.durable.internal.StoredAnswer;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** From the tables to what they mean. */
public final class Rows {
    private static final DurableState[] STATES = {
        DurableState.READY,
        DurableState.SENDING,
        DurableState.ANSWERED,
        DurableState.DELIVERING,
        DurableState.DONE,
        DurableState.DEAD,
        DurableState.PARKED
    };

    /** What {@link #call} reads, of a call and its request; as many columns as {@link #CALL_COLUMNS}. */
    public static final String CALL = """
            c.id, c.key, c.state, c.function, c.callback, r.method, r.path, c.priority, c.submitted, c.due, c.sends,
            c.unclear_sends, c.deliveries, c.unclear_deliveries, c.kind, c.reason""";

    /** How many columns that are. */
    public static final int CALL_COLUMNS = 16;

    /** The same with its answer, if there is one. */
    public static final String WITH_ANSWER = CALL + ", a.status, a.head, a.body";

    private Rows() {}

    /** A state by its number in the tables. */
    public static DurableState state(int number) {
        return STATES[number];
    }

    /** A state's number in the tables. */
    public static int number(DurableState state) {
        for (int i = 0; i < STATES.length; i++) if (STATES[i] == state) return i;
        throw new IllegalArgumentException(state.toString());
    }

    /** A call, without its answer. */
    public static CallRow call(ResultSet row) throws SQLException {
        return call(row, null);
    }

    /** A call with its answer. */
    public static CallRow withAnswer(ResultSet row) throws SQLException {
        int status = row.getInt(17);
        return call(row, row.wasNull() ? null : new StoredAnswer(status, row.getString(18), row.getBytes(19)));
    }

    private static CallRow call(ResultSet row, @Nullable StoredAnswer answer) throws SQLException {
        return new CallRow(
                row.getLong(1),
                row.getString(2),
                state(row.getInt(3)),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getInt(8),
                row.getLong(9),
                row.getLong(10),
                row.getInt(11),
                row.getInt(12),
                row.getInt(13),
                row.getInt(14),
                row.getString(15),
                row.getString(16),
                answer);
    }
}
