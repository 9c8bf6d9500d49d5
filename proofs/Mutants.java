import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Breaks the client on purpose, one defect at a time as listed in mutants.txt, and looks whether its tests notice. At the
 * root of the repository: {@code java proofs/Mutants.java [words of the name of one]}. Works on a copy; needs Maven.
 */
final class Mutants {
    private static final Set<String> NOT_COPIED = Set.of(".git", "target", "node_modules");

    private record Mutant(String name, String file, String replace, String with, String tests) {}

    private enum Verdict {
        KILLED,
        SURVIVED,
        DOES_NOT_COMPILE,
        DOES_NOT_APPLY,
        BUILD_BROKEN
    }

    public static void main(String[] words) throws Exception {
        Path root = Path.of("").toAbsolutePath();
        List<Mutant> mutants = read(root.resolve("proofs/mutants.txt")).stream()
                .filter(mutant -> mutant.name.contains(String.join(" ", words)))
                .toList();
        Path copy = Files.createTempDirectory("mutants").resolve("repository");
        copy(root, copy);
        Path shared = root.resolveSibling("shared");
        if (Files.isDirectory(shared)) Files.createSymbolicLink(copy.resolveSibling("shared"), shared.toRealPath());
        int survivors = 0;
        for (Mutant mutant : mutants) {
            Verdict verdict = verdict(mutant, copy);
            if (verdict != Verdict.KILLED) survivors++;
            System.out.printf("%-17s%s%n", verdict, mutant.name);
        }
        System.out.printf("%d of %d killed%n", mutants.size() - survivors, mutants.size());
        if (words.length == 0) {
            Path figures = Files.createDirectories(root.resolve("client/target/figures"));
            Files.writeString(
                    figures.resolve("mutants.properties"),
                    "mutants=" + mutants.size() + "\nkilled=" + (mutants.size() - survivors) + "\n");
        }
        System.exit(survivors == 0 ? 0 : 1);
    }

    private static Verdict verdict(Mutant mutant, Path copy) throws IOException, InterruptedException {
        Path file = copy.resolve(mutant.file);
        String original = Files.readString(file);
        if (original.split(java.util.regex.Pattern.quote(mutant.replace), -1).length != 2) return Verdict.DOES_NOT_APPLY;
        Files.writeString(file, original.replace(mutant.replace, mutant.with));
        try {
            String module = mutant.file.substring(0, mutant.file.indexOf('/'));
            String output = test(copy, module, mutant.tests);
            if (output.contains("COMPILATION ERROR")) return Verdict.DOES_NOT_COMPILE;
            if (output.contains("BUILD SUCCESS")) return Verdict.SURVIVED;
            return output.contains("There are test failures") ? Verdict.KILLED : Verdict.BUILD_BROKEN;
        } finally {
            Files.writeString(file, original);
        }
    }

    /** Compiles what changed and nothing else, and stops at the first failure. */
    private static String test(Path folder, String module, String tests) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "mvn",
                        "-B",
                        "-o",
                        "-Dquick",
                        "-Dmaven.compiler.failOnWarning=false",
                        "-Dmaven.compiler.useIncrementalCompilation=false",
                        "-pl",
                        module,
                        "-am",
                        "test",
                        "-Dtest=" + tests,
                        "-Dsurefire.failIfNoSpecifiedTests=false",
                        "-Dsimulation.seeds=20000",
                        "-Dsurefire.skipAfterFailureCount=1")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        try (InputStream output = process.getInputStream()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.waitFor();
        }
    }

    /** Blocks of lines "name: value", with an empty line between them; a value may go on in lines that begin with "| ". */
    private static List<Mutant> read(Path list) throws IOException {
        List<Mutant> mutants = new ArrayList<>();
        for (String block : Files.readString(list).split("\n\n+")) {
            Map<String, String> fields = new LinkedHashMap<>();
            String name = "";
            for (String line : block.split("\n")) {
                if (line.startsWith("#") || line.isBlank()) continue;
                if (line.startsWith("| ")) {
                    fields.merge(name, line.substring(2), (one, next) -> one.isEmpty() ? next : one + "\n" + next);
                } else {
                    name = line.substring(0, line.indexOf(':'));
                    fields.put(name, line.substring(line.indexOf(':') + 1).strip());
                }
            }
            if (fields.isEmpty()) continue;
            mutants.add(new Mutant(
                    fields.get("mutant"),
                    fields.get("file"),
                    fields.get("replace"),
                    fields.getOrDefault("with", ""),
                    fields.get("tests")));
        }
        return mutants;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (NOT_COPIED.contains(String.valueOf(folder.getFileName()))) return FileVisitResult.SKIP_SUBTREE;
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                try {
                    Files.copy(file, to.resolve(from.relativize(file)));
                } catch (IOException error) {
                    throw new UncheckedIOException(error);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
