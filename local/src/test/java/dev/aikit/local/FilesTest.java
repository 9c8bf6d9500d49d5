package dev.aikit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are kept in a real folder. */
class FilesTest extends FilesServer {
    @Test
    void keepsAFileAndTellsOfIt() {
        Json file = upload("notes.txt", bytes("Hello, file"));

        assertThat(file.get("id").asText()).startsWith("file-");
        assertThat(file.get("object").asText()).isEqualTo("file");
        assertThat(file.get("bytes").asLong(0)).isEqualTo(11);
        assertThat(file.get("created_at").asLong(0)).isEqualTo(1_700_000_000);
        assertThat(file.get("filename").asText()).isEqualTo("notes.txt");
        assertThat(file.get("purpose").asText()).isEqualTo("user_data");
        assertThat(file.fields()).doesNotContainKey("expires_at");
        assertThat(client.get("/files/" + file.get("id").asText()).json()).isEqualTo(file);
    }

    /** Around the sizes at which something is moved to disk, or held back. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4095, 4096, 4097, 65_536, LARGEST})
    void givesBackWhatItWasGiven(int length) {
        byte[] content = random(length, length);
        String id = upload("data.bin", content).get("id").asText();

        byte[] back = client.bytes("/files/" + id + "/content");

        assertThat(back).isEqualTo(content);
        assertThat(client.get("/files/" + id).json().get("bytes").asLong(-1)).isEqualTo(length);
    }

    /** Content that looks like the form around it. */
    @Test
    void isNotMisledByContentThatLooksLikeABoundary() {
        byte[] content = bytes(("\r\n--" + UploadBody.BOUNDARY.substring(0, 10) + "\r\n--\r\n\r--").repeat(2000));
        String id = upload("tricky", content).get("id").asText();

        assertThat(client.bytes("/files/" + id + "/content")).isEqualTo(content);
    }

    @Test
    void listsByPurposeInPagesInEitherOrder() {
        List<String> all = IntStream.range(0, 5)
                .mapToObj(i -> {
                    TestClient.Answer answer = client.upload(
                            "/files",
                            new UploadBody()
                                    .field("purpose", i == 2 ? "batch" : "vision")
                                    .file("f" + i, bytes("x")));
                    return answer.json().get("id").asText();
                })
                .toList();

        assertThat(ids(client.get("/files?order=asc"))).isEqualTo(all);
        assertThat(ids(client.get("/files")))
                .containsExactly(all.get(4), all.get(3), all.get(2), all.get(1), all.get(0));
        assertThat(ids(client.get("/files?purpose=batch"))).containsExactly(all.get(2));
        Json first = client.get("/files?order=asc&limit=2&purpose=vision").json();
        assertThat(first.get("first_id").asText()).isEqualTo(all.get(0));
        assertThat(first.get("last_id").asText()).isEqualTo(all.get(1));
        assertThat(first.get("has_more").asBoolean(false)).isTrue();
        Json second = client.get("/files?order=asc&limit=2&purpose=vision&after=" + all.get(1))
                .json();
        assertThat(second.get("first_id").asText()).isEqualTo(all.get(3));
        assertThat(second.get("has_more").asBoolean(true)).isFalse();
    }

    @Test
    void listsNothingWhereThereIsNothing() {
        Json list = client.get("/files").json();

        assertThat(list.get("data").items()).isEmpty();
        assertThat(list.get("has_more").asBoolean(true)).isFalse();
        assertThat(list.get("first_id").isPresent()).isFalse();
    }

    @Test
    void deletes() throws Exception {
        String id = upload("a", bytes("a")).get("id").asText();

        Json deleted = client.send("DELETE", "/files/" + id, "").json();

        assertThat(deleted.get("id").asText()).isEqualTo(id);
        assertThat(deleted.get("deleted").asBoolean(false)).isTrue();
        for (String path : List.of("/files/" + id, "/files/" + id + "/content")) {
            TestClient.Answer gone = client.get(path);
            assertThat(gone.status()).isEqualTo(404);
            assertThat(gone.json().get("error").get("message").asText()).contains(id);
        }
        assertThat(client.send("DELETE", "/files/" + id, "").status()).isEqualTo(404);
        assertThat(onDisk(".data")).isEmpty();
        assertThat(onDisk(".json")).isEmpty();
    }

    @Test
    void keepsFilesForTheNextServer() {
        Json first = upload("first", random(5000, 1));
        Json second = upload(
                "second 😀", random(100, 2), "expires_after[anchor]", "created_at", "expires_after[seconds]", "7200");

        restart();

        assertThat(client.get("/files?order=asc").json().get("data").items()).containsExactly(first, second);
        String third = upload("third", bytes("3")).get("id").asText();
        assertThat(ids(client.get("/files")))
                .containsExactly(
                        third, second.get("id").asText(), first.get("id").asText());
        assertThat(client.bytes("/files/" + first.get("id").asText() + "/content"))
                .isEqualTo(random(5000, 1));
    }

