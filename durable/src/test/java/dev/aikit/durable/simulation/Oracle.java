package dev.aikit.durable.simulation;

import dev.aikit.durable.DurableState;
import dev.aikit.durable.internal.CallRow;
import dev.aikit.durable.simulation.FakeServer.Reply;
import dev.aikit.durable.simulation.History.Event;
import dev.aikit.durable.simulation.History.What;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Judges what became of one key by the promises alone: by what its users, its server and its callback saw. */
public final class Oracle {
    /** What the rules of a run are. */
    public record Rules(int mostSends, int mostDeliveries, long firstWait, long longestWait) {}

    /** After these nobody can know what a process had under way. */
    private static final Set<What> DISTURBANCES = EnumSet.of(What.DIED, What.CLOSING, What.CUT_OFF, What.FAULT);

    private static final Set<String> FAILURES =
            Set.of(Reply.TOO_MANY.name(), Reply.BROKEN.name(), Reply.LOST.name(), Reply.NEVER.name());

    /** For so long a callback may wait for its thread. */
    private static final long LONGEST_HANG = 30_000_000_000L;

    private final Rules rules;
    private final String key;
    private final List<Event> events;
    private final List<Event> own;
    private final List<String> wrong = new ArrayList<>();

    private Oracle(Rules rules, String key, List<Event> events) {
        this.rules = rules;
        this.key = key;
        this.events = events;
        this.own = events.stream().filter(event -> event.key().equals(key)).toList();
    }

