package dev.aikit.local.internal.guide;

import dev.aikit.local.internal.guide.Passage.Kind;
import dev.aikit.local.internal.guide.Passage.Unit;
import dev.aikit.local.internal.guide.PassageIndex.Hit;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The part of a passage that answers, in Markdown: all of a short one, the nearest units of a long one. */
final class Quotation {
    private static final int SHORT = 80;
    private static final int MOST_UNITS = 5;
    private static final double NEAR = 0.15;

    /** A sentence that begins so says little without the one before it. */
    private static final Pattern LEANS = Pattern.compile(
            "(It|Its|This|That|These|Those|They|Their|So|But|And|Then|Otherwise|Both|Each|Here|There)\\b.*");

    private Quotation() {}

    static String of(Hit hit) {
        List<Unit> units = hit.passage().units();
        TreeSet<Integer> chosen = new TreeSet<>();
        int words = units.stream()
                .filter(Unit::isProse)
                .mapToInt(unit -> unit.text().split("\\s+").length)
                .sum();
        if (words <= SHORT) for (int i = 0; i < units.size(); i++) chosen.add(i);
        else choose(hit, chosen);
        return render(units, chosen);
    }

    private static void choose(Hit hit, TreeSet<Integer> chosen) {
        List<Unit> units = hit.passage().units();
        double best =
                hit.units().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        for (int i = 0; i < units.size() && chosen.size() < MOST_UNITS; i++) {
            if (hit.units().get(i) >= best - NEAR) chosen.add(i);
        }
        int nearest = hit.units().indexOf(best);
        chosen.add(nearest);
        for (int i : List.copyOf(chosen)) addContext(units, i, chosen);
        for (int i = nearest; i < units.size(); i++) {
            if (units.get(i).kind() != Kind.CODE) continue;
            chosen.add(i);
            break;
        }
    }

    private static void addContext(List<Unit> units, int of, TreeSet<Integer> chosen) {
        Unit unit = units.get(of);
        boolean announces = unit.kind() == Kind.SENTENCE && unit.text().endsWith(":");
        for (int i = of + 1; announces && i < units.size() && units.get(i).kind() != Kind.SENTENCE; i++) chosen.add(i);
        for (int i = of - 1; i >= 0; i--) {
            Unit before = units.get(i);
            boolean opensList = unit.kind() == Kind.ITEM && before.kind() == Kind.SENTENCE;
            boolean opensTable = unit.kind() == Kind.ROW && before.kind() == Kind.TABLE_HEAD;
            if (opensList || opensTable) {
                chosen.add(i);
                return;
            }
            if (unit.kind() == Kind.SENTENCE) {
                if (before.kind() == Kind.SENTENCE && LEANS.matcher(unit.text()).matches()) chosen.add(i);
                return;
            }
        }
    }

    private static String render(List<Unit> units, TreeSet<Integer> chosen) {
        StringBuilder text = new StringBuilder();
        Kind last = null;
        for (int i : chosen) {
            Unit unit = units.get(i);
            if (last != null) text.append(gap(last, unit.kind()));
            text.append(unit.kind() == Kind.ITEM ? "- " : "").append(unit.text());
            last = unit.kind();
        }
        return text.toString();
    }

    private static String gap(Kind before, Kind after) {
        if (before == Kind.SENTENCE && after == Kind.SENTENCE) return " ";
        boolean sameBlock = before == after && before != Kind.CODE || before == Kind.TABLE_HEAD;
        return sameBlock ? "\n" : "\n\n";
    }
}
