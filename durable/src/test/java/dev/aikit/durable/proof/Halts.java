package dev.aikit.durable.proof;

import dev.aikit.durable.Halting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * One process after the other works on the same store, each with keys of its own, and is halted at a moment around its
 * commits, after having passed it a random number of times. Every second one, by chance, finishes first what those before
 * it have left; the others are halted while they take it over. The last one works until nothing is left.
 */
public final class Halts {
    private static final int CALLS = 12;

    /** What may be under way in a process: the calls that it sends at a time. */
    private static final int IN_FLIGHT = 64;

    private static final int LIMIT_SECONDS = 60;

    private final Path folder;
    private final ModelServer server;

    private Halts(Path folder, ModelServer server) {
        this.folder = folder;
        this.server = server;
    }

    /** Every point on both stores. Arguments: a folder, how many halts at each point, and maybe one store, and one point. */
    public static void main(String... arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        boolean asPromised = true;
        for (TestStore.Kind kind : TestStore.Kind.values()) {
            if (arguments.length > 2 && !arguments[2].equals(kind.name())) continue;
            for (String point : arguments.length > 3 ? List.of(arguments[3]) : Halting.points())
                asPromised &= report(point, Integer.parseInt(arguments[1]), kind, folder);
        }
        System.exit(asPromised ? 0 : 1);
    }

    private static boolean report(String point, int halts, TestStore.Kind kind, Path folder) throws Exception {
        long begun = System.nanoTime();
        Path own = Files.createDirectory(folder.resolve(kind + "-" + point));
        Checker.Verdict verdict = at(point, halts, kind, own);
        System.out.printf(
                Locale.ROOT,
                "%-10s %-20s %d halts in %d s: %d acknowledged, %d lost, %d sent again, %d effects twice%n",
                kind,
                point,
                halts,
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun),
                verdict.acked(),
                verdict.lost(),
                verdict.sentAgain(),
                verdict.effectsTwice());
        verdict.broken().forEach(System.out::println);
        Processes.delete(own);
        return isAsPromised(verdict, halts);
    }

    /** Whether nothing was lost, nothing was done twice, and no more was sent again than was under way. */
    static boolean isAsPromised(Checker.Verdict verdict, int halts) {
        return verdict.broken().isEmpty()
                && verdict.acked() == (halts + 1) * CALLS
                && verdict.sentAgain() <= halts * IN_FLIGHT;
    }

    static Checker.Verdict at(String point, int halts, TestStore.Kind kind, Path folder) throws Exception {
        Random random = new Random(point.hashCode());
        TestStore.create(kind, folder).withEffects();
        try (ModelServer server = new ModelServer();
                Journal sent = new Journal(folder.resolve("sent.log"))) {
            server.journal(sent::add);
            Halts proof = new Halts(folder, server);
            for (int halt = 1; halt <= halts; halt++) {
                List<String> how = new ArrayList<>(List.of(point, "" + (1 + random.nextInt(CALLS))));
                if (random.nextBoolean()) how.add("first-what-was-left");
                proof.run(halt * CALLS, Halting.EXIT, how);
            }
            proof.run((halts + 1) * CALLS, 0, List.of());
        }
        return Checker.check(folder, key -> false);
    }

    private void run(int keys, int expected, List<String> how) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(server.baseUrl(), "w", "0", "" + keys));
        arguments.addAll(how);
        Process process = Processes.start(folder, "w", arguments.toArray(String[]::new));
        try {
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (!ended || process.exitValue() != expected)
                throw new AssertionError("a process with " + arguments + " was to exit with " + expected + ", not "
                        + (ended ? process.exitValue() : "to go on") + ": "
                        + Files.readString(folder.resolve("process-w.txt")));
        } finally {
            process.destroyForcibly();
        }
    }
}
