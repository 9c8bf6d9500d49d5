package dev.aikit.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tables in Markdown: the goals, then every scenario. */
final class Report {
    private static final List<String> FIRST = List.of("cpu_us", "cpu_s", "cpu_ms", "p50_us", "mb");
    private static final List<String> SHOWN = List.of(
            "cpu_us",
            "cpu_s",
            "cpu_ms",
            "p50_us",
            "mb",
            "jars",
            "alloc_bytes",
            "p99_us",
            "worst_ms",
            "later_worst_ms",
            "threads",
            "peak_mb",
            "alloc_mb",
            "wall_ms",
            "cpu_with_jit_us",
            "cpu_with_jit_s",
            "gc_us",
            "switches",
            "per_second",
            "server_busy");

    private final Results results;
    private final StringBuilder text = new StringBuilder();

    Report(Results results) {
        this.results = results;
    }

    String markdown() {
        for (String note : results.notes())
            if (!note.startsWith("jars of")) text.append("- ").append(note).append('\n');
        text.append(
                "\nMedians; in brackets the least and the most. CPU is without the JIT's threads, but for starts.\n");
        for (String client : List.of("ours", "ours-in-place")) goals(client);
        for (String scenario : results.scenarios()) scenario(scenario);
        return text.toString();
    }

    private void goals(String client) {
        List<String> rows = new Goals(results).rows(client);
        if (rows.isEmpty()) return;
        text.append("\n## Goals: ").append(client).append("\n\n");
        text.append("| | ").append(client).append(" | against the floor | limit | against the best peer | |\n");
        text.append("| --- | --- | --- | --- | --- | --- |\n");
        for (String row : rows) text.append(row).append('\n');
    }

    private void scenario(String scenario) {
        List<String> clients = results.clients(scenario);
        List<String> metrics = new ArrayList<>();
        for (String metric : SHOWN)
            if (clients.stream().anyMatch(client -> results.figure(scenario, client, metric) != null))
                metrics.add(metric);
        String main = metrics.stream().filter(FIRST::contains).findFirst().orElse("");
        String floor = scenario.equals("jars") ? "netty" : "selector";
        Results.Figure least = results.figure(scenario, floor, main);
        text.append("\n## ").append(scenario).append("\n\n| client | x ").append(floor);
        for (String metric : metrics) text.append(" | ").append(metric);
        text.append(" |\n| ---").append(" | ---".repeat(metrics.size() + 1)).append(" |\n");
        for (String client : clients) {
            Results.Figure own = results.figure(scenario, client, main);
            text.append("| ").append(client).append(" | ");
            if (least != null && own != null)
                text.append(String.format(Locale.ROOT, "%.2f", own.median() / least.median()));
            for (String metric : metrics)
                text.append(" | ").append(cell(results.figure(scenario, client, metric), metric.equals(main)));
            text.append(" |\n");
        }
    }

    private static String cell(Results.Figure figure, boolean spread) {
        if (figure == null) return "";
        String median = number(figure.median());
        if (!spread || figure.count() == 1) return median;
        return median + " (" + number(figure.least()) + "–" + number(figure.most()) + ")";
    }

    /** Three digits that count, or all before the point. */
    static String number(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 || size == 0 || value == Math.rint(value) ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
