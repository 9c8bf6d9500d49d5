package dev.aikit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.cli.Run.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            chta hello                        | unknown command: chta; did you mean chat?
            chat --temprature 1 hello         | unknown option: --temprature; did you mean --temperature
            chat --temperature 3 hello        | --temperature: 0 to 2 expected, not 3.0
            chat --max-tokens 0 hello         | --max-tokens: 1 or more expected, not 0
            chat --max-tokens many hello      | 'many' is not an int
            chat --timeout soon hello         | a time such as 90s or 10m expected, not soon
            chat --base-url nowhere hello     | baseURL
            models --api-key-env NOT_SET      | the environment variable NOT_SET is empty
            models extra                      | unknown argument: extra
            serve --port 99999                | port
            serve --model no-such-file.gguf   | no-such-file.gguf
            serve --base-url http://x/v1      | mean nothing here
            demo --json                       | has no --json
            """)
    void aMistakeIsNamedAndIsExitCode2(String command, String told) {
        Outcome outcome = new Run().aikit(command.split(" "));

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains(told).contains("--help").doesNotContain("\tat ");
    }

    @Test
    void aQuestionThatIsMissingIsAskedFor() {
        assertThat(new Run().screens("012").aikit("chat").err()).contains("a question is missing: aikit chat");
        assertThat(new Run().typing(" \n").aikit("chat").exitCode()).isEqualTo(2);
    }

    @Test
    void withoutACommandItTellsWhatThereIs() {
        Outcome outcome = new Run().aikit();

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("aikit demo").contains("chat").contains("Exit codes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "models", "embed", "serve"})
    void helpHasExamples(String command) {
        Outcome outcome = new Run().aikit(command, "--help");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("Usage: aikit " + command).contains("Examples:\n  aikit ");
        assertThat(outcome.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void theVersionIsThatOfTheBuild() {
        assertThat(new Run().aikit("--version").out()).matches("aikit \\d+\\.\\d+\\.\\d+\\S*, Java \\S+\n");
    }

    @Test
    void coloursAreForTerminalsThatWantThem() {
        String escape = "\u001b[";
        assertThat(new Run().screens("012").aikit("--help").out()).contains(escape);
        assertThat(new Run().screens("").aikit("--help").out()).doesNotContain(escape);
        assertThat(new Run()
                        .screens("012")
                        .with("NO_COLOR", "1")
                        .aikit("--help")
                        .out())
                .doesNotContain(escape);
        assertThat(new Run().screens("012").with("TERM", "dumb").aikit("--help").out())
                .doesNotContain(escape);
        assertThat(new Run().screens("012").aikit("--no-color", "--help").out()).doesNotContain(escape);
    }

    @Test
    void aReaderThatIsGoneIsNoError() {
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        for (String[] command : new String[][] {{"models"}, {"chat", "What is a worker?"}, {"embed", "car"}}) {
            Terminal terminal = new Terminal(
                    InputStream.nullInputStream(),
                    new PrintStream(gone, false, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    Map.of(),
                    "");
            assertThat(Main.run(terminal, command)).isZero();
        }
        assertThat(err.toString(StandardCharsets.UTF_8).lines()).hasSize(3).allMatch(line -> line.contains("no key"));
    }
}
