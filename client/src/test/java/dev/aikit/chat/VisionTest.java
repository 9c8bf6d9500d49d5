package dev.aikit.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.json.Json;
import dev.aikit.testing.KeyedServerTest;
import dev.aikit.testing.Pictures;
import dev.aikit.testing.Way;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions about pictures. */
class VisionTest extends KeyedServerTest {
    private static final String ADDRESS = "https://example.org/car.png";

    @TempDir
    Path folder;

    VisionTest() {
        super(c -> c.maxRetries(0));
    }

    private OpenAIVision vision() {
        return client.chat().vision();
    }

    private OpenAIChatCompletionsResult ask(Way way, OpenAIVisionHelper helper) throws InterruptedException {
        server.then(way.answer("A ", "car."));
        return switch (way) {
            case WAITING -> helper.prompt("What is it?");
            case ASYNCHRONOUS -> Way.ended(helper.prompt("What is it?", p -> p.async()));
            case STREAMING_WAITING -> helper.prompt("What is it?", p -> p.stream(true));
            case STREAMING -> {
                List<String> pieces = new CopyOnWriteArrayList<>();
                var parameters = OpenAIChatCompletionsParameters.create()
                        .onData(piece -> pieces.add(piece.choice().delta().text()));
                OpenAIChatCompletionsResult result = Way.ended(helper.prompt("What is it?", parameters));
                assertThat(String.join("", pieces)).isEqualTo("A car.");
                yield result;
            }
        };
    }

    /** The address of the picture that was sent. */
    private String sent() {
        Json messages = Json.parse(server.takeRequest().text()).get("messages");
        assertThat(messages.size()).isEqualTo(1);
        assertThat(messages.get(0).get("role").asText()).isEqualTo("user");
        Json parts = messages.get(0).get("content");
        assertThat(parts.get(0)).isEqualTo(Json.parse("{\"type\":\"text\",\"text\":\"What is it?\"}"));
        assertThat(parts.get(1).get("type").asText()).isEqualTo("image_url");
        assertThat(parts.size()).isEqualTo(2);
        return parts.get(1).get("image_url").get("url").asText();
    }

    private static byte[] content(String url, String mediaType) {
        String head = "data:" + mediaType + ";base64,";
        assertThat(url).startsWith(head);
        return Base64.getDecoder().decode(url.substring(head.length()));
    }

    @ParameterizedTest
    @EnumSource
    void aPictureIsAskedAboutInAllWays(Way way) throws Exception {
        assertThat(ask(way, vision().create(ADDRESS)).choice().text()).isEqualTo("A car.");

        assertThat(sent()).isEqualTo(ADDRESS);
    }

    @Test
    void eachQuestionStandsForItself() throws Exception {
        OpenAIVisionHelper helper = vision().create(ADDRESS);
        for (int i = 0; i < 2; i++) {
            ask(Way.WAITING, helper);
            assertThat(sent()).isEqualTo(ADDRESS);
        }
    }

    @Test
    void parametersAreThoseOfChat() {
        server.then(Way.WAITING.answer("A car."));
        vision().create(ADDRESS).prompt("What is it?", p -> p.model("m").maxCompletionTokens(7));

        Json body = Json.parse(server.takeRequest().text());
        assertThat(body.get("model").asText()).isEqualTo("m");
        assertThat(body.get("max_completion_tokens").asInt(0)).isEqualTo(7);
    }

