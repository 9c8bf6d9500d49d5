package dev.aikit.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.OpenAIException;
import dev.aikit.Worker;
import dev.aikit.json.Json;
import dev.aikit.testing.KeyedServerTest;
import dev.aikit.testing.LogRecords;
import dev.aikit.testing.Pictures;
import dev.aikit.testing.Way;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fetching a picture from the address that a server named. */
class ImageDownloadTest extends KeyedServerTest {
    private static final byte[] PNG = Pictures.png();

    ImageDownloadTest() {
        super(c -> c.maxRetries(0).limits(l -> l.maxBodyBytes(PNG.length)));
    }

    private OpenAIImage image() {
        return image(client, server.uri("/p/1.png?sig=s3cret-signature").toString());
    }

    private static OpenAIImage image(OpenAI client, String url) {
        return new OpenAIImage(client.images(), Json.of(Map.of("url", url)));
    }

    @ParameterizedTest
    @EnumSource
    void everyByteArrivesAsItWasSent(Fetch way) throws Exception {
        server.then(Pictures.answer(PNG, "content-type: image/png", "x-request-id: r1"));

        OpenAIBlobResult result = way.of(image());

        assertThat(result.errors()).isEmpty();
        assertThat(result.asBlob()).isEqualTo(PNG);
        assertThat(result.mediaType()).isEqualTo("image/png");
        assertThat(result.requestID()).isEqualTo("r1");
        assertThat(result.request().function()).isEqualTo("images.download");
        assertThat(result.attempts()).hasSize(1);
        assertThat(server.takeRequest().target()).isEqualTo("/p/1.png?sig=s3cret-signature");
    }

    @ParameterizedTest
    @EnumSource
    void aDownloadThatIsCutIsAFailureThatKeepsWhatCame(Fetch way) throws Exception {
        byte[] half = Arrays.copyOf(PNG, PNG.length / 2);
        server.then(to -> to.head(200, "content-type: image/png", "content-length: " + PNG.length)
                .raw(half)
                .close());

        OpenAIBlobResult result = way.of(image());

        assertThat(result.errors().get(0).kind()).isEqualTo(Kind.CONNECTION_LOST);
        assertThat(result.response().body()).isEqualTo(half);
        assertThatThrownBy(result::asBlob).isInstanceOf(OpenAIException.class);
    }

