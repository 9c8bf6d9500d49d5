package dev.aikit.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.OpenAIException;
import dev.aikit.json.Json;
import dev.aikit.testing.KeyedServerTest;
import dev.aikit.testing.Pictures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures as files. */
class ImageFilesTest extends KeyedServerTest {
    private static final byte[] PNG = Pictures.png();
    private static final byte[] JPEG = Pictures.encoded("jpg", 2);

    @TempDir
    Path folder;

    ImageFilesTest() {
        super(c -> c.maxRetries(0));
    }

    private OpenAIImage image() {
        return new OpenAIImage(
                client.images(), Json.of(Map.of("url", server.uri("/1").toString())));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void itIsSavedAsItCameOverAnOlderFile() throws IOException {
        server.then(Pictures.answer(PNG));
        Path file = folder.resolve("car.png");
        Files.writeString(file, "older and much longer".repeat(1000));
        Path linked = Files.createLink(folder.resolve("linked"), file);

        assertThat(image().saveToDisk(file)).isEqualTo(file);

        assertThat(file).hasBinaryContent(PNG);
        assertThat(linked)
                .as("the older file was not written over piece by piece")
                .hasContent("older and much longer".repeat(1000));
        assertThat(files()).containsExactly("car.png", "linked");
    }

    @Test
    void aDownloadThatFailsLeavesTheOlderFileAndNoHalf() throws IOException {
        server.then(to -> to.head(200, "content-length: " + PNG.length)
                .raw(java.util.Arrays.copyOf(PNG, 100))
                .close());
        Path file = folder.resolve("car.png");
        Files.writeString(file, "older");

        assertThatThrownBy(() -> image().saveToDisk(file)).isInstanceOf(OpenAIException.class);

        assertThat(file).hasContent("older");
        assertThat(files()).containsExactly("car.png");
    }

    @Test
    void whatCannotBeWrittenLeavesNothingAndSaysWhere() throws IOException {
        server.otherwise(Pictures.answer(PNG));
        Path nowhere = folder.resolve("missing").resolve("car.png");

        assertThatThrownBy(() -> image().saveToDisk(nowhere))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(nowhere + " cannot be written: no such file or directory: " + nowhere.getParent());
        assertThatThrownBy(() -> image().saveToDisk(folder)).hasMessageContaining("is a folder");
        assertThatThrownBy(() -> image().saveToDisk(null)).hasMessageContaining("file");
        assertThat(files()).isEmpty();
    }

    private OpenAIImagesResult generated(Object... images) {
        server.then(to ->
                to.answer(200, Json.of(Map.of("data", List.of(images))).toString()));
        return client.images().generate("A car");
    }

    private static Map<String, String> base64(byte[] content) {
        return Map.of("b64_json", Base64.getEncoder().encodeToString(content));
    }

    @Test
    void allAreSavedUnderThePrefixWithTheirPlaceAndKind() throws IOException {
        OpenAIImagesResult result = generated(
                base64(PNG), Map.of("url", server.uri("/2").toString()), base64(Pictures.webp()), base64(new byte[] {7
                }));
        server.then(Pictures.answer(JPEG, "content-type: image/png"));

        List<Path> saved = result.saveImagesToDisk(folder.resolve("new").resolve("folder"), "car");

        assertThat(saved)
                .extracting(file -> file.getFileName().toString())
                .containsExactly("car0.png", "car1.jpg", "car2.webp", "car3");
        assertThat(saved.get(0)).hasBinaryContent(PNG);
        assertThat(saved.get(1)).hasBinaryContent(JPEG);
        assertThat(generated(base64(PNG)).saveImagesToDisk(folder)).containsExactly(folder.resolve("image0.png"));
    }

    @Test
    void onePictureThatFailsDoesNotCostTheOthers() throws IOException {
        OpenAIImagesResult result =
                generated(base64(PNG), Map.of("b64_json", "!"), base64(JPEG), Map.of("url", "file:/etc/hosts"));

        assertThatThrownBy(() -> result.saveImagesToDisk(folder, ""))
                .isInstanceOf(OpenAIException.class)
                .hasMessageContaining("b64_json")
                .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasSize(1));

        assertThat(files()).containsExactly("0.png", "2.jpg");
    }

    @Test
    void noPrefixLeadsOutOfTheFolder() {
        OpenAIImagesResult result = generated(base64(PNG));
        for (String prefix : List.of("../x", "a/b", "a\\b", "/x"))
            assertThatThrownBy(() -> result.saveImagesToDisk(folder, prefix)).hasMessageContaining("prefix:");
        assertThatThrownBy(() -> result.saveImagesToDisk(folder, null)).hasMessageContaining("prefix:");
        assertThatThrownBy(() -> result.saveImagesToDisk(null)).hasMessageContaining("folder");
    }

    @Test
    void aCallThatFailedSavesNothing() throws IOException {
        server.then(to -> to.answer(400, "{}"));
        OpenAIImagesResult result = client.images().generate("A car");

        assertThatThrownBy(() -> result.saveImagesToDisk(folder)).isInstanceOf(OpenAIException.class);
        assertThat(files()).isEmpty();
    }
}
