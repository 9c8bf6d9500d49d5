package dev.aikit.durable.compare;

import dev.aikit.OpenAI;
import dev.aikit.durable.proof.ModelServer;
import dev.aikit.durable.proof.TestStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.LinkedHashMap;
import java.util.stream.IntStream;

/**
 * Completions a second of small jobs: each asks a fake server in this process once, over HTTP, and inserts one row. Arguments:
 * folder (of the disk that is measured), jobs, jobs at a time, and kinds of databases.
 */
public final class Compare {
    private static final int WARM = Integer.getInteger("compare.warm", 2_000);
    private static final String ONLY = System.getProperty("compare.only", "");

    private interface Maker {
        Contender make(Database database, OpenAI client, int threads) throws Exception;
    }

    private record Figure(String store, String name, double perSecond, String wrong) {}

    private Compare() {}

    public static void main(String... arguments) throws Exception {
        Path folder = Files.createTempDirectory(Path.of(arguments[0]), "compare");
        int jobs = Integer.parseInt(arguments[1]);
        int threads = Integer.parseInt(arguments[2]);
        Map<String, Maker> makers = new LinkedHashMap<>();
        makers.put("ours", Ours::new);
        makers.put("ours with more at a time", (database, client, number) -> new Ours(database, client, 4 * number));
        makers.put("db-scheduler", DbScheduler::new);
        makers.put("JobRunr", JobRunrContender::new);
        List<Figure> figures = new ArrayList<>();
        try (ModelServer server = new ModelServer();
                OpenAI client = OpenAI.create(c -> c.baseURL(server.baseUrl()))) {
            for (int i = 3; i < arguments.length; i++) {
                TestStore.Kind kind = TestStore.Kind.valueOf(arguments[i]);
                for (String name : ONLY.isEmpty() ? makers.keySet() : List.of(ONLY.split(","))) {
                    Path own = Files.createTempDirectory(folder, kind + "-" + name);
                    Database database = new Database(kind, TestStore.create(kind, own).withEffects());
                    if (name.equals("ours")) System.out.println(kind + ": " + database.syncs());
                    try (Contender contender = makers.get(name).make(database, client, threads)) {
                        figures.add(measure(kind, contender, database, jobs));
                    }
                    System.out.println("  " + figures.get(figures.size() - 1));
                }
            }
        }
        table(figures, jobs);
        System.exit(figures.stream().allMatch(figure -> figure.wrong().isEmpty()) ? 0 : 1);
    }

    private static Figure measure(TestStore.Kind kind, Contender contender, Database database, int jobs)
            throws Exception {
        contender.run(keys("warm", WARM));
        long begun = System.nanoTime();
        contender.run(keys("job", jobs));
        double seconds = (System.nanoTime() - begun) / 1e9;
        return new Figure(kind.name(), contender.name(), jobs / seconds, database.wrong(WARM + jobs));
    }

    private static List<String> keys(String prefix, int number) {
        return IntStream.range(0, number).mapToObj(i -> prefix + "-" + i).toList();
    }

    private static void table(List<Figure> figures, int jobs) {
        System.out.printf(Locale.ROOT, "%n| Store | %,d jobs | Completions a second | Beside ours |%n", jobs);
        System.out.println("| --- | --- | --- | --- |");
        double ours = 0;
        String store = "";
        for (Figure figure : figures) {
            if (!figure.store().equals(store)) ours = figure.perSecond(); // the first of each
            store = figure.store();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %,.0f%s | %.2f |%n",
                    figure.store(),
                    figure.name(),
                    figure.perSecond(),
                    figure.wrong().isEmpty() ? "" : " (" + figure.wrong() + ")",
                    figure.perSecond() / ours);
        }
    }
}
