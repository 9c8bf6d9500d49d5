package dev.aikit.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.testing.KeyedServerTest;
import dev.aikit.testing.Way;
import dev.aikit.testkit.ReceivedRequest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes to the server for each function, and what is made of its answer. */
class FilesTest extends KeyedServerTest {
    static final String FILE =
            "{\"id\":\"file-1\",\"object\":\"file\",\"bytes\":12,\"created_at\":7,\"expires_at\":9,\"filename\":\"a.txt\","
                    + "\"purpose\":\"user_data\",\"status\":\"processed\",\"status_details\":\"none\"}";

    @TempDir
    Path folder;

    FilesTest() {
        super(c -> c.maxRetries(0));
    }

    @ParameterizedTest
    @EnumSource
    void aFileIsUploadedByteByByte(Manner manner) throws Exception {
        byte[] bytes = new byte[300_000];
        new Random(1).nextBytes(bytes);
        Path file = Files.write(folder.resolve("data.bin"), bytes);
        server.then(to -> to.answer(200, FILE));

        OpenAIFileResult result = manner.upload(client, FileSource.of(file));

        assertThat(result.errors()).isEmpty();
        assertThat(result.file().id()).isEqualTo("file-1");
        ReceivedRequest request = server.takeRequest();
        assertThat(request.method() + " " + request.target()).isEqualTo("POST /v1/files");
        assertThat(request.header("content-length")).isEqualTo(String.valueOf(request.body().length));
        assertThat(request.header("authorization")).isEqualTo("Bearer sk-test");
        FormData form = FormData.of(request);
        assertThat(form.fields()).isEqualTo(Map.of("purpose", "user_data"));
        assertThat(form.fileField()).isEqualTo("file");
        assertThat(form.fileName()).isEqualTo("data.bin");
        assertThat(form.mediaType()).isEqualTo("application/octet-stream");
        assertThat(form.file()).isEqualTo(bytes);
    }

    @Test
    void everyKindOfSourceSendsWhatItHas() throws Exception {
        byte[] bytes = "a small file".getBytes(StandardCharsets.UTF_8);
        FileSource[] sources = {
            FileSource.of("a.txt", bytes),
            FileSource.of("a.txt", () -> new ByteArrayInputStream(bytes)),
            FileSource.of("a.txt", bytes.length, () -> new ByteArrayInputStream(bytes)),
            FileSource.once("a.txt", new ByteArrayInputStream(bytes)),
            FileSource.once("a.txt", bytes.length, new ByteArrayInputStream(bytes)),
            FileSource.of(Files.write(folder.resolve("b.txt"), bytes)).named("a.txt"),
        };
        server.otherwise(to -> to.answer(200, FILE));
        for (FileSource source : sources) {
            assertThat(client.files()
                            .create(source.mediaType("text/plain"), "batch")
                            .errors())
                    .isEmpty();
            FormData form = FormData.of(server.takeRequest());
            assertThat(form.fileName()).isEqualTo("a.txt");
            assertThat(form.mediaType()).isEqualTo("text/plain");
            assertThat(form.file()).isEqualTo(bytes);
        }
        assertThat(server.connections()).as("the connection is kept").isEqualTo(1);
    }

    @Test
    void anEmptyFileIsSentAsOne() throws Exception {
        server.otherwise(to -> to.answer(200, FILE));
        client.files()
                .create(Files.createFile(folder.resolve("empty")), "batch")
                .orThrow();
        assertThat(FormData.of(server.takeRequest()).file()).isEmpty();
        client.files()
                .create(FileSource.of("empty", () -> ZerosStream.of(0)), "batch")
                .orThrow();
        assertThat(FormData.of(server.takeRequest()).file()).isEmpty();
    }

    @Test
    void expiryAndOtherFieldsGoAlong() throws Exception {
        server.then(to -> to.answer(200, FILE));
        client.files()
                .create(
                        FileSource.of("a.txt", new byte[1]),
                        "user_data",
                        p -> p.expiresAfter(Duration.ofHours(2))
                                .field("tags", new String[] {"a", "b"})
                                .user("ann"));
        assertThat(FormData.of(server.takeRequest()).fields())
                .containsEntry("purpose", "user_data")
                .containsEntry("expires_after[anchor]", "created_at")
                .containsEntry("expires_after[seconds]", "7200")
                .containsEntry("user", "ann")
                .containsKey("tags[]");
    }

    @Test
    void everythingTheServerSaysOfAFileIsThere() {
        server.then(to -> to.answer(200, FILE));
        OpenAIFile file = client.files().retrieve("file-1").file();
        assertThat(file.id()).isEqualTo("file-1");
        assertThat(file.object()).isEqualTo("file");
        assertThat(file.bytes()).isEqualTo(12);
        assertThat(file.createdAt()).isEqualTo(7);
        assertThat(file.expiresAt()).isEqualTo(9);
        assertThat(file.filename()).isEqualTo("a.txt");
        assertThat(file.purpose()).isEqualTo("user_data");
        assertThat(file.status()).isEqualTo("processed");
        assertThat(file.statusDetails()).isEqualTo("none");
        assertThat(server.takeRequest().target()).isEqualTo("/v1/files/file-1");
    }

