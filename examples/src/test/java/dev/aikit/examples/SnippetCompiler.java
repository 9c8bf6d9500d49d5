package dev.aikit.examples;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Finds the Java in Markdown files, and compiles it as the bodies of classes that extend {@link Snippet}; or as it is, if it begins
 * with an import.
 */
final class SnippetCompiler {
    private static final String IMPORTS = Pattern.compile(" ")
            .splitAsStream(
                    "dev.aikit.* dev.aikit.batches.* dev.aikit.chat.* dev.aikit.durable.* dev.aikit.durable.batch.* dev.aikit.embeddings.* dev.aikit.files.* dev.aikit.images.* dev.aikit.json.* dev.aikit.local.* dev.aikit.models.* dev.aikit.moderations.* dev.aikit.testkit.*"
                            + " java.awt.EventQueue java.net.URI java.nio.file.Path java.time.Duration java.util.*"
                            + " java.util.concurrent.* javax.swing.* org.junit.jupiter.api.* org.junit.jupiter.api.extension.*")
            .map(name -> "import " + name + "; ")
            .collect(Collectors.joining("", "package dev.aikit.examples; ", ""));

    /** The first line of a method, at the beginning of a line: no statement looks like it. */
    private static final Pattern METHOD = Pattern.compile("(public |private |static )*[\\w<>]+ \\w+\\([^()]*\\) \\{");

    private final List<JavaFileObject> sources = new ArrayList<>();

    int count() {
        return sources.size();
    }

    /** Takes in the Java of a file. */
    void add(Path markdown) throws IOException {
        List<String> lines = Files.readAllLines(markdown);
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).equals("```java")) continue;
            int end = lines.subList(i, lines.size()).indexOf("```") + i;
            add(markdown, i + 1, lines.subList(i + 1, end));
            i = end;
        }
    }

    private void add(Path markdown, int linesBefore, List<String> lines) {
        String name = "Snippet" + (sources.size() + 1);
        if (lines.get(0).startsWith("import ")) {
            String whole = "package dev.aikit.examples;\n" + String.join("\n", lines);
            sources.add(new Source(name, markdown, linesBefore, whole));
            return;
        }
        StringBuilder source = new StringBuilder(IMPORTS)
                .append("import static java.util.stream.Collectors.joining; "
                        + "import static org.assertj.core.api.Assertions.assertThat; class ")
                .append(name)
                .append(" extends Snippet { void run() throws Exception {\n");
        boolean inMethod = false;
        for (String line : lines) {
            boolean begins = METHOD.matcher(line).matches();
            if (begins && !inMethod) source.append("} ");
            source.append(line);
            inMethod |= begins;
            if (inMethod && line.equals("}")) {
                source.append(" void after").append(source.length()).append("() throws Exception {");
                inMethod = false;
            }
            source.append('\n');
        }
        sources.add(new Source(name, markdown, linesBefore, source.append("}}").toString()));
    }

    /** Compiles all; returns what is wrong, each with the file and the line of the Markdown. */
    List<String> compile(Path target) {
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        List<String> options = List.of(
                "--release", "17", "-proc:none", "-d", target.toString(), "-cp", System.getProperty("java.class.path"));
        ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, found, options, null, sources)
                .call();
        return found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(SnippetCompiler::inWords)
                .toList();
    }

    private static String inWords(Diagnostic<? extends JavaFileObject> diagnostic) {
        String message = diagnostic.getMessage(null);
        return diagnostic.getSource() instanceof Source source
                ? source.markdown.getFileName() + ":" + (source.linesBefore + diagnostic.getLineNumber() - 1) + ": "
                        + message
                : message;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final Path markdown;
        private final int linesBefore;
        private final String text;

        Source(String name, Path markdown, int linesBefore, String text) {
            super(URI.create("string:///dev/aikit/examples/" + name + ".java"), Kind.SOURCE);
            this.markdown = markdown;
            this.linesBefore = linesBefore;
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
