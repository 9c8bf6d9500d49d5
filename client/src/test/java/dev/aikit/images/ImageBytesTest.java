package dev.aikit.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.OpenAIError.Kind;
import dev.aikit.OpenAIException;
import dev.aikit.json.Json;
import dev.aikit.testing.KeyedServerTest;
import dev.aikit.testing.Pictures;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures that the answer holds itself, and what becomes of their bytes. */
class ImageBytesTest extends KeyedServerTest {
    private static final byte[] PNG = Pictures.png();

    @AfterEach
    void nothingWasSent() {
        assertThat(server.connections()).as("nothing was sent").isZero();
    }

    private OpenAIImage image(String field, String value) {
        return new OpenAIImage(client.images(), Json.of(Map.of(field, value)));
    }

    private OpenAIImage image(byte[] content) {
        return image("b64_json", Base64.getEncoder().encodeToString(content));
    }

    @ParameterizedTest
    @EnumSource
    void base64IsReadInAllWaysWithoutAnythingSent(Fetch way) throws Exception {
        OpenAIBlobResult result = way.of(image(PNG));

        assertThat(result.errors()).isEmpty();
        assertThat(result.asBlob()).isEqualTo(PNG);
        assertThat(result.mediaType()).isEqualTo("image/png");
        assertThat(result.response()).isNull();
        assertThat(result.attempts()).isEmpty();
        assertThat(result.terminated()).isTrue();
    }

    @Test
    void theFormsThatServersGiveToBase64AreRead() {
        String encoded = Base64.getEncoder().encodeToString(PNG);

        assertThat(image("b64_json", Base64.getMimeEncoder().encodeToString(PNG))
                        .asBlob())
                .isEqualTo(PNG);
        assertThat(image("b64_json", "data:image/png;base64," + encoded).asBlob())
                .isEqualTo(PNG);
        assertThat(image("url", "data:image/png;base64," + encoded).asBlob()).isEqualTo(PNG);
        assertThat(image("url", "DATA:;BASE64," + encoded).asBlob()).isEqualTo(PNG);
        OpenAIImage both = new OpenAIImage(
                client.images(), Json.of(Map.of("url", server.uri("/x").toString(), "b64_json", encoded)));
        assertThat(both.asBlob()).as("what is there is not fetched").isEqualTo(PNG);
    }

    @ParameterizedTest
    @EnumSource
    void garbageIsAFailureInAllWays(Fetch way) throws Exception {
        for (String garbage : new String[] {"no base64!", "A", "AA=A", "...", "data:image/png,AAEC"}) {
            OpenAIBlobResult result = way.of(image("b64_json", garbage));

            assertThat(result.errors().get(0).kind()).as(garbage).isEqualTo(Kind.MALFORMED);
            assertThat(result.errors().get(0).message()).startsWith("the picture's b64_json cannot be read");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/hosts",
                "ftp://example.org/x.png",
                "jar:file:/x!/y",
                "/relative.png",
                "http:///nohost",
                "https://ann:pw@example.org/x.png",
                "http://exa mple.org/",
                "data:image/png,plain",
                "data:image/png;base64,",
                "data:image/png;base64,?"
            })
    void otherAddressesAreRefusedBeforeAnythingIsOpened(String url) throws Exception {
        for (Fetch way : Fetch.values()) {
            OpenAIBlobResult result = way.of(image("url", url));

            assertThat(result.errors().get(0).kind()).isEqualTo(Kind.MALFORMED);
            assertThat(result.errors().get(0).message())
                    .startsWith("the picture's url")
                    .doesNotContain("pw");
        }
    }

    @Test
    void aPictureComesBackPointByPoint() {
        assertThat(Pictures.pixels(image(PNG).asPicture())).isEqualTo(Pictures.pixels(Pictures.noise(1)));
        assertThat(image(Pictures.encoded("gif", 1)).asPicture().getWidth()).isEqualTo(40);
        assertThat(image(Pictures.encoded("jpg", 1)).asPicture().getHeight()).isEqualTo(30);
    }

    @Test
    void whatCannotBeDecodedIsAFailureWithTheReason() {
        assertFails(image(new byte[] {1, 2, 3}), "no reader for its format");
        assertFails(image(Pictures.webp()), "no reader for image/webp");
        assertFails(image(Arrays.copyOf(PNG, 60)), "the picture cannot be read");
        assertFails(image(claiming(1_000_000, 1_000_000)), "1000000000000 pixels");
        assertThat(image(Pictures.webp()).asBlob()).as("the bytes can be had").isEqualTo(Pictures.webp());
    }

    private static void assertFails(OpenAIImage image, String message) {
        assertThatThrownBy(image::asPicture).isInstanceOfSatisfying(OpenAIException.class, thrown -> {
            assertThat(thrown).hasMessageContaining(message);
            assertThat(thrown.result().success()).isFalse();
        });
    }

    /** The picture, with another size in its head. */
    private static byte[] claiming(int width, int height) {
        byte[] content = PNG.clone();
        ByteBuffer.wrap(content).putInt(16, width).putInt(20, height);
        CRC32 sum = new CRC32();
        sum.update(content, 12, 17);
        ByteBuffer.wrap(content).putInt(29, (int) sum.getValue());
        return content;
    }
}
