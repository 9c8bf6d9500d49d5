package dev.aikit.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation says in Java compiles, and what it links to is there. */
class DocumentationTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

    @TempDir
    Path target;

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>(
                List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md"), ROOT.resolve("CHANGELOG.md")));
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(files::add);
        }
        return files;
    }

    @Test
    void itsJavaCompiles() throws IOException {
        SnippetCompiler compiler = new SnippetCompiler();
        for (Path file : files()) compiler.add(file);

        assertThat(compiler.count()).isGreaterThan(25);
        assertThat(compiler.compile(target)).isEmpty();
    }

    @Test
    void javaThatDoesNotCompileIsReportedWithItsPlace() throws IOException {
        Path page = target.resolve("page.md");
        Files.writeString(page, """
                # Page
                ```java
                client.models().list(p -> p.formula(this::receive));

                void receive(OpenAIModelListResult result) {
                    result.models().get(0).nonsense();
                }
                ```
                """);
        SnippetCompiler compiler = new SnippetCompiler();
        compiler.add(page);

        assertThat(compiler.compile(target))
                .singleElement()
                .asString()
                .startsWith("page.md:6: ")
                .contains("nonsense");
    }

    @Test
    void itsLinksLeadToFiles() throws IOException {
        for (Path file : files()) {
            Matcher link = LINK.matcher(Files.readString(file));
            while (link.find()) assertThat(file.resolveSibling(link.group(1))).exists();
        }
    }
}
