package dev.aikit.schema;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program with a module descriptor of its own: what it needs, and what it hears if that is missing. */
class ModulePathTest {
    private static final String PROGRAM = """
            package app;

            import dev.aikit.chat.OpenAITool;
            import dev.aikit.chat.Tool;
            import dev.aikit.json.Json;
            import dev.aikit.json.JsonType;

            public class Main {
                record Point(int x, int y) {}

                static class Tools {
                    @Tool(value = "Adds.", parameters = {"a", "b"})
                    int add(int a, int b) {
                        return a + b;
                    }
                }

                public static void main(String... arguments) {
                    say(() -> JsonType.of(Point.class).read(Json.parse("{\\"x\\":1,\\"y\\":2}")));
                    say(() -> JsonType.of(Point.class).schema(true).get("required"));
                    say(() -> OpenAITool.ofMethods(new Tools()).get(0).handler().call(Json.parse("{\\"a\\":1,\\"b\\":2}")));
                }

                static void say(java.util.concurrent.Callable<?> what) {
                    try {
                        System.out.println(what.call());
                    } catch (Exception error) {
                        System.out.println(error.getClass().getSimpleName() + ": " + error.getMessage());
                    }
                }
            }
            """;

    private static final Predicate<String> LIBRARIES = Pattern.compile(
                    "netty|jackson-(core|databind|annotations)-?|classmate|jsonschema-generator|slf4j-api|jspecify")
            .asPredicate()
            .and(entry -> !entry.contains("tools" + File.separator + "jackson"));

    @TempDir
    Path folder;

    private static boolean isModule(String entry, String module) {
        String path = entry.replace(File.separatorChar, '/');
        return path.endsWith("/" + module + "/target/classes")
                || path.matches(".*/" + module + "/target/aikit[^/]*(?<!tests)\\.jar");
    }

    private String run(String descriptor, boolean withSchemas) throws Exception {
        Path sources = Files.createDirectories(folder.resolve("src/app"));
        Files.writeString(sources.resolve("Main.java"), PROGRAM);
        Path module = Files.writeString(folder.resolve("src/module-info.java"), "module app { " + descriptor + " }");
        String path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> LIBRARIES.test(Path.of(entry).getFileName().toString())
                        || isModule(entry, "client")
                        || withSchemas && isModule(entry, "schema"))
                .filter(entry -> !entry.replace(File.separatorChar, '/').contains("/tools/jackson/"))
                .collect(Collectors.joining(File.pathSeparator));
        StringWriter said = new StringWriter();
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(
                        said,
                        null,
                        null,
                        List.of("-d", folder.resolve("app").toString(), "-p", path, "-proc:none"),
                        null,
                        ToolProvider.getSystemJavaCompiler()
                                .getStandardFileManager(null, null, null)
                                .getJavaFileObjects(module, sources.resolve("Main.java")))
                .call();
        assertThat(compiled).as("%s", said).isTrue();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-p",
                        path + File.pathSeparator + folder.resolve("app"),
                        "-m",
                        "app/app.Main")
                .redirectErrorStream(true)
                .start();
        try {
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, SECONDS)).isTrue();
            return out.replace(System.lineSeparator(), "\n");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aModuleThatOpensItsPackageHasAll() throws Exception {
        assertThat(run("requires dev.aikit; opens app to dev.aikit;", true))
                .isEqualTo("Point[x=1, y=2]\n[\"x\",\"y\"]\n3\n");
    }

    @Test
    void aModuleThatDoesNotOpenItsPackageHearsWhichLineIsMissing() throws Exception {
        assertThat(run("requires dev.aikit;", true).lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith("IllegalArgumentException: ")
                        && line.contains("\"opens app to dev.aikit;\" to the module-info.java of app"));
    }

    @Test
    void aModuleWithoutTheArtifactHearsItsName() throws Exception {
        List<String> said = run("requires dev.aikit; opens app to dev.aikit;", false)
                .lines()
                .toList();
        assertThat(said.get(0)).isEqualTo("Point[x=1, y=2]");
        assertThat(said.subList(1, 3))
                .allMatch(line -> line.startsWith("IllegalStateException: ")
                        && line.contains("dev.aikit:aikit-schema")
                        && line.contains("requires dev.aikit.schema;"));
    }
}
