package dev.aikit.durable.internal.postgres;

import dev.aikit.durable.SqlEffect;
import dev.aikit.durable.internal.Claim;
import dev.aikit.durable.internal.StoreTransaction.Told;
import dev.aikit.durable.internal.StoredAnswer;
import dev.aikit.durable.internal.sql.Link;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The steps that most calls of a group take, all of them in one way to the server and each one a single statement for all
 * calls; with them the sign by which the group is known to be committed. On a server that has much to do, each way to it
 * costs more than what is done there.
 *
 * <p>Calls are found by their ids: {@code IS NOT DISTINCT FROM} keeps the database from the index of owners, in which each
 * claim leaves an entry until it is vacuumed.
 */
final class Together {
    private record Answer(Claim claim, StoredAnswer answer, boolean deliver, Told told) {}

    private record End(Claim claim, List<SqlEffect> effects) {}

    private static final String SIGN =
            "UPDATE aikit_owner SET groups = ? WHERE number = ? AND ended IS NULL RETURNING " + ServerClock.NOW + "; ";

    private static final String DONE =
            "UPDATE aikit_call c SET state = 4, owner = NULL, expires = ? + keep, kind = '', reason = ''"
                    + " FROM unnest(?::bigint[], ?::integer[]) AS e (id, run)"
                    + " WHERE c.id = e.id AND c.state = 3 AND c.run = e.run AND c.owner IS NOT DISTINCT FROM ?"
                    + " RETURNING c.id; ";

    private static final String ANSWERED = "WITH call AS (UPDATE aikit_call c SET state = 2 + s.deliver,"
            + " owner = CASE s.deliver WHEN 1 THEN owner END, deliveries = deliveries + s.deliver, kind = '', reason = ''"
            + " FROM unnest(?::bigint[], ?::integer[], ?::integer[], ?::integer[], ?::text[], ?::bytea[])"
            + " AS s (id, run, deliver, status, head, body)"
            + " WHERE c.id = s.id AND c.state = 1 AND c.run = s.run AND c.owner IS NOT DISTINCT FROM ?"
            + " RETURNING c.id, s.status, s.head, s.body)"
            + " INSERT INTO aikit_answer (id, status, head, body) SELECT id, status, head, body FROM call"
            + PostgresTransaction.OVER_ONE_BEFORE + " RETURNING id";

    private final Link link;
    private final int number;
    private final long group;
    private final List<End> ends = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private final Set<Long> waiting = new HashSet<>();
    private final List<SqlEffect> effects = new ArrayList<>();
    private long endedAt;
    private boolean written;
    private @Nullable Long time;

    Together(Link link, int number, long group) {
        this.link = link;
        this.number = number;
        this.group = group;
    }

    void answered(Claim claim, StoredAnswer answer, boolean deliver, Told told) throws SQLException {
        waits(claim);
        answers.add(new Answer(claim, answer, deliver, told));
    }

    void done(Claim claim, long now, List<SqlEffect> left) throws SQLException {
        waits(claim);
        ends.add(new End(claim, left));
        endedAt = now;
    }

    /** The steps of one call go one after the other. */
    private void waits(Claim claim) throws SQLException {
        if (waiting.contains(claim.id())) link.flush();
        waiting.add(claim.id());
        written = false;
        link.before(this::write);
    }

    /** The server's time in milliseconds; none if another one has taken over what this owner had in hand. */
    @Nullable
    Long time() {
        return time;
    }

    /** Of the calls that were written to be done since the last time: under an older claim there is no effect. */
    List<SqlEffect> takeEffects() {
        List<SqlEffect> taken = List.copyOf(effects);
        effects.clear();
        return taken;
    }

    /** Writes what is not written yet. */
    void write() throws SQLException {
        if (!written) write("", List.of(), List.of());
    }

    /** Writes what is not written yet, and in the same way to the server something that returns rows. */
    <V> List<V> write(String more, List<Object> values, Link.Row<V> row) throws SQLException {
        if (written) return link.query(more, row, values.toArray());
        List<V> found = new ArrayList<>();
        write("; " + more, values, List.of(each -> found.add(row.of(each))));
        return found;
    }

    private void write(String more, List<Object> others, List<Link.Row<?>> rows) throws SQLException {
        Set<Long> done = new HashSet<>();
        Set<Long> answered = new HashSet<>();
        List<Object> values = new ArrayList<>(Arrays.asList(
                group,
                number,
                endedAt,
                ends.stream().map(each -> each.claim.id()).toArray(Long[]::new),
                ends.stream().map(each -> each.claim.run()).toArray(Integer[]::new),
                Integer.toString(number),
                answers.stream().map(each -> each.claim.id()).toArray(Long[]::new),
                answers.stream().map(each -> each.claim.run()).toArray(Integer[]::new),
                answers.stream().map(each -> each.deliver ? 1 : 0).toArray(Integer[]::new),
                answers.stream().map(each -> each.answer.status()).toArray(Integer[]::new),
                answers.stream().map(each -> each.answer.head()).toArray(String[]::new),
                answers.stream().map(each -> each.answer.body()).toArray(byte[][]::new),
                Integer.toString(number)));
        values.addAll(others);
        List<Link.Row<?>> readers = new ArrayList<>(List.<Link.Row<?>>of(
                row -> time = row.getLong(1), row -> done.add(row.getLong(1)), row -> answered.add(row.getLong(1))));
        readers.addAll(rows);
        time = null;
        written = true;
        link.before(null);
        link.inOneWay(SIGN + DONE + ANSWERED + more, readers, values.toArray());
        for (End each : ends) if (done.contains(each.claim.id())) effects.addAll(each.effects);
        for (Answer each : answers) each.told.that(answered.contains(each.claim.id()));
        ends.clear();
        answers.clear();
        waiting.clear();
    }
}