    @Test
    void leavesOutWhatIsDamagedInItsFolder() throws Exception {
        String whole = upload("whole", bytes("whole")).get("id").asText();
        String cut = upload("cut", bytes("cut")).get("id").asText();
        Files.write(folder.resolve(cut + ".data"), bytes("c"));
        Files.write(folder.resolve("file-nonsense.json"), bytes("{nonsense"));
        Files.write(folder.resolve("file-orphan.data"), bytes("x"));
        Files.write(folder.resolve("uploads/left"), bytes("over"));

        restart();

        assertThat(ids(client.get("/files"))).containsExactly(whole);
        assertThat(folder.resolve("file-orphan.data")).doesNotExist();
        assertThat(folder.resolve("uploads/left")).doesNotExist();
    }

    @Test
    void letsAFileExpire() throws Exception {
        Json file = upload("a", bytes("a"), "expires_after[anchor]", "created_at", "expires_after[seconds]", "3600");
        String id = file.get("id").asText();
        assertThat(file.get("expires_at").asLong(0)).isEqualTo(1_700_003_600);

        now.set(Instant.ofEpochSecond(1_700_003_599));
        assertThat(client.get("/files/" + id).status()).isEqualTo(200);
        now.set(Instant.ofEpochSecond(1_700_003_600));
        assertThat(client.get("/files/" + id).status()).isEqualTo(404);
        assertThat(ids(client.get("/files"))).isEmpty();
        assertThat(onDisk(".data")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../escape.txt",
                "/etc/passwd",
                "C:\\temp\\x",
                "uploads/x",
                "ü 😀.txt",
                "a, b; c=d: e.txt",
                "lock"
            })
    void takesTheNameOfAFileForNoPath(String name) throws Exception {
        Json file = upload(name, bytes("x"));

        assertThat(file.get("filename").asText()).isEqualTo(name);
        String id = file.get("id").asText();
        assertThat(onDisk("")).containsExactlyInAnyOrder("", "uploads", "lock", id + ".data", id + ".json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../lock", "..%2Flock", "%2e%2e", "lock", "."})
    void takesAnIdForNoPath(String id) {
        assertThat(client.get("/files/" + id + "/content").status()).isEqualTo(404);
    }

    @Test
    void takesUploadsAtTheSameTime() {
        List<String> ids = IntStream.range(0, 40)
                .parallel()
                .mapToObj(i ->
                        upload("same name", random(50_000 + i, i)).get("id").asText())
                .toList();

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(ids(client.get("/files"))).containsExactlyInAnyOrderElementsOf(ids);
        for (int i = 0; i < ids.size(); i++) {
            assertThat(client.bytes("/files/" + ids.get(i) + "/content")).isEqualTo(random(50_000 + i, i));
        }
    }

    @Test
    void answersHeadLikeGetButWithoutABody() throws Exception {
        String id = upload("a", random(1000, 1)).get("id").asText();
        for (String path : List.of("/v1/models", "/v1/files/" + id + "/content")) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                String request = "HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
                socket.getOutputStream().write(bytes(request));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer)
                        .startsWith("HTTP/1.1 200 OK")
                        .contains("content-length: ")
                        .endsWith("\r\n\r\n");
            }
        }
    }

    @Test
    void refusesAFolderThatAnotherServerUsesOrThatIsNone() throws Exception {
        Path file = Files.writeString(folder.resolve("text"), "text");

        assertThatThrownBy(
                        () -> LocalServer.builder().preload(false).files(folder).start())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("another server uses it");
        assertThatThrownBy(() -> LocalServer.builder().files(file)).hasMessageContaining("files must be a folder");
        assertThatThrownBy(() -> LocalServer.builder().largestFile(0)).hasMessageContaining("largestFile");
    }

    @Test
    void keepsFilesInATemporaryFolderUntilItIsClosedIfNoneWasNamed() throws Exception {
        LocalServer other = LocalServer.builder().preload(false).start();
        TestClient user = new TestClient(other.baseURL());
        TestClient.Answer answer =
                user.upload("/files", new UploadBody().field("purpose", "batch").file("f", bytes("x")));
        assertThat(answer.status()).isEqualTo(200);
        List<Path> during = temporary(answer.json().get("id").asText());

        other.close();

        assertThat(during).hasSize(1);
        assertThat(during.get(0)).doesNotExist();
    }

    /** Temporary folders with that file: other programs have some of their own, which come and go. */
    private static List<Path> temporary(String id) throws IOException {
        List<Path> found = new ArrayList<>();
        Path all = Path.of(System.getProperty("java.io.tmpdir"));
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(all, "aikit-files*")) {
            for (Path folder : folders) if (Files.exists(folder.resolve(id + ".data"))) found.add(folder);
        }
        return found;
    }

    @Test
    void refusesPagesThatCannotBe() {
        for (String query : Arrays.asList("limit=0", "limit=x", "order=up", "after=file-none")) {
            assertThat(client.get("/files?" + query).status()).as(query).isEqualTo(400);
        }
    }
}
