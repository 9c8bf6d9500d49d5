package dev.aikit.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Bars on a logarithmic scale, one panel for each scenario, as SVG. */
final class Plot {
    private record Panel(String title, String scenario, String metric) {}

    private static final List<Panel> PANELS = List.of(
            new Panel("Chat call, 64 in flight: CPU, µs", "call64", "cpu_us"),
            new Panel("the same: bytes allocated", "call64", "alloc_bytes"),
            new Panel("64 streams, sent at once: CPU for each chunk, µs", "stream64", "cpu_us"),
            new Panel("the same: bytes allocated", "stream64", "alloc_bytes"),
            new Panel("64 streams, a chunk every 5 ms: CPU for each, µs", "paced64", "cpu_us"),
            new Panel("the same: bytes allocated", "paced64", "alloc_bytes"),
            new Panel("256 x 1536 vectors: CPU, µs", "embed1", "cpu_us"),
            new Panel("the same: bytes allocated", "embed1", "alloc_bytes"),
            new Panel("5,000 slow streams: CPU, s", "slow5000", "cpu_s"),
            new Panel("the same: worst delay, ms", "slow5000", "worst_ms"),
            new Panel("5,000 streams, a chunk every 100 ms: CPU, s", "steady5000", "cpu_s"),
            new Panel("the same: worst delay, ms", "steady5000", "worst_ms"),
            new Panel("First text: p50, µs", "first", "p50_us"),
            new Panel("Request of 9 KB: p50, µs", "size9", "p50_us"),
            new Panel("Start to first answer: CPU, ms", "start", "cpu_ms"),
            new Panel("Jars, MB", "jars", "mb"));
    private static final int WIDTH = 470;
    private static final int ROW = 17;
    private static final int LABEL = 150;
    private static final int BAR = 240;

    private final Results results;
    private final StringBuilder svg = new StringBuilder();

    Plot(Results results) {
        this.results = results;
    }

    String svg() {
        List<Panel> panels = new ArrayList<>();
        int rows = 1;
        for (Panel panel : PANELS) {
            if (results.clients(panel.scenario).isEmpty()) continue;
            panels.add(panel);
            rows = Math.max(rows, results.clients(panel.scenario).size());
        }
        int height = rows * ROW + 50;
        int all = (panels.size() + 1) / 2 * height + 30;
        add(
                "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' font-family='sans-serif' font-size='12'>",
                2 * WIDTH + 20, all);
        add("<rect width='100%%' height='100%%' fill='white'/>");
        add("<text x='10' y='18' fill='#555'>Less is better; logarithmic scales. Whiskers: least and most.</text>");
        for (int i = 0; i < panels.size(); i++) panel(panels.get(i), 10 + i % 2 * WIDTH, 30 + i / 2 * height);
        return svg.append("</svg>\n").toString();
    }

    private void panel(Panel panel, int x, int y) {
        add("<text x='%d' y='%d' font-weight='bold'>%s</text>", x, y + 18, panel.title);
        double least = Double.MAX_VALUE;
        double most = 0;
        for (String client : results.clients(panel.scenario)) {
            Results.Figure figure = results.figure(panel.scenario, client, panel.metric);
            if (figure.median() > 0) least = Math.min(least, figure.median());
            most = Math.max(most, figure.most());
        }
        double low = Math.log10(least) - 0.3;
        double scale = BAR / (Math.log10(most) - low);
        int row = y + 28;
        for (String client : results.clients(panel.scenario)) {
            bar(client, results.figure(panel.scenario, client, panel.metric), x, row, low, scale);
            row += ROW;
        }
    }

    private void bar(String client, Results.Figure figure, int x, int y, double low, double scale) {
        double end = place(figure.median(), low, scale);
        String colour = Contestant.isOurs(client) ? "#1f77b4" : Contestant.FLOORS.contains(client) ? "#999" : "#e08214";
        add("<text x='%d' y='%d' text-anchor='end'>%s</text>", x + LABEL - 6, y + 11, client);
        add("<rect x='%d' y='%d' width='%.1f' height='%d' fill='%s'/>", x + LABEL, y + 1, end, ROW - 5, colour);
        double from = place(figure.least(), low, scale);
        double to = place(figure.most(), low, scale);
        add("<path d='M%.1f %d H%.1f' stroke='black'/>", x + LABEL + from, y + 7, x + LABEL + to);
        add("<text x='%.1f' y='%d'>%s</text>", x + LABEL + to + 5, y + 11, Report.number(figure.median()));
    }

    private static double place(double value, double low, double scale) {
        return value <= 0 ? 0 : Math.max(0, (Math.log10(value) - low) * scale);
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
