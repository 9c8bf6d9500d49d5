package dev.aikit.examples;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each example as a program of its own: what it prints, and that it ends by itself after its last callback. */
class ExamplesTest {
    @TempDir
    Path folder;

    private String run(Class<?> example) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.awt.headless=true",
                        "-Djava.io.tmpdir=" + folder, // some keep what they have written
                        "-cp",
                        System.getProperty("java.class.path"),
                        example.getName())
                .redirectError(folder.resolve("err").toFile())
                .start();
        try {
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, SECONDS)).isTrue();
            assertThat(Files.readString(folder.resolve("err"))).isEmpty();
            assertThat(process.exitValue()).isZero();
            return out.replace(System.lineSeparator(), "\n");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void modelList() throws Exception {
        assertThat(run(ModelList.class).lines())
                .containsExactlyInAnyOrder("asked for the models", "model: aikit-guide", "model: all-minilm-l6-v2");
    }

    @Test
    void chatCompletions() throws Exception {
        assertThat(run(ChatCompletions.class))
                .contains("asked\n")
                .contains("assistant: ")
                .contains("worker");
    }

    @Test
    void streaming() throws Exception {
        List<String> parts = List.of(run(Streaming.class).split("\ncharacters in all: "));

        assertThat(parts.get(0)).contains("onData");
        assertThat(parts.get(1).strip()).isEqualTo(String.valueOf(parts.get(0).length()));
    }

    @Test
    void conversation() throws Exception {
        assertThat(run(Conversation.class)).contains("cancel()").endsWith("messages remembered: 4\n");
    }

    @Test
    void workerExample() throws Exception {
        assertThat(run(WorkerExample.class))
                .isEqualTo("asked on aikit-worker archive\n2 models on aikit-worker archive\n");
    }

    @Test
    void formExample() throws Exception {
        assertThat(run(FormExample.class))
                .isEqualTo("on Swing's thread: true, models: [aikit-guide, all-minilm-l6-v2]\n");
    }

    @Test
    void fireAndForget() throws Exception {
        assertThat(run(FireAndForget.class).lines())
                .containsExactlyInAnyOrder(
                        "main returns", "called back after main returned: [aikit-guide, all-minilm-l6-v2]");
    }

    @Test
    void waiting() throws Exception {
        assertThat(run(Waiting.class))
                .isEqualTo("waited: 2\nwaited later: 2\nis there already: true\nfrom a future: 2\n");
    }

    @Test
    void fallbacks() throws Exception {
        assertThat(run(Fallbacks.class))
                .startsWith("gone:some-model CONNECT\nlocal:aikit-guide ok\n")
                .contains("worker");
    }

    @Test
    void anyCall() throws Exception {
        assertThat(run(AnyCall.class))
                .startsWith("chat.completion of aikit-guide\n")
                .contains("worker")
                .endsWith("\nsuccess: true\n");
    }

    @Test
    void embeddings() throws Exception {
        List<Double> cosines = run(Embeddings.class)
                .lines()
                .map(line ->
                        Double.valueOf(line.substring(line.indexOf(": ") + 2).replace(',', '.')))
                .toList();

        assertThat(cosines.get(0)).isGreaterThan(0.5);
        assertThat(cosines.get(1)).isLessThan(0.3);
    }

    @Test
    void filesExample() throws Exception {
        assertThat(run(FilesExample.class))
                .isEqualTo("uploaded: 2400000 bytes, all of them: true\nlisted: notes.txt\nsaved as it was: true\n"
                        + "deleted: true\n");
    }

    @Test
    void durableInvoices() throws Exception {
        assertThat(run(DurableInvoices.class))
                .isEqualTo("three calls are kept, and their worker is gone\n"
                        + "invoice-1 was read, exactly once\n"
                        + "invoice-2 was read, exactly once\n"
                        + "invoice-3 was read, exactly once\n");
    }

    @Test
    void firstCalls() throws Exception {
        String out = run(FirstCalls.class);
        String streamed = out.substring(out.indexOf("piece by piece\n") + 15, out.indexOf("\n\n   the end: stop"));
        String whole = out.substring(out.indexOf("):\n\n") + 4, out.indexOf("\n\n== 3."));

        assertThat(out).contains("   aikit-guide\n");
        assertThat(whole).contains("keeps the program alive");
        assertThat(streamed).isEqualTo(whole);
    }
}
