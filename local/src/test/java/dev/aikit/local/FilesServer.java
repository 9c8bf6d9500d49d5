package dev.aikit.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server with a real folder for files, over real sockets, and a clock that stands. */
abstract class FilesServer {
    static final int LARGEST = 300_000;

    @TempDir
    Path folder;

    final AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochSecond(1_700_000_000));
    LocalServer server;
    TestClient client;

    @BeforeEach
    void start() {
        server = LocalServer.builder()
                .preload(false)
                .files(folder)
                .largestFile(LARGEST)
                .clock(now::get)
                .start();
        client = new TestClient(server.baseURL());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    void restart() {
        stop();
        start();
    }

    Json upload(String filename, byte[] content, String... fields) {
        UploadBody body = new UploadBody().field("purpose", "user_data");
        for (int i = 0; i < fields.length; i += 2) body.field(fields[i], fields[i + 1]);
        TestClient.Answer answer = client.upload("/files", body.file(filename, content));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    static byte[] random(int length, int seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static List<String> ids(TestClient.Answer list) {
        return list.json().get("data").map(file -> file.get("id").asText());
    }

    List<String> onDisk(String glob) throws Exception {
        List<String> found = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return visitFile(directory, attributes);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(glob))
                    found.add(folder.relativize(file).toString());
                return FileVisitResult.CONTINUE;
            }

            /** The server takes a file away while this looks. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }
}