    /**
     * What was promised for a key and not kept; empty if nothing.
     *
     * @param end the call as anybody may look at it at last; null if there is none
     * @param hasCallback whether a process that runs at last has its callback
     */
    public static List<String> judge(
            Rules rules, String key, History history, CallRow end, long effects, boolean hasCallback) {
        Oracle oracle = new Oracle(rules, key, history.events());
        if (oracle.count(What.ACKNOWLEDGED) > 0 || end != null) oracle.end(end, effects, hasCallback);
        oracle.sends();
        oracle.callbacks();
        oracle.conflicts();
        return oracle.wrong;
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) wrong.add(key + ": " + otherwise);
    }

    private long count(What what) {
        return own.stream().filter(event -> event.what() == what).count();
    }

    private List<Event> all(What what) {
        return own.stream().filter(event -> event.what() == what).toList();
    }

    private boolean any(long from, long to, Predicate<Event> which) {
        return events.stream().anyMatch(event -> event.nanos() >= from && event.nanos() <= to && which.test(event));
    }

    private boolean disturbed(int process, long from, long to) {
        return any(from, to, event -> event.process() == process && DISTURBANCES.contains(event.what()));
    }

    private boolean redriven(Event from, Event to) {
        return any(
                from.nanos(),
                to.nanos(),
                event -> event.key().equals(key) && (event.what() == What.REDRIVING || event.what() == What.REDRIVEN));
    }

    // What became of it:

    private void end(CallRow end, long effects, boolean hasCallback) {
        require(end != null, "it was acknowledged and is lost");
        if (end == null) return;
        require(effects <= 1, "its effect was made " + effects + " times");
        require((effects == 1) == (end.state() == DurableState.DONE), effects + " effects, and " + end.state());
        switch (end.state()) {
            case DONE -> done();
            case DEAD -> dead(end.kind());
            case PARKED -> require(!hasCallback, "it is parked, and its callback is registered");
            default -> require(false, "it is left as " + end.state());
        }
    }

    private void done() {
        require(count(What.RETURNED) > 0, "it is done, and its callback never returned");
        told(What.TOLD_DONE, What.RETURNED);
    }

    private void dead(String kind) {
        long since = all(What.REDRIVEN).stream().mapToLong(Event::nanos).max().orElse(0);
        List<Event> replies = all(What.REPLIED).stream()
                .filter(event -> event.nanos() >= since)
                .toList();
        long sends =
                all(What.SENT).stream().filter(event -> event.nanos() >= since).count();
        long calls = all(What.CALLED).stream()
                .filter(event -> event.nanos() >= since)
                .count();
        String last = replies.isEmpty() ? "" : reply(replies.get(replies.size() - 1));
        switch (kind) {
            case "CANCELLED" -> require(count(What.CANCELLING) > 0, "it is cancelled, and nobody wanted that");
            case "CALLBACK" -> {
                require(count(What.THREW) > 0, "its callback is said to have thrown");
                require(calls >= rules.mostDeliveries, "dead after " + calls + " callbacks");
            }
            case "HTTP" -> {
                Set<String> seen = Set.of("POISON", "BROKEN", "TOO_MANY");
                require(replies.stream().anyMatch(one -> seen.contains(reply(one))), "dead by HTTP, which nobody saw");
                require(
                        replies.stream().anyMatch(one -> reply(one).equals("POISON")) || sends >= rules.mostSends,
                        "dead after " + sends + " sends by " + last);
            }
            case "CONNECTION_LOST", "TIMEOUT" ->
                require(sends >= rules.mostSends, "dead by " + kind + " after " + sends + " sends");
            default -> require(false, "dead for no reason: " + kind);
        }
        if (!kind.equals("CANCELLED")) told(What.TOLD_DEAD, kind.equals("CALLBACK") ? What.THREW : What.REPLIED);
    }

    /** Whoever was there at the end was told, unless that process did not live to hear of it. */
    private void told(What what, What cause) {
        List<Event> causes = all(cause);
        long from = causes.get(causes.size() - 1).nanos();
        boolean told = count(what) > 0;
        boolean gone = causes.stream()
                .anyMatch(event -> any(
                        event.nanos(),
                        Long.MAX_VALUE,
                        other -> other.process() == event.process()
                                && (other.what() == What.DIED || other.what() == What.CUT_OFF)));
        require(told || gone, "nobody was told of its end, which came after " + from / 1_000_000 + " ms");
    }

    // On its way:

    private static String reply(Event event) {
        return event.detail().split(" ")[0];
    }

    private void sends() {
        List<Event> sends = all(What.SENT);
        require(sends.isEmpty() || count(What.SUBMITTED) > 0, "it was sent, and nobody submitted it");
        for (int i = 1; i < sends.size(); i++) sentAgain(sends.get(i - 1), sends.get(i));
        atMost(rules.mostSends, sends);
    }

    /** For each time that it was submitted or redriven. */
    private void atMost(int most, List<Event> tries) {
        int since = 0;
        for (int i = 0; i < tries.size(); i++) {
            if (i > 0 && redriven(tries.get(i - 1), tries.get(i))) since = i;
            boolean quiet = !any(
                    tries.get(since).nanos() - LONGEST_HANG,
                    tries.get(i).nanos(),
                    event -> DISTURBANCES.contains(event.what()));
            require(
                    !quiet || i - since < most,
                    (i - since + 1) + " times " + tries.get(i).what());
        }
    }

    private void sentAgain(Event first, Event second) {
        if (redriven(first, second) || disturbed(first.process(), first.nanos(), second.nanos())) return;
        Event reply = own.stream()
                .filter(event -> event.what() == What.REPLIED && event.nanos() <= second.nanos())
                .filter(event -> event.detail().split(" ")[1].equals(first.detail()))
                .findFirst()
                .orElse(null);
        require(reply != null && FAILURES.contains(reply(reply)), "it was sent again after " + reply);
        if (reply == null || clockSet(reply, second)) return;
        long asked = Long.parseLong(reply.detail().split(" ")[2]);
        long wait = asked < 0 ? leastWait(What.SENT, second) : 1_000 * asked;
        require(
                second.millis() - reply.millis() >= wait,
                "it was sent again after " + (second.millis() - reply.millis()) + " ms, not " + wait);
    }

    private boolean clockSet(Event from, Event to) {
        return any(from.nanos(), to.nanos(), event -> event.what() == What.CLOCK_SET);
    }

    /** The back-off after as many failures as there were, if nothing but failures made it try again. */
    private long leastWait(What what, Event again) {
        List<Event> before = all(what).stream()
                .filter(event -> event.nanos() < again.nanos())
                .toList();
        boolean exact = !before.isEmpty()
                && !any(
                        before.get(0).nanos() - LONGEST_HANG,
                        again.nanos(),
                        event -> DISTURBANCES.contains(event.what()) || event.what() == What.REDRIVEN);
        long doubled = rules.firstWait << (exact ? before.size() - 1 : 0);
        return Math.min(doubled, rules.longestWait) * 3 / 4;
    }

    private void callbacks() {
        List<Event> calls = all(What.CALLED);
        for (Event call : calls) {
            require(call.detail().equals(FakeServer.answer(key)), "its callback got " + call.detail());
            Event cancelled = lastBefore(What.CANCELLED, call);
            if (cancelled != null)
                require(redriven(cancelled, call), "its callback was called after it had been cancelled");
            require(
                    own.stream()
                            .anyMatch(event -> event.what() == What.REPLIED
                                    && reply(event).equals("OK")
                                    && event.nanos() <= call.nanos()),
                    "its callback was called without an answer");
        }
        for (int i = 1; i < calls.size(); i++) calledAgain(calls.get(i - 1), calls.get(i));
        atMost(rules.mostDeliveries, calls);
    }

    private Event lastBefore(What what, Event event) {
        Event last = null;
        for (Event each : own) if (each.what() == what && each.nanos() < event.nanos()) last = each;
        return last;
    }

    private void calledAgain(Event first, Event second) {
        if (redriven(first, second)
                || disturbed(first.process(), first.nanos() - LONGEST_HANG, second.nanos())
                || disturbed(second.process(), second.nanos() - LONGEST_HANG, second.nanos())) return;
        boolean threw = own.stream()
                .anyMatch(event -> event.what() == What.THREW
                        && event.process() == first.process()
                        && event.nanos() == first.nanos());
        require(threw, "its callback was called again, and had not thrown");
        if (clockSet(first, second)) return;
        long wait = leastWait(What.CALLED, second);
        require(
                second.millis() - first.millis() >= wait,
                "its callback was called again after " + (second.millis() - first.millis()) + " ms, not " + wait);
    }

    private void conflicts() {
        boolean kept = false;
        for (Event event : own) {
            if (event.what() == What.ACKNOWLEDGED) {
                require(event.detail().isEmpty(), "another call was acknowledged under its key");
                kept = true;
            }
            if (event.what() == What.CONFLICT)
                require(kept && !event.detail().isEmpty(), "it was taken for another call");
        }
    }
}