    @ParameterizedTest
    @EnumSource
    void aDownloadOverTheLimitIsStopped(Fetch way) throws Exception {
        server.then(to -> {
            to.head(200, "content-type: image/png", "transfer-encoding: chunked");
            to.raw(Integer.toHexString(PNG.length + 1) + "\r\n").raw(PNG).raw("!\r\n");
            to.awaitPeerClosed();
        });

        OpenAIBlobResult result = way.of(image());

        assertThat(result.errors().get(0).kind()).isEqualTo(Kind.TOO_LARGE);
        assertThat(result.errors().get(0).message()).contains(PNG.length + " bytes (maxBodyBytes)");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNoPictureIsAFailureThatSaysWhatItIs(Fetch way) throws Exception {
        server.then(to -> to.answer(200, "<html>no</html>", "content-type: text/html"))
                .then(to -> to.answer(200, "", "content-type: image/png"))
                .then(to -> to.answer(404, "{\"error\":\"gone\"}", "content-type: application/json"));

        OpenAIBlobResult page = way.of(image());
        assertThat(page.errors().get(0).kind()).isEqualTo(Kind.MALFORMED);
        assertThat(page.errors().get(0).message())
                .isEqualTo("a picture expected, but the server sent text/html (15 bytes)");
        assertThat(page.response().text()).isEqualTo("<html>no</html>");
        assertThat(way.of(image()).errors().get(0).message()).contains("the server sent nothing");
        OpenAIBlobResult gone = way.of(image());
        assertThat(gone.errors().get(0).isNotFoundError()).isTrue();
        assertThat(gone.errors().get(0).message()).isEqualTo("gone");
    }

    @Test
    void theBytesKnowBetterThanTheHeader() {
        server.then(Pictures.answer(PNG, "content-type: text/plain"))
                .then(Pictures.answer(PNG, "content-type: application/octet-stream"))
                .then(Pictures.answer(PNG))
                .then(Pictures.answer(new byte[] {1, 2, 3}, "content-type: image/avif; x=y"));

        for (int i = 0; i < 3; i++) assertThat(image().download().mediaType()).isEqualTo("image/png");
        assertThat(image().download().mediaType()).isEqualTo("image/avif");
    }

    @Test
    void itIsTriedAgainAsOtherCallsAre() {
        try (OpenAI patient = Way.client(server, c -> c.maxRetries(1))) {
            server.then(to -> to.answer(503, "", "retry-after-ms: 1"))
                    .then(Pictures.answer(PNG, "content-type: image/png"));

            OpenAIBlobResult result =
                    image(patient, server.uri("/p").toString()).download();

            assertThat(result.asBlob()).isEqualTo(PNG);
            assertThat(result.attempts()).hasSize(2);
        }
    }

    @Test
    void cancellingItIsSeenByTheServer() throws Exception {
        server.then(to -> {
            to.head(200, "content-type: image/png", "content-length: " + PNG.length);
            to.awaitPeerClosed();
        });
        OpenAICall<OpenAIBlobResult> call = image().download(p -> p.async());
        server.takeRequest();

        assertThat(call.cancel()).isTrue();

        server.awaitPeerClosed(1);
        assertThat(Way.ended(call).errors().get(0).isCancelled()).isTrue();
    }

    @Test
    void itsDeadlinesHoldAndItsSignatureIsInNoMessage() {
        server.otherwise(to -> to.awaitPeerClosed());
        try (LogRecords log = LogRecords.of("")) {
            OpenAIBlobResult result = image().download(p -> p.timeout(Duration.ofMillis(100)));

            assertThat(result.errors().get(0).kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(result + result.errors().get(0).message() + result.attempts() + image() + log.messages())
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void callbacksRunWhereTheCallerIs() throws Exception {
        server.otherwise(Pictures.answer(PNG, "content-type: image/png"));
        CompletableFuture<Worker> fetched = new CompletableFuture<>();
        CompletableFuture<Worker> atHand = new CompletableFuture<>();
        Worker worker = Worker.named("pictures");
        OpenAIImage here = new OpenAIImage(client.images(), Json.parse("{\"b64_json\":\"AAEC\"}"));

        worker.call(() -> image().download(p -> p.formula(r -> fetched.complete(Worker.current()))));
        worker.call(() -> here.download(p -> p.formula(r -> atHand.complete(Worker.current()))));

        assertThat(fetched.get(60, TimeUnit.SECONDS)).hasToString("Worker[pictures]");
        assertThat(atHand.get(60, TimeUnit.SECONDS)).hasToString("Worker[pictures]");
    }

    @ParameterizedTest
    @EnumSource
    void aClosedClientFetchesNothing(Fetch way) throws Exception {
        OpenAIImage here = new OpenAIImage(client.images(), Json.parse("{\"b64_json\":\"AAEC\"}"));
        client.close();

        assertThat(way.of(image()).errors().get(0).kind()).isEqualTo(Kind.CLOSED);
        assertThat(way.of(here).errors().get(0).kind()).isEqualTo(Kind.CLOSED);
        assertThat(server.connections()).isZero();
    }

    @Test
    void throwingIsHeededByCallsThatWait() {
        server.then(to -> to.answer(404, ""));

        assertThatThrownBy(() -> image().download(p -> p.throwing(true)))
                .isInstanceOfSatisfying(
                        OpenAIException.class,
                        e -> assertThat(e.result().response().status()).isEqualTo(404));
    }
}
