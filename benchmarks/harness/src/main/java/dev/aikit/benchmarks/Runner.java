package dev.aikit.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs all trials, one at a time, and writes what came out. Its folder is the system property {@code benchmarks}. */
public final class Runner {
    private final Path folder = Path.of(System.getProperty("benchmarks")).toAbsolutePath();
    private final Options options;
    private final Results results = new Results();
    private final List<String> refused = new ArrayList<>();

    private Runner(Options options) {
        this.options = options;
    }

    public static void main(String[] arguments) throws Exception {
        try {
            System.exit(new Runner(Options.of(arguments)).run());
        } catch (IllegalArgumentException error) {
            System.err.println(error.getMessage());
            System.exit(2);
        }
    }

    private int run() throws Exception {
        if (options.modulesOnly) {
            Set<String> modules = new LinkedHashSet<>();
            for (Contestant contestant : options.contestants) modules.add(contestant.module());
            System.out.println(String.join(" ", modules));
            return 0;
        }
        if (options.report != null) {
            write(Results.read(options.report), options.report);
            return 0;
        }
        Path file = folder.resolve("results")
                .resolve(DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmm").format(LocalDateTime.now()) + ".tsv");
        Files.createDirectories(file.getParent());
        for (String line : Machine.describe(options)) results.note(line);
        jars();
        try (ServerProcess server = ServerProcess.start(folder)) {
            for (int repetition = 1; repetition <= options.repetitions; repetition++) {
                for (Scenario scenario : options.scenarios) {
                    if (repetition > 1 && isCurve(scenario)) continue;
                    scenario(repetition, scenario, server.port());
                    results.write(file);
                }
            }
        }
        write(results, file);
        if (refused.isEmpty()) return 0;
        System.out.println("\nREFUSED, because calls failed:\n" + String.join("\n", refused));
        return 1;
    }

    private static boolean isCurve(Scenario scenario) {
        return Scenario.GROUPS.get("curves").contains(scenario);
    }

    private void write(Results all, Path file) throws IOException {
        String tables = new Report(all).markdown();
        System.out.println("\n" + tables);
        String name = file.toString().replaceFirst("\\.tsv$", "");
        Files.writeString(Path.of(name + ".md"), tables);
        Files.writeString(Path.of(name + ".svg"), new Plot(all).svg());
        System.out.println("Written: " + name + ".tsv, .md and .svg");
    }

    private void jars() throws IOException {
        for (Contestant contestant : options.contestants) {
            if (contestant.name().equals(Contestant.COMMAND)) continue;
            long bytes = 0;
            List<Path> jars = contestant.jars(folder);
            for (Path jar : jars) bytes += Files.size(jar);
            results.add(
                    1, "jars", contestant.name(), Map.of("mb", bytes / Usage.MEGABYTE, "jars", (double) jars.size()));
            StringBuilder names = new StringBuilder("jars of " + contestant.name() + ":");
            for (Path jar : jars)
                names.append(' ').append(jar.getFileName()).append('=').append(Files.size(jar));
            results.note(names.toString());
        }
    }

    private void scenario(int repetition, Scenario scenario, int port) throws Exception {
        List<Contestant> order = new ArrayList<>(options.contestants);
        if (repetition % 2 == 0) Collections.reverse(order);
        if (scenario.kind() == Scenario.Kind.START) {
            starts(repetition, scenario, order, port);
            return;
        }
        for (Contestant contestant : order) {
            if (!contestant.takesPart(scenario)) continue;
            boolean brief = isCurve(scenario) || scenario.kind() == Scenario.Kind.TIMES;
            List<String> command = options.jvm();
            command.addAll(List.of("-XX:-UseDynamicNumberOfCompilerThreads", "-cp", contestant.classPath(folder)));
            command.addAll(List.of(Trial.class.getName(), contestant.type(), scenario.name(), "" + port));
            command.add("" + options.warmup / (brief ? 2 : 1));
            command.add("" + options.seconds / (brief ? 2 : 1));
            trial(repetition, scenario, contestant, command);
        }
    }

    private void trial(int repetition, Scenario scenario, Contestant contestant, List<String> command)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String line = null;
        List<String> output = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String next; (next = reader.readLine()) != null; ) {
                if (next.startsWith("result ")) line = next;
                else if (output.size() < 40) output.add(next);
            }
        }
        int exit = process.waitFor();
        if (exit != 0 || line == null) {
            refuse(repetition, scenario, contestant, "exit " + exit + "\n    " + String.join("\n    ", output));
            return;
        }
        Map<String, Double> values = Results.values(line);
        results.add(repetition, scenario.name(), contestant.name(), values);
        System.out.println(Results.line(repetition, scenario.name(), contestant.name(), values));
    }

    private void starts(int repetition, Scenario scenario, List<Contestant> order, int port) throws Exception {
        Starts starts = new Starts(folder, options, scenario, port);
        for (int i = 0; i < options.starts; i++) {
            for (Contestant contestant : order) {
                if (!contestant.takesPart(scenario)) continue;
                try {
                    Map<String, Double> values = starts.start(contestant);
                    results.add(repetition, scenario.name(), contestant.name(), values);
                    System.out.println(Results.line(repetition, scenario.name(), contestant.name(), values));
                } catch (IllegalStateException failed) {
                    refuse(repetition, scenario, contestant, failed.getMessage());
                }
            }
            Collections.reverse(order);
        }
    }

    private void refuse(int repetition, Scenario scenario, Contestant contestant, String reason) {
        String text = scenario.name() + " " + contestant.name() + " (repetition " + repetition + "): " + reason;
        System.out.println("REFUSED " + text.lines().limit(12).collect(Collectors.joining("\n")));
        refused.add(text.lines().findFirst().orElse(""));
        results.note("refused: "
                + text.lines().limit(3).reduce((a, b) -> a + " | " + b.strip()).orElse(""));
    }
}