    @Test
    void aFileIsDeleted() throws Exception {
        server.otherwise(to -> to.answer(200, "{\"id\":\"file-1\",\"object\":\"file\",\"deleted\":true}"));
        OpenAIFileDeleted deleted = client.files().delete("file-1").deleted();
        assertThat(deleted.id()).isEqualTo("file-1");
        assertThat(deleted.object()).isEqualTo("file");
        assertThat(deleted.deleted()).isTrue();
        ReceivedRequest request = server.takeRequest();
        assertThat(request.method() + " " + request.target()).isEqualTo("DELETE /v1/files/file-1");
        assertThat(Way.ended(client.files().delete("file-1", p -> p.async()))
                        .deleted()
                        .deleted())
                .isTrue();
    }

    @Test
    void aListIsFiltered() {
        server.then(to -> to.answer(200, "{\"data\":[" + FILE + "],\"has_more\":false}"));
        OpenAIFileListResult list =
                client.files().list(p -> p.after("file-0").limit(2).order("asc").purpose("user data"));
        assertThat(list.files()).extracting(OpenAIFile::id).containsExactly("file-1");
        assertThat(server.takeRequest().target())
                .isEqualTo("/v1/files?after=file-0&limit=2&order=asc&purpose=user%20data");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no JSON at all", "{\"error\":{\"message\":\"part of the file\"}}", "[1,2", ""})
    void contentIsTakenAsItIsWhateverItIs(String content) throws Exception {
        server.otherwise(to -> to.answer(200, content, "content-type: application/json"));
        OpenAIFileContentResult result = client.files().content("file-1");
        assertThat(result.errors()).isEmpty();
        assertThat(result.text()).isEqualTo(content);
        assertThat(result.bytes()).isEqualTo(content.getBytes(StandardCharsets.UTF_8));
        assertThat(result.path()).isNull();
        ReceivedRequest request = server.takeRequest();
        assertThat(request.target()).isEqualTo("/v1/files/file-1/content");
        assertThat(request.header("accept")).isEqualTo("*/*");
        assertThat(Way.ended(client.files().content("file-1", p -> p.async())).text())
                .isEqualTo(content);
    }

    @Test
    void contentInMemoryHasALimit() {
        try (OpenAI small = Way.client(server, c -> c.maxRetries(0).limits(l -> l.maxBodyBytes(1000)))) {
            server.then(to -> to.answer(200, "x".repeat(1001)));
            OpenAIFileContentResult result = small.files().content("file-1");
            assertThat(result.errors().get(0).kind()).isEqualTo(Kind.TOO_LARGE);
            assertThat(result.bytes()).isEmpty();
            assertThat(result.text()).isEmpty();
        }
    }

    @Test
    void whatTheServerRefusesIsAFailureWithItsWords() throws Exception {
        server.otherwise(to -> to.answer(404, "{\"error\":{\"message\":\"No such File object: file-1\"}}"));
        Path target = folder.resolve("x");
        assertThat(client.files().retrieve("file-1").errors().get(0).message()).contains("No such File");
        assertThat(client.files().content("file-1").errors().get(0).message()).contains("No such File");
        assertThat(client.files().content("file-1", target).errors().get(0).message())
                .contains("No such File");
        assertThat(target).doesNotExist();
        OpenAIFileResult refused = client.files().create(FileSource.of("a", new byte[1]), "batch");
        assertThat(refused.errors().get(0).message()).contains("No such File");
        assertThat(refused.file().id()).isEmpty();
    }

    @Test
    void mistakesAreToldWhereTheyAreMade() {
        OpenAIFilesAPI files = client.files();
        assertThatThrownBy(() -> files.retrieve(" ")).hasMessageContaining("fileId");
        assertThatThrownBy(() -> files.delete("")).hasMessageContaining("fileId");
        assertThatThrownBy(() -> files.content("..")).hasMessageContaining("fileId");
        assertThatThrownBy(() -> files.create((Path) null, "batch")).hasMessageContaining("file");
        assertThatThrownBy(() -> files.create(Path.of("/"), "batch")).hasMessageContaining("file:");
        assertThatThrownBy(() -> files.create(Path.of("a"), " ")).hasMessageContaining("purpose");
        assertThatThrownBy(() -> files.content("file-1", Path.of("/"))).hasMessageContaining("target");
        assertThatThrownBy(() -> FileSource.of("", new byte[0])).hasMessageContaining("fileName");
        assertThatThrownBy(() -> FileSource.of("a", -1, () -> null)).hasMessageContaining("length");
        assertThatThrownBy(() -> FileSource.of("a", new byte[0]).mediaType("text/plain\r\nx: y"))
                .hasMessageContaining("mediaType");
        assertThatThrownBy(() -> files.list(p -> p.limit(0))).hasMessageContaining("limit");
        assertThatThrownBy(() -> files.create(Path.of("a"), "batch", p -> p.expiresAfter(Duration.ZERO)))
                .hasMessageContaining("seconds");
    }
}
