package dev.aikit.durable.proof;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Judges a run by what was written down outside of the durable worker: the keys that submitters had acknowledged
 * (acked-*.log), the requests that the server saw (sent.log), the callbacks that were called (delivered-*.log), and the
 * effects, which are rows of a table of the test's own. It knows nothing of the worker's tables.
 */
public final class Checker {
    /** What it found. Of a run without faults, {@code broken} is empty. */
    public record Verdict(
            int acked,
            int lost,
            int sent,
            int sentAgain,
            int delivered,
            int deliveredAgain,
            int effects,
            int effectsTwice,
            List<String> broken) {
        @Override
        public String toString() {
            return String.format(
                    java.util.Locale.ROOT,
                    "%d acknowledged, %d sent (%d again, %.2f %%), %d callbacks (%d again, %.2f %%), %d effects, %d broken promises",
                    acked,
                    sent,
                    sentAgain,
                    100.0 * sentAgain / Math.max(1, acked),
                    delivered,
                    deliveredAgain,
                    100.0 * deliveredAgain / Math.max(1, acked),
                    effects,
                    broken.size());
        }
    }

    private static final int MOST_SHOWN = 20;

    private Checker() {}

    /**
     * Looks at a run that is over.
     *
     * @param poison whether a key is one whose call can have no answer, and so no effect
     */
    public static Verdict check(Path folder, Predicate<String> poison) throws Exception {
        Map<String, Integer> acked = counted(folder, "acked-");
        Map<String, Integer> tried = counted(folder, "tried-");
        Map<String, Integer> sent = counted(folder, "sent");
        Map<String, Integer> delivered = counted(folder, "delivered-");
        Map<String, Integer> effects = effects(folder);
        List<String> broken = new ArrayList<>();
        int lost = 0;
        for (String key : acked.keySet()) {
            if (!sent.containsKey(key)) broken.add(key + " was acknowledged and never sent");
            boolean isLost = !sent.containsKey(key)
                    || !poison.test(key) && !(delivered.containsKey(key) && effects.containsKey(key));
            if (isLost) lost++;
            if (poison.test(key)) continue;
            if (!delivered.containsKey(key)) broken.add(key + " was acknowledged and its callback never called");
            if (!effects.containsKey(key)) broken.add(key + " was acknowledged and has no effect");
        }
        effects.forEach((key, times) -> {
            if (times > 1) broken.add(key + " has its effect " + times + " times");
            if (poison.test(key)) broken.add(key + " is poison and has an effect");
            if (!delivered.containsKey(key)) broken.add(key + " has an effect without a callback");
        });
        Set<String> known = new HashSet<>(tried.keySet());
        delivered.keySet().stream()
                .filter(key -> !known.contains(key))
                .forEach(key -> broken.add(key + " is nobody's key"));
        return new Verdict(
                acked.size(),
                lost,
                sum(sent),
                sum(sent) - sent.size(),
                sum(delivered),
                sum(delivered) - delivered.size(),
                sum(effects),
                (int) effects.values().stream().filter(times -> times > 1).count(),
                broken.subList(0, Math.min(MOST_SHOWN, broken.size())));
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static Map<String, Integer> counted(Path folder, String prefix) throws Exception {
        Map<String, Integer> counts = new HashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .toList()) for (String key : Journal.read(file)) counts.merge(key, 1, Integer::sum);
        }
        return counts;
    }

    private static Map<String, Integer> effects(Path folder) throws Exception {
        Map<String, Integer> counts = new HashMap<>();
        try (Connection connection = TestStore.in(folder).connect();
                ResultSet rows = connection.createStatement().executeQuery("SELECT key FROM effect")) {
            while (rows.next()) counts.merge(rows.getString(1), 1, Integer::sum);
        }
        return counts;
    }
}
