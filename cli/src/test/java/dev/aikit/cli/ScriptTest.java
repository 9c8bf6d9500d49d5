package dev.aikit.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.aikit.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The real program, as a process, started by the script with what this build has compiled. */
@DisabledOnOs(OS.WINDOWS)
class ScriptTest {
    private static final Path SCRIPT = Path.of("..", "aikit").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    private ProcessBuilder process(String... command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("OPENAI_") || name.startsWith("LC_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("AIKIT_CLASSPATH", System.getProperty("java.class.path"));
        builder.redirectError(folder.resolve("err").toFile());
        return builder;
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }

    /** What is left of a virtual machine that crashed: all that says why, and gone with the folder. */
    private String crash() throws IOException {
        StringBuilder said = new StringBuilder(err());
        try (DirectoryStream<Path> reports = Files.newDirectoryStream(folder, "hs_err*")) {
            for (Path report : reports) said.append(Files.readString(report));
        }
        return said.toString();
    }

    private static String out(Process process) throws Exception {
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, SECONDS)).isTrue();
        return out;
    }

    @Test
    void itRunsFromAnyFolderThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("my aikit"), SCRIPT);

        Process process = process(link.toString(), "models").start();

        assertThat(out(process)).startsWith("aikit-guide\n");
        assertThat(process.exitValue()).isZero();
        assertThat(err().lines()).hasSize(1);
    }

    @Test
    void itsExitCodeIsThatOfTheCommand() throws Exception {
        Process process =
                process(SCRIPT.toString(), "chat", "--max-tokens", "0", "Hi").start();

        assertThat(out(process)).isEmpty();
        assertThat(process.exitValue()).isEqualTo(2);
    }

    @Test
    void anyLanguagePassesThroughWithoutALocale() throws Exception {
        try (FakeServer server = FakeServer.answering(
                200, "application/json", "{\"choices\":[{\"message\":{\"content\":\"Fünf Äpfel 🍏\"}}]}")) {
            // In a file, because the arguments of a process are in the locale of the JVM that starts it.
            Path file = folder.resolve("ask");
            Files.writeString(
                    file, "'" + SCRIPT + "' chat --no-stream --base-url " + server.baseURL() + " '„Wie viele“ 🍏?'");
            ProcessBuilder builder = process("/bin/sh", file.toString());
            builder.environment().remove("LANG");

            assertThat(out(builder.start())).isEqualTo("Fünf Äpfel 🍏\n");
            assertThat(Json.parse(server.requests.take().body())
                            .get("messages")
                            .get(0)
                            .get("content")
                            .asText())
                    .isEqualTo("„Wie viele“ 🍏?");
        }
    }

    @Test
    void aReaderThatIsGoneIsNoError() throws Exception {
        Process process =
                process("/bin/sh", "-c", "'" + SCRIPT + "' models | head -n 1").start();

        assertThat(out(process)).isEqualTo("aikit-guide\n");
        assertThat(err().lines()).hasSize(1);
    }

    @Test
    void controlCCancelsTheCallAndTheServerSeesIt() throws Exception {
        assumeInterruptsReachChildren();
        String chunk = "data: {\"choices\":[{\"delta\":{\"content\":\"Once upon\\n\"}}]}\n\n";
        try (FakeServer server = FakeServer.stalling(chunk)) {
            Process process = process(SCRIPT.toString(), "chat", "--base-url", server.baseURL(), "Tell me a story")
                    .start();
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            assertThat(out.readLine()).isEqualTo("Once upon");

            interrupt(process);

            assertThat(server.disconnected.await(60, SECONDS)).isTrue();
            assertThat(process.waitFor(60, SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
            assertThat(err()).isEqualTo("aikit: cancelled\n");
        }
    }

    @Test
    void controlCPausesABatchWhichThenGoesOn() throws Exception {
        assumeInterruptsReachChildren();
        Path input = folder.resolve("q.jsonl");
        Files.writeString(input, "{\"custom_id\":\"a\",\"url\":\"/v1/embeddings\",\"body\":{}}\n");
        try (FakeServer server = FakeServer.stalling("data: {}\n\n")) {
            Process process = process(SCRIPT.toString(), "batch", "run", "q.jsonl", "--base-url", server.baseURL())
                    .start();
            assertThat(server.requests.poll(60, SECONDS)).isNotNull();

            interrupt(process);

            assertThat(process.waitFor(60, SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
            assertThat(err())
                    .contains("aikit: paused: 0 of 1 done, 1 left\n")
                    .endsWith("aikit: to go on: aikit batch resume q.jsonl\n");
        }
        try (FakeServer server = FakeServer.answering(200, "application/json", "{\"data\":[]}")) {
            Process process = process(SCRIPT.toString(), "batch", "resume", "q.jsonl", "--base-url", server.baseURL())
                    .start();

            assertThat(out(process)).isEqualTo(folder.toRealPath().resolve("q.output.jsonl") + "\n");
            assertThat(process.exitValue()).isZero();
        }
    }

    @Test
    void aServerIsUsedByAnotherProcessUntilControlC() throws Exception {
        assumeInterruptsReachChildren();
        Process server = process(SCRIPT.toString(), "serve").start();
        try {
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
            String baseUrl = out.readLine();
            assertThat(baseUrl).matches("http://127\\.0\\.0\\.1:\\d+/v1");
            assertThat(new Run().with("OPENAI_BASE_URL", baseUrl).aikit("models"))
                    .isEqualTo(new Run.Outcome(0, "aikit-guide\nall-minilm-l6-v2\n", ""));

            assertThat(err())
                    .endsWith("\nOPENAI_BASE_URL=" + baseUrl
                            + " ./aikit chat --model aikit-guide \"How do I cancel a call?\"\n");

            interrupt(server);

            assertThat(server.waitFor(60, SECONDS)).isTrue();
            assertThat(server.exitValue()).as("%s", crash()).isEqualTo(130);
        } finally {
            server.destroyForcibly();
        }
    }

    private static void interrupt(Process process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** A build that was put into the background of a script ignores Ctrl-C, and so do all its children. */
    private static void assumeInterruptsReachChildren() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) return;
        List<String> lines = Files.readAllLines(status);
        Optional<String> ignored =
                lines.stream().filter(line -> line.startsWith("SigIgn:")).findFirst();
        assumeFalse(
                ignored.isPresent() && new BigInteger(ignored.get().substring(7).strip(), 16).testBit(1),
                "this build ignores SIGINT");
    }
}
