package dev.aikit.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every class, property and function of the 4D kit has its counterpart, and docs/coming-from-4d.md names it. */
class KitSurfaceTest {
    private static final int ROWS = 294;
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path PAGE = ROOT.resolve("docs").resolve("coming-from-4d.md");

    private static final List<String> PACKAGES = Stream.of(
                    "", ".chat", ".embeddings", ".files", ".images", ".json", ".models", ".moderations")
            .map(name -> "dev.aikit" + name + ".")
            .toList();

    /** Methods that do not have the kit's name in camel case. */
    private static final Map<String, Set<String>> RENAMED = Map.of(
            "new", Set.of("create", "of"),
            "throw", Set.of("throwing", "orThrow"),
            "formula", Set.of("formula", "streamFormula"),
            "anchor", Set.of("expiresAfter"),
            "seconds", Set.of("expiresAfter"));

    /** A row of the table; {@code names} are all names of Java in its last cell, the counterpart first. */
    private record Row(String type, String kind, String name, List<String> names) {
        private static final Pattern NAME = Pattern.compile("`([^`]+)`");

        static Row of(String line) {
            String[] cells = line.split("\\|", -1);
            return new Row(
                    cells[1].strip(),
                    cells[2].strip(),
                    cells[3].strip(),
                    NAME.matcher(cells[4])
                            .results()
                            .map(found -> found.group(1))
                            .toList());
        }

        String key() {
            return String.join("\t", type, kind, name).strip();
        }
    }

    private static List<Row> table() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.matches("\\| OpenAI\\w* \\| .*"))
                .map(Row::of)
                .toList();
    }

    private static List<String> knownRows() throws IOException {
        try (InputStream file = KitSurfaceTest.class.getResourceAsStream("kit-surface.tsv")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    @Test
    void everyRowOfTheKitIsInTheTable() throws IOException {
        assertThat(knownRows()).hasSize(ROWS).doesNotHaveDuplicates();
        assertThat(table()).extracting(Row::key).isEqualTo(knownRows());
    }

    @Test
    void theRowsAreThoseOfTheKit() throws IOException {
        Path file = ROOT.resolveSibling("shared").resolve("aikit-surface.tsv");
        assumeTrue(Files.isReadable(file), "skipped: there is no ../shared/aikit-surface.tsv beside this repository");
        List<String> rows = Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> String.join("\t", List.of(line.split("\t", -1)).subList(0, 3))
                        .strip())
                .toList();
        assertThat(knownRows()).isEqualTo(rows);
    }

    @Test
    void everyNameInTheTableIsThere() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Row row : table()) {
            assertThat(row.names()).as(row.key()).isNotEmpty();
            for (String name : row.names()) if (!resolves(name)) missing.add(row.key() + ": " + name);
        }
        assertThat(missing).as("names in the table that nothing public has").isEmpty();
    }

    /** A property of parameters is set, any other is read. */
    @Test
    void aPropertyIsReadWithoutArgumentsOrSetWithThem() throws IOException {
        for (Row row : table()) {
            String name = row.names().get(0);
            if (!row.kind().equals("property")) continue;
            boolean isSet = row.type().endsWith("Parameters");
            assertThat(methods(name)).as(name).anyMatch(method -> method.getParameterCount() > 0 == isSet);
        }
    }

    @Test
    void theCounterpartHasTheNameThatTheRulesGive() throws IOException {
        for (Row row : table()) {
            String first = row.names().get(0);
            if (row.kind().equals("class")) assertThat(first).as(row.key()).isEqualTo(row.type());
            else if (row.kind().equals("inherits")) assertInherits(row);
            else assertThat(row.names()).as(row.key()).anyMatch(name -> isCalledAsInTheKit(row, name));
        }
    }

    private static boolean isCalledAsInTheKit(Row row, String java) {
        String kit = row.name().substring(row.name().lastIndexOf('.') + 1);
        String camel =
                Pattern.compile("_(.)").matcher(kit).replaceAll(m -> m.group(1).toUpperCase());
        String method = java.substring(java.lastIndexOf('.') + 1).replace("()", "");
        return RENAMED.getOrDefault(kit, Set.of(camel)).contains(method);
    }

    private static void assertInherits(Row row) {
        assertThat(row.names()).as(row.key()).containsExactly(row.type(), row.name());
        assertThat(type(row.name()).orElseThrow())
                .as(row.key())
                .isAssignableFrom(type(row.type()).orElseThrow());
    }

    /** Whether a public class, or a public method of one, has that name. */
    private static boolean resolves(String name) {
        return name.endsWith("()")
                ? methods(name).findAny().isPresent()
                : type(name).isPresent();
    }

    private static Stream<Method> methods(String name) {
        int dot = name.lastIndexOf('.');
        String method = name.substring(dot + 1, name.length() - 2);
        return type(name.substring(0, dot)).stream()
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(each -> each.getName().equals(method));
    }

    private static Optional<Class<?>> type(String name) {
        for (String prefix : PACKAGES) {
            try {
                Class<?> type = Class.forName(prefix + name.replace('.', '$'));
                if (Modifier.isPublic(type.getModifiers())) return Optional.of(type);
            } catch (ClassNotFoundException elsewhere) {
                continue;
            }
        }
        return Optional.empty();
    }
}
