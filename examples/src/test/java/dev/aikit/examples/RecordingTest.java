package dev.aikit.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.local.LocalServer;
import dev.aikit.testkit.Recorder;
import dev.aikit.testkit.Replay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls of a real server are recorded, and replayed when the server is gone. */
class RecordingTest {
    private static final String KEY = "sk-of-nobody-1234567890";

    @TempDir
    Path folder;

    /** What a program gets from a server: a list, an answer, a stream, a failure, an upload. */
    private static List<String> calls(String baseURL, String key) {
        List<String> seen = new ArrayList<>();
        try (OpenAI client = OpenAI.create(c ->
                c.baseURL(baseURL).apiKey(key).organization("org-of-nobody").project("proj-of-nobody"))) {
            List<OpenAIMessage> question = List.of(OpenAIMessage.user("How do I cancel a call? My key is " + KEY));
            seen.add(client.models().list().models().toString());
            seen.add(client.chat()
                    .completions()
                    .create(question, p -> p.model("aikit-guide"))
                    .choice()
                    .text());
            seen.add(client.chat()
                    .completions()
                    .create(question, p -> p.model("aikit-guide").stream(true))
                    .choice()
                    .text());
            seen.add(client.chat()
                    .completions()
                    .create(question, p -> p.model("no-such-model"))
                    .errors()
                    .toString());
        }
        return seen;
    }

    @Test
    void whatWasRecordedIsReplayedAndHoldsNoKey() throws IOException {
        List<String> recorded;
        try (LocalServer server = LocalServer.start();
                Recorder recorder = Recorder.start(server.baseURL(), folder)) {
            recorded = calls(recorder.baseURL(), KEY);
        }
        assertThat(recorded).hasSize(4).doesNotContain("");

        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.sorted().toList();
            assertThat(all).hasSize(4);
            for (Path file : all)
                assertThat(Files.readString(file))
                        .doesNotContain("of-nobody")
                        .contains("\"authorization\" : [ \"***\" ]");
            assertThat(Files.readString(all.get(2))).contains("\"text\" : \"data: ");
        }

        try (Replay replay = Replay.start(folder)) {
            List<String> replayed = calls(replay.baseURL(), KEY);
            assertThat(replay.left()).isEmpty();
            for (int i = 0; i < recorded.size(); i++)
                assertThat(replayed.get(i)).isEqualTo(recorded.get(i).replace(KEY, "*".repeat(KEY.length())));
        }
    }
}
