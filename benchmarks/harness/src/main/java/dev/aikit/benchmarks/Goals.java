package dev.aikit.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the client is to reach, each figure beside those of the same run. */
final class Goals {
    /** How many times the figure of the other one, or how much; NaN where there is no such goal. */
    private record Goal(
            String what,
            String scenario,
            String metric,
            String floor,
            double overFloor,
            double most,
            double lessThanPeer) {}

    private static final double NONE = Double.NaN;
    private static final double VECTORS = Bodies.INPUTS * Bodies.DIMENSIONS * (double) Float.BYTES;
    private static final List<Goal> GOALS = List.of(
            new Goal("64 calls in flight: CPU, µs", "call64", "cpu_us", "selector", 2.5, NONE, 3),
            new Goal("the same: bytes", "call64", "alloc_bytes", "selector", NONE, 12 * 1024, 3),
            new Goal("64 streams, each sent at once: CPU a chunk, µs", "stream64", "cpu_us", "selector", 3, NONE, 3),
            new Goal("the same: bytes a chunk", "stream64", "alloc_bytes", "selector", NONE, 600, 5),
            new Goal("64 streams, a chunk every 5 ms: CPU a chunk, µs", "paced64", "cpu_us", "selector", 3, NONE, 3),
            new Goal("the same: bytes a chunk", "paced64", "alloc_bytes", "selector", NONE, NONE, 5),
            new Goal("256 x 1536 vectors: CPU, µs", "embed1", "cpu_us", "selector", 2.5, NONE, 5),
            new Goal("the same: bytes", "embed1", "alloc_bytes", "selector", NONE, 3 * VECTORS, 5),
            new Goal("request of 7 KB: p50, µs", "size7", "p50_us", "selector", NONE, 20_000, NONE),
            new Goal("request of 9 KB: p50, µs", "size9", "p50_us", "selector", NONE, 20_000, NONE),
            new Goal("request of 16 KB: p50, µs", "size16", "p50_us", "selector", NONE, 20_000, NONE),
            new Goal("request of 64 KB: p50, µs", "size64", "p50_us", "selector", NONE, 20_000, NONE),
            new Goal("5,000 slow streams: CPU, s", "slow5000", "cpu_s", "selector", 2, NONE, 2),
            new Goal("the same: worst delay, ms", "slow5000", "worst_ms", "selector", NONE, 100, NONE),
            new Goal("the same, once all are open", "slow5000", "later_worst_ms", "selector", NONE, 100, NONE),
            new Goal("the same: threads", "slow5000", "threads", "selector", NONE, 8, NONE),
            new Goal("the same: most memory, MB", "slow5000", "peak_mb", "selector", NONE, NONE, 1),
            new Goal("5,000 streams, a chunk every 100 ms: CPU, s", "steady5000", "cpu_s", "selector", 2, NONE, 2),
            new Goal("the same: worst delay, ms", "steady5000", "worst_ms", "selector", NONE, 100, NONE),
            new Goal("the same, once all are open", "steady5000", "later_worst_ms", "selector", NONE, 100, NONE),
            new Goal("the same: threads", "steady5000", "threads", "selector", NONE, 8, NONE),
            new Goal("the same: most memory, MB", "steady5000", "peak_mb", "selector", NONE, NONE, 1),
            new Goal("first text: p50, µs", "first", "p50_us", "selector", NONE, 100, 1),
            new Goal("start: CPU, ms", "start", "cpu_ms", "netty", 1.3, NONE, 1.6),
            new Goal("jars, MB", "jars", "mb", "netty", NONE, 5, NONE));

    private final Results results;

    Goals(Results results) {
        this.results = results;
    }

    /** A row each, as far as there are figures for it. */
    List<String> rows(String client) {
        List<String> rows = new ArrayList<>();
        for (Goal goal : GOALS) {
            Results.Figure figure = results.figure(goal.scenario, client, goal.metric);
            if (figure != null) rows.add(row(goal, figure.median()));
        }
        Results.Figure command = results.figure("start", Contestant.COMMAND, "cpu_ms");
        if (command != null && client.equals("ours"))
            rows.add(row(
                    new Goal("the aikit command: CPU, ms", "start", "cpu_ms", "selector", 3, NONE, NONE),
                    command.median()));
        return rows;
    }

    private String row(Goal goal, double value) {
        List<String> cells = new ArrayList<>();
        List<Boolean> met = new ArrayList<>();
        cells.add(goal.what);
        cells.add(Report.number(value));
        Results.Figure floor = results.figure(goal.scenario, goal.floor, goal.metric);
        if (floor == null || floor.median() == 0) {
            cells.add("");
        } else {
            double ratio = value / floor.median();
            cells.add(times(ratio) + " of " + goal.floor + limit(goal.overFloor, "at most %s"));
            if (!Double.isNaN(goal.overFloor)) met.add(ratio <= goal.overFloor);
        }
        cells.add(limit(goal.most, "%s at most").strip());
        if (!Double.isNaN(goal.most)) met.add(value <= goal.most);
        peer(goal, value, cells, met);
        cells.add(met.isEmpty() ? "" : met.contains(false) ? "**missed**" : "met");
        return "| " + String.join(" | ", cells) + " |";
    }

    private void peer(Goal goal, double value, List<String> cells, List<Boolean> met) {
        String best = null;
        double least = Double.MAX_VALUE;
        for (String client : results.clients(goal.scenario)) {
            if (Contestant.isOurs(client) || Contestant.FLOORS.contains(client)) continue;
            double peer = results.figure(goal.scenario, client, goal.metric).median();
            if (peer >= least) continue;
            best = client;
            least = peer;
        }
        if (best == null) {
            cells.add("");
            return;
        }
        double ratio = least / value;
        cells.add(times(ratio) + " less than " + best + limit(goal.lessThanPeer, "at least %s"));
        if (!Double.isNaN(goal.lessThanPeer)) met.add(ratio >= goal.lessThanPeer);
    }

    private static String times(double ratio) {
        return String.format(Locale.ROOT, "%.2f x", ratio);
    }

    private static String limit(double value, String words) {
        return Double.isNaN(value) ? "" : " (" + words.formatted(Report.number(value)) + ")";
    }
}
