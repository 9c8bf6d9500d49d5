package dev.aikit.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Starts programs that make one call and end. The shell's {@code time} says what processor time the whole process took; with
 * class data sharing, an archive of each client's classes is made before.
 */
final class Starts {
    private final Path folder;
    private final Options options;
    private final Scenario scenario;
    private final String url;
    private final Set<Contestant> archived = new HashSet<>();

    Starts(Path folder, Options options, Scenario scenario, int port) {
        this.folder = folder;
        this.options = options;
        this.scenario = scenario;
        this.url = "http://127.0.0.1:" + port + "/" + scenario.path() + "/v1";
    }

    Map<String, Double> start(Contestant contestant) throws IOException, InterruptedException {
        if (contestant.name().equals(Contestant.COMMAND)) {
            Path command = folder.resolve("../aikit").normalize();
            if (archived.add(contestant)) timed(List.of(command.toString(), "--version"));
            return timed(List.of(command.toString(), "chat", "--no-stream", "--model", Client.MODEL, "Why is it 42?"));
        }
        List<String> command = options.jvm();
        if (scenario.name().equals("start-cds")) {
            Path archive = folder.resolve("target/cds-" + contestant.name() + ".jsa");
            if (archived.add(contestant)) archive(contestant, archive);
            command.add("-XX:SharedArchiveFile=" + archive);
        }
        return timed(program(command, contestant));
    }

    private List<String> program(List<String> jvm, Contestant contestant) throws IOException {
        List<String> command = new ArrayList<>(jvm);
        command.addAll(List.of("-cp", contestant.classPath(folder)));
        command.addAll(List.of(Start.class.getName(), contestant.type(), url));
        return command;
    }

    private void archive(Contestant contestant, Path archive) throws IOException, InterruptedException {
        Files.createDirectories(archive.getParent());
        Files.deleteIfExists(archive);
        List<String> command = options.jvm();
        command.add("-XX:ArchiveClassesAtExit=" + archive);
        timed(program(command, contestant));
        if (!Files.exists(archive)) throw new IllegalStateException("no archive of classes was made");
    }

    private Map<String, Double> timed(List<String> program) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("bash", "-c", "TIMEFORMAT='times %U %S %R'; time \"$@\"", "start"));
        command.addAll(program);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("OPENAI_BASE_URL", url);
        builder.environment().put("OPENAI_API_KEY", "sk-test");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        String last = output.lines().reduce((a, b) -> b).orElse("");
        if (exit != 0 || !last.startsWith("times ")) throw new IllegalStateException("exit " + exit + ": " + output);
        String[] parts = last.split(" ");
        double cpu = Double.parseDouble(parts[1]) + Double.parseDouble(parts[2]);
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("cpu_ms", cpu * 1000);
        values.put("wall_ms", Double.parseDouble(parts[3]) * 1000);
        return values;
    }
}
