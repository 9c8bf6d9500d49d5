package dev.aikit.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** All that was measured: one value a line in the file. */
final class Results {
    private record Row(int repetition, String scenario, String client, String metric, double value) {}

    /** Of several repetitions. */
    record Figure(double median, double least, double most, int count) {}

    private final List<String> notes = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    void note(String line) {
        notes.add(line);
    }

    List<String> notes() {
        return notes;
    }

    void add(int repetition, String scenario, String client, Map<String, Double> values) {
        values.forEach((metric, value) -> rows.add(new Row(repetition, scenario, client, metric, value)));
    }

    /** Scenarios, in the order in which they were measured. */
    List<String> scenarios() {
        return rows.stream().map(Row::scenario).distinct().toList();
    }

    /** Null if it was not measured. */
    Figure figure(String scenario, String client, String metric) {
        double[] values = rows.stream()
                .filter(row -> row.scenario.equals(scenario) && row.client.equals(client) && row.metric.equals(metric))
                .mapToDouble(Row::value)
                .sorted()
                .toArray();
        int n = values.length;
        if (n == 0) return null;
        double median = n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
        return new Figure(median, values[0], values[n - 1], n);
    }

    /** Who was measured, in the usual order. */
    List<String> clients(String scenario) {
        TreeSet<String> measured = new TreeSet<>();
        for (Row row : rows) if (row.scenario.equals(scenario)) measured.add(row.client);
        return Contestant.named(List.of("all")).stream()
                .map(Contestant::name)
                .filter(measured::contains)
                .toList();
    }

    static Map<String, Double> values(String line) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (String word : line.split(" ")) {
            String[] parts = word.split("=");
            if (parts.length == 2) values.put(parts[0], Double.parseDouble(parts[1]));
        }
        return values;
    }

    static String line(int repetition, String scenario, String client, Map<String, Double> values) {
        StringBuilder line =
                new StringBuilder(String.format(Locale.ROOT, "%d %-10s %-21s", repetition, scenario, client));
        values.forEach(
                (metric, value) -> line.append(' ').append(metric).append('=').append(Report.number(value)));
        return line.toString();
    }

    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String note : notes) lines.add("# " + note);
        lines.add("repetition\tscenario\tclient\tmetric\tvalue");
        for (Row row : rows)
            lines.add(String.join(
                    "\t", "" + row.repetition, row.scenario, row.client, row.metric, String.valueOf(row.value)));
        Files.write(file, lines);
    }

    static Results read(Path file) throws IOException {
        Results results = new Results();
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split("\t");
            if (line.startsWith("# ")) results.note(line.substring(2));
            else if (!parts[0].equals("repetition"))
                results.add(
                        Integer.parseInt(parts[0]), parts[1], parts[2], Map.of(parts[3], Double.parseDouble(parts[4])));
        }
        return results;
    }
}
