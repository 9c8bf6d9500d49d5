package dev.aikit.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Who is measured.
 *
 * @param module the folder of the adapter, and its Maven module
 * @param type the adapter's class
 */
record Contestant(String name, String module, String type) {
    /** Those that are no client: what nobody can be faster than. */
    static final List<String> FLOORS = List.of("selector", "netty");
    /** The aikit command: only starts can be measured of it. */
    static final String COMMAND = "aikit-command";

    private static final List<Contestant> ALL = List.of(
            of("selector", "selector", "Selector"),
            of("netty", "netty", "Netty"),
            of("ours", "ours", "Ours"),
            of("ours-in-place", "ours", "OursInPlace"),
            of(COMMAND, "ours", ""),
            of("openai-java", "openai-java", "OpenAIJava"),
            of("openai-java-blocking", "openai-java", "OpenAIJavaBlocking"),
            of("langchain4j", "langchain4j", "LangChain4j"),
            of("spring-ai", "spring-ai", "SpringAI"),
            of("simple-openai", "simple-openai", "SimpleOpenAIClient"),
            of("azure", "azure", "Azure"));

    private static final Map<String, List<String>> GROUPS = groups();

    private static Contestant of(String name, String module, String type) {
        return new Contestant(name, module, "dev.aikit.benchmarks.clients." + type);
    }

    private static Map<String, List<String>> groups() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        groups.put("floors", FLOORS);
        groups.put("floor", FLOORS);
        groups.put("ours", List.of("ours", "ours-in-place", COMMAND));
        groups.put("peers", ALL.stream().skip(5).map(Contestant::name).toList());
        groups.put("all", ALL.stream().map(Contestant::name).toList());
        return groups;
    }

    static boolean isOurs(String name) {
        return name.startsWith("ours") || name.equals(COMMAND);
    }

    /** Groups and single names, in the order of the list above. */
    static List<Contestant> named(List<String> names) {
        List<String> wanted = new ArrayList<>();
        for (String name : names) wanted.addAll(GROUPS.getOrDefault(name, List.of(name)));
        for (String name : wanted)
            if (ALL.stream().noneMatch(c -> c.name.equals(name)))
                throw new IllegalArgumentException(
                        "no such client: " + name + "; there are " + GROUPS.get("all") + " and " + GROUPS.keySet());
        return ALL.stream().filter(c -> wanted.contains(c.name)).toList();
    }

    /** Java 17 crashes when it makes an archive of azure's classes, whose jars are signed. */
    boolean takesPart(Scenario scenario) {
        if (name.equals(COMMAND)) return scenario.name().equals("start");
        return !name.equals("azure") || !scenario.name().equals("start-cds");
    }

    /** Jars that the client brings: those of the harness and of its adapter left out, and the one that silences SLF4J. */
    List<Path> jars(Path benchmarks) throws IOException {
        List<Path> jars = new ArrayList<>();
        if (module.equals("ours")) {
            Path client = benchmarks.resolve("../client/target").normalize();
            addJars(jars, client);
            addJars(jars, client.resolve("benchmark-lib"));
        } else {
            addJars(jars, benchmarks.resolve(module).resolve("target/lib"));
            jars.removeIf(jar -> jar.getFileName().toString().matches("benchmark-harness-.*|slf4j-nop-.*"));
        }
        return jars;
    }

    String classPath(Path benchmarks) throws IOException {
        Path target = benchmarks.resolve(module).resolve("target");
        List<Path> jars = new ArrayList<>();
        addJars(jars, target);
        addJars(jars, target.resolve("lib"));
        if (module.equals("ours")) jars.addAll(jars(benchmarks));
        return String.join(":", jars.stream().map(Path::toString).toList());
    }

    private static void addJars(List<Path> jars, Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            jars.addAll(files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList());
        }
    }
}
