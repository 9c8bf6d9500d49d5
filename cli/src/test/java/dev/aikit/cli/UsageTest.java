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
            chta hello                        | unknown command: chta; did you mean chat
            chat --temprature 1 hello         | unknown option: --temprature; did you mean --temperature
            chat --temperature 3 hello        | --temperature: 0 to 2 expected, not 3.0
            chat --max-tokens 0 hello         | --max-tokens: 1 or more expected, not 0
            chat --max-tokens many hello      | 'many' is not an int
            chat --timeout soon hello         | a time such as 90s or 10m expected, not soon
            chat --base-url localhost:8080 hello | --base-url: an address such as
            chat --provider mistral hello     | put it into the environment variable MISTRAL_API_KEY
            chat --model mistral:x hello      | put it into the environment variable MISTRAL_API_KEY
            chat --model openai:x hello       | OPENAI_API_KEY
            files upload src                  | src is a folder
            files save a no/such/file         | the folder no/such is not there
            help nonsense                     | unknown command: nonsense
            models --api-key-env NOT_SET      | the environment variable NOT_SET is empty
            models --base-url https://api.openai.com/v1 | OpenAI itself wants a key
            models extra                      | unknown argument: extra
            serve --port 99999                | port
            serve --gguf no-such-file.gguf    | no-such-file.gguf
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
    @ValueSource(
            strings = {
                "chat",
                "models",
                "embed",
                "moderate",
                "image",
                "files",
                "files upload",
                "files save",
                "batch",
                "batch run",
                "batch status",
                "batch resume",
                "batch cancel",
                "batch retry-dead",
                "worker",
                "worker list",
                "worker show",
                "worker dead",
                "worker redrive",
                "worker cancel",
                "providers",
                "serve",
                "doctor",
                "help"
            })
    void helpHasExamples(String command) {
        Outcome outcome = new Run().aikit((command + " --help").split(" "));

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .contains("Usage: aikit " + command)
                .containsPattern("Examples?:\n  aikit " + command)
                .doesNotContain("Begin with:");
        assertThat(outcome.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void helpIsACommandToo() {
        assertThat(new Run().aikit("help")).isEqualTo(new Run().aikit("--help"));
        assertThat(new Run().aikit("help", "files", "save")).isEqualTo(new Run().aikit("files", "save", "--help"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"providers", "doctor", "serve"})
    void whatNoServerSentIsNotCalledSo(String command) {
        assertThat(new Run().aikit(command, "--help").out()).contains("--json").doesNotContain("as the server sent it");
    }

    @Test
    void aMistakeInASubcommandLeadsToItsOwnHelp() {
        assertThat(new Run().aikit("files", "upload", "src").err()).endsWith("try aikit files upload --help\n");
    }

    @ParameterizedTest
    @CsvSource({"serve, --base-url", "serve, --api-key-env", "demo, --base-url", "demo, --api-key-env", "demo, --json"})
    void helpDoesNotOfferWhatTheCommandRefuses(String command, String option) {
        assertThat(new Run().aikit(command, "--help").out().lines()).noneMatch(line -> offers(line, option));
        assertThat(new Run().aikit("models", "--help").out().lines()).anyMatch(line -> offers(line, option));
    }

    /** In the synopsis or in the list: an example may name an option of another command. */
    private static boolean offers(String line, String option) {
        return line.contains("[" + option) || line.strip().startsWith(option);
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
