package dev.aikit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.cli.Run.Outcome;
import dev.aikit.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code aikit image}, with a fake server. */
class ImageCommandTest {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 1, 2, 3};
    private static final String TWO = "{\"data\":[{\"b64_json\":\"%1$s\"},{\"b64_json\":\"%1$s\"}]}"
            .formatted(Base64.getEncoder().encodeToString(PNG));

    @TempDir
    private Path folder;

    @Test
    void picturesAreSavedAndTheirNamesPrinted() throws Exception {
        try (FakeServer server = FakeServer.answering(200, "application/json", TWO)) {
            Outcome outcome = new Run()
                    .aikit(
                            "image",
                            "--base-url",
                            server.baseURL(),
                            "-m",
                            "painter",
                            "--size",
                            "64x64",
                            "-n",
                            "2",
                            "--folder",
                            folder.toString(),
                            "A",
                            "red",
                            "car");

            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out().lines())
                    .containsExactly(
                            folder.resolve("image0.png").toString(),
                            folder.resolve("image1.png").toString());
            assertThat(Files.readAllBytes(folder.resolve("image1.png"))).isEqualTo(PNG);
            Json body = Json.parse(server.requests.take().body());
            assertThat(body.get("prompt").asText()).isEqualTo("A red car");
            assertThat(body.get("model").asText()).isEqualTo("painter");
            assertThat(body.get("size").asText()).isEqualTo("64x64");
            assertThat(body.get("n").asInt(0)).isEqualTo(2);
        }
    }

    @Test
    void aFileThatIsThereStopsTheCommandBeforeAnythingIsAsked() throws Exception {
        Files.writeString(folder.resolve("image0.jpg"), "dear");
        try (FakeServer server = FakeServer.answering(200, "application/json", TWO)) {
            Outcome outcome =
                    new Run().aikit("image", "--base-url", server.baseURL(), "--folder", folder.toString(), "A car");

            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.err()).contains("image0.jpg is there already", "--force");
            assertThat(server.requests).isEmpty();
        }
    }

    @Test
    void aFolderThatCannotBeMadeStopsTheCommandBeforeAnythingIsAsked() throws Exception {
        Path file = Files.writeString(folder.resolve("a-file"), "dear");
        try (FakeServer server = FakeServer.answering(200, "application/json", TWO)) {
            for (Path wrong : new Path[] {file, file.resolve("below")}) {
                Outcome outcome =
                        new Run().aikit("image", "--base-url", server.baseURL(), "--folder", wrong.toString(), "A car");

                assertThat(outcome.exitCode()).isEqualTo(2);
                assertThat(outcome.err()).contains(file.toString()).doesNotContain("java.", "Exception");
            }
            assertThat(server.requests).isEmpty();
        }
    }

    @Test
    void aPictureThatCannotBeFetchedIsAFailure() throws Exception {
        String gone = "{\"data\":[{\"url\":\"http://127.0.0.1:9/gone.png\"}]}";
        try (FakeServer server = FakeServer.answering(200, "application/json", gone)) {
            Outcome outcome =
                    new Run().aikit("image", "--base-url", server.baseURL(), "--folder", folder.toString(), "A car");

            assertThat(outcome.exitCode()).isEqualTo(3);
            assertThat(outcome.out()).isEmpty();
            assertThat(outcome.err()).contains("127.0.0.1:9");
        }
    }

    @Test
    void localModelsMakeNone() {
        Outcome outcome = new Run().aikit("image", "--folder", folder.toString(), "A car");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("[501]");
    }
}
