package dev.aikit.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the command line says. */
final class Options {
    static final String HELP = """
            benchmarks/run [options]
              --scenarios LIST     of call64, stream64, paced64, embeddings, sizes, first, slow5000, start, curves, or single
                                   ones such as embed1 or chunks1000; by default all
              --clients LIST       of ours, floors, peers, or single ones such as openai-java; by default all
              --repetitions N      by default 3; every second one in reverse order. Curves are measured in the first only
              --seconds S          to measure in each trial, by default 3
              --warmup S           before that, by default 4
              --starts N           starts of a program in each repetition, by default 5
              --java DIR           the JDK of the clients, by default the one that runs this
              --jvm "FLAGS"        more flags for the clients' JVMs
              --pool N             threads of the common pool, by default 2; 0 leaves it to Java
              --report FILE        no run: the tables of the results in that file
            """;

    List<Scenario> scenarios = Scenario.named(List.copyOf(Scenario.GROUPS.keySet()));
    List<Contestant> contestants = Contestant.named(List.of("all"));
    int repetitions = 3;
    double seconds = 3;
    double warmup = 4;
    int starts = 5;
    int pool = 2;
    Path java = Path.of(System.getProperty("java.home"));
    List<String> flags = List.of();
    Path report;
    boolean modulesOnly;

    static Options of(String[] arguments) {
        Options options = new Options();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--help")) throw new IllegalArgumentException(HELP);
            if (arguments[i].equals("--modules")) options.modulesOnly = true;
            else if (i + 1 == arguments.length)
                throw new IllegalArgumentException(arguments[i] + " needs a value\n" + HELP);
            else options.set(arguments[i], arguments[++i]);
        }
        return options;
    }

    private void set(String name, String value) {
        List<String> list = List.of(value.split(","));
        switch (name) {
            case "--scenarios" -> scenarios = Scenario.named(list);
            case "--clients" -> contestants = Contestant.named(list);
            case "--repetitions" -> repetitions = Integer.parseInt(value);
            case "--seconds" -> seconds = Double.parseDouble(value);
            case "--warmup" -> warmup = Double.parseDouble(value);
            case "--starts" -> starts = Integer.parseInt(value);
            case "--pool" -> pool = Integer.parseInt(value);
            case "--java" -> java = Path.of(value);
            case "--jvm" -> flags = List.of(value.split(" "));
            case "--report" -> report = Path.of(System.getProperty("caller")).resolve(value);
            default -> throw new IllegalArgumentException("no such option: " + name + "\n" + HELP);
        }
    }

    /** How every client's JVM is started. */
    List<String> jvm() {
        List<String> command = new ArrayList<>();
        command.add(java.resolve("bin/java").toString());
        command.addAll(List.of("-Xmx1g", "-XX:+UseG1GC"));
        if (pool > 0) command.add("-Djava.util.concurrent.ForkJoinPool.common.parallelism=" + pool);
        command.addAll(flags);
        return command;
    }
}
