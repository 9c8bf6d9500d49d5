import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Writes what the last run of the client's tests came to into docs/promises.md: {@code java proofs/Promises.java}. */
final class Promises {
    private static final Path REPORTS = Path.of("client/target/surefire-reports");
    private static final Path FIGURES = Path.of("client/target/figures");
    private static final Path PAGE = Path.of("docs/promises.md");
    private static final Pattern SUITE = Pattern.compile(
            "<testsuite [^>]*?name=\"([^\"]+)\"[^>]*?tests=\"(\\d+)\"[^>]*?errors=\"(\\d+)\"[^>]*?skipped=\"(\\d+)\"[^>]*?failures=\"(\\d+)\"");

    private Promises() {}

    private record Count(int tests, int failed, int skipped) {
        Count plus(Count other) {
            return new Count(tests + other.tests, failed + other.failed, skipped + other.skipped);
        }
    }

    public static void main(String... arguments) throws IOException {
        TreeMap<String, Count> rules = new TreeMap<>();
        Count all = new Count(0, 0, 0);
        Count pains = all;
        Count secrets = all;
        for (Path report : reports()) {
            Matcher suite = SUITE.matcher(Files.readString(report));
            if (!suite.find()) continue;
            Count count = new Count(number(suite, 2), number(suite, 3) + number(suite, 5), number(suite, 4));
            all = all.plus(count);
            Matcher rule = Pattern.compile("contract\\.Rule(\\d\\d)").matcher(suite.group(1));
            if (rule.find()) rules.merge(rule.group(1), count, Count::plus);
            if (suite.group(1).contains(".pains.")) pains = pains.plus(count);
            if (suite.group(1).contains(".secrets.")) secrets = secrets.plus(count);
        }
        StringBuilder text = new StringBuilder();
        text.append(LocalDate.now()).append(", the client's tests: ").append(words(all)).append(".\n\n");
        text.append("| What | Figures |\n| --- | --- |\n");
        for (var rule : rules.entrySet())
            row(text, "rule " + Integer.parseInt(rule.getKey()), words(rule.getValue()));
        row(text, "users' complaints", words(pains));
        row(text, "secrets", words(secrets));
        figures(text, "simulation", "%s seeds, %s calls, %s kinds of endings", "seeds", "calls", "endings");
        figures(text, "simulation-on-threads", "%s seeds, %s calls, %s kinds of endings", "seeds", "calls", "endings");
        figures(text, "every-split", "%s streams, %s split points, %s calls", "streams", "splitPoints", "calls");
        figures(
                text,
                "soak",
                "%s s, %s calls, %s faults of %s kinds; sockets left: %s; heap %s KB before, %s KB after (%s KB with the client open)",
                "seconds",
                "calls",
                "failures",
                "ways",
                "socketsLeft",
                "heapBefore",
                "heapAfter",
                "heapIdle");
        figures(text, "many-streams", "%s streams at once, %s threads more than before", "streams", "threads");
        for (Path fuzzed : fuzzed())
            figures(
                    text,
                    fuzzed.getFileName().toString().replace(".properties", ""),
                    "%s executions in %s s",
                    "executions",
                    "seconds");
        figures(text, "mutants", "%2$s of %1$s defects put in on purpose were caught", "mutants", "killed");
        String page = Files.readString(PAGE);
        String begin = "<!-- figures: begin -->\n";
        int from = page.indexOf(begin) + begin.length();
        int to = page.indexOf("<!-- figures: end -->");
        Files.writeString(PAGE, page.substring(0, from) + text + page.substring(to));
    }

    private static List<Path> reports() throws IOException {
        try (Stream<Path> files = Files.list(REPORTS)) {
            return files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                    .toList();
        }
    }

    private static List<Path> fuzzed() throws IOException {
        if (!Files.isDirectory(FIGURES)) return List.of();
        try (Stream<Path> files = Files.list(FIGURES)) {
            return files.filter(file -> file.getFileName().toString().startsWith("fuzz-"))
                    .sorted()
                    .toList();
        }
    }

    private static int number(Matcher suite, int group) {
        return Integer.parseInt(suite.group(group));
    }

    private static String words(Count count) {
        return count.tests + " cases, " + count.failed + " failed, " + count.skipped + " skipped";
    }

    private static void row(StringBuilder text, String what, String figures) {
        text.append("| ").append(what).append(" | ").append(figures).append(" |\n");
    }

    private static void figures(StringBuilder text, String name, String form, String... keys) throws IOException {
        Path file = FIGURES.resolve(name + ".properties");
        if (!Files.exists(file)) return;
        Properties found = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            found.load(in);
        }
        Object[] values = Stream.of(keys).map(found::getProperty).toArray();
        row(text, name.replace('-', ' '), String.format(form, values));
    }
}