    static Stream<Arguments> pictures() {
        return Stream.of(
                Arguments.of("image/png", Pictures.png()),
                Arguments.of("image/jpeg", Pictures.encoded("jpg", 1)),
                Arguments.of("image/gif", Pictures.encoded("gif", 1)),
                Arguments.of("image/webp", Pictures.webp()));
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void aFileIsSentAsWhatItsFirstBytesSay(String mediaType, byte[] picture) throws Exception {
        Path file = folder.resolve("picture.txt");
        Files.write(file, picture);

        ask(Way.WAITING, vision().fromFile(file));

        assertThat(content(sent(), mediaType)).isEqualTo(picture);
    }

    @ParameterizedTest
    @EnumSource
    void aPictureOfJavaIsSentAsPng(Way way) throws Exception {
        ask(way, vision().fromPicture(Pictures.noise(3)));

        BufferedImage sent = ImageIO.read(new ByteArrayInputStream(content(sent(), "image/png")));
        assertThat(Pictures.pixels(sent)).isEqualTo(Pictures.pixels(Pictures.noise(3)));
    }

    @Test
    void bytesAreSentWithTheirType() throws Exception {
        byte[] unknown = {1, 2, 3};
        ask(Way.WAITING, vision().fromPicture(Pictures.png(), "image/png"));
        ask(Way.WAITING, vision().fromPicture(unknown, "image/avif"));

        assertThat(content(sent(), "image/png")).isEqualTo(Pictures.png());
        assertThat(content(sent(), "image/avif")).isEqualTo(unknown);
    }

    @Test
    void aMessageTakesSeveralPictures() throws Exception {
        Path file = folder.resolve("1.jpg");
        Files.write(file, Pictures.encoded("jpg", 1));

        OpenAIMessage message = OpenAIMessage.user("Which is nicer?")
                .addImageFile(file)
                .addPicture(Pictures.png(), "image/png")
                .addImageURL(ADDRESS);

        assertThat(message.text()).isEqualTo("Which is nicer?");
        assertThat(message.content()
                        .map(part -> part.get("image_url").get("url").asText().replaceFirst(";.*", "")))
                .containsExactly("", "data:image/jpeg", "data:image/png", ADDRESS);
        assertThat(message).hasToString("user: Which is nicer?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<svg xmlns='http://www.w3.org/2000/svg'/>", "RIFF1234WAVE", "GIF88a", "\u0089PNG"})
    void aFileOfAnotherKindIsRefusedWhereItWasNamed(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("a.png"), content);

        for (var mistake : List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
                () -> vision().fromFile(file), () -> OpenAIMessage.user("?").addImageFile(file)))
            assertThatThrownBy(mistake)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("imageFile: a PNG, JPEG, GIF or WebP picture expected")
                    .hasMessageContaining("a.png");
    }

    @Test
    void whatIsTooLargeIsRefusedWithTheLimit() throws IOException {
        Path file = folder.resolve("large.png");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.write(Pictures.png());
            large.setLength(OpenAIVision.MAX_PICTURE_BYTES + 1L);
            assertThatThrownBy(() -> vision().fromFile(file)).hasMessageContaining("20971520 bytes (20 MB)");
            large.setLength(OpenAIVision.MAX_PICTURE_BYTES);
            assertThat(vision().fromFile(file)).isNotNull();
        }
        byte[] bytes = Arrays.copyOf(Pictures.png(), OpenAIVision.MAX_PICTURE_BYTES + 1);
        assertThatThrownBy(() -> vision().fromPicture(bytes, "image/png")).hasMessageContaining("(20 MB)");
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertThatThrownBy(() -> vision().create(" ")).hasMessageContaining("imageURL:");
        assertThatThrownBy(() -> vision().create(ADDRESS).prompt("")).hasMessageContaining("text:");
        assertThatThrownBy(() -> vision().fromFile(null)).hasMessageContaining("imageFile");
        assertThatThrownBy(() -> vision().fromFile(folder.resolve("none")))
                .hasMessageContaining("imageFile: there is no");
        assertThatThrownBy(() -> vision().fromFile(folder)).hasMessageContaining("imageFile: there is no file");
        assertThatThrownBy(() -> vision().fromPicture(null)).hasMessageContaining("image");
        assertThatThrownBy(() -> vision().fromPicture(new byte[0], "image/png")).hasMessageContaining("image:");
        assertThatThrownBy(() -> vision().fromPicture(Pictures.png(), "png")).hasMessageContaining("mediaType:");
        assertThatThrownBy(() -> vision().fromPicture(Pictures.png(), "image/jpeg"))
                .hasMessageContaining("mediaType: the picture is image/png, not image/jpeg");
        assertThat(server.connections()).isZero();
    }
}
