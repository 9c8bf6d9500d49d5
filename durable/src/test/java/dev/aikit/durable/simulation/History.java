package dev.aikit.durable.simulation;

import java.util.ArrayList;
import java.util.List;

/** What happened, seen from outside of the durable worker, in order. */
public final class History {
    /** Something that happened. */
    public enum What {
        /** Somebody submitted a call, was told that it is kept, that its key is another's, or that nobody knows. */
        SUBMITTED,
        ACKNOWLEDGED,
        CONFLICT,
        REFUSED,
        /** The server saw a request, of that number; the process was told what came of it: what, number, Retry-After or -1. */
        SENT,
        REPLIED,
        /** A callback was called; it returned, or threw. */
        CALLED,
        RETURNED,
        THREW,
        /** A cancel or a redrive was asked for; the answer was yes. */
        CANCELLING,
        CANCELLED,
        REDRIVING,
        REDRIVEN,
        /** The process was told that the call has ended. */
        TOLD_DONE,
        TOLD_DEAD,
        /** Of a process or of the store, no call's own. */
        OPENED,
        DIED,
        CLOSING,
        CUT_OFF,
        FAULT,
        CLOCK_SET
    }

    /** That it happened. */
    public record Event(long nanos, long millis, What what, String key, int process, String detail) {
        @Override
        public String toString() {
            return String.format(
                    java.util.Locale.ROOT, "%9.3f s %s %s process %d %s", nanos / 1e9, what, key, process, detail);
        }
    }

    private final World world;
    private final List<Event> events = new ArrayList<>();

    public History(World world) {
        this.world = world;
    }

    public void add(What what, String key, int process, String detail) {
        events.add(new Event(world.nanos(), world.millis(), what, key, process, detail));
    }

    public void add(What what, int process) {
        add(what, "", process, "");
    }

    public List<Event> events() {
        return events;
    }

    public int count(What what, String key) {
        return (int) events.stream()
                .filter(event -> event.what() == what && event.key().equals(key))
                .count();
    }
}
