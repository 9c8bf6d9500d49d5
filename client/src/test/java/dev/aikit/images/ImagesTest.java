package dev.aikit.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.OpenAIError.Kind;
import dev.aikit.OpenAIException;
import dev.aikit.json.Json;
import dev.aikit.testing.KeyedServerTest;
import dev.aikit.testing.Way;
import dev.aikit.testkit.ReceivedRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asking for pictures. */
class ImagesTest extends KeyedServerTest {
    private static final String ANSWER = "{\"created\":1,\"data\":["
            + "{\"url\":\"https://pictures.test/1.png\",\"revised_prompt\":\"A red car.\"},{\"b64_json\":\"AAEC\"}],"
            + "\"usage\":{\"total_tokens\":100,\"input_tokens\":40,\"output_tokens\":60,"
            + "\"input_tokens_details\":{\"text_tokens\":10,\"image_tokens\":30}}}";

    ImagesTest() {
        super(c -> c.maxRetries(0));
    }

    private static void isTheAnswer(OpenAIImagesResult result) {
        assertThat(result.errors()).isEmpty();
        assertThat(result.images()).hasSize(2);
        assertThat(result.image().url()).isEqualTo("https://pictures.test/1.png");
        assertThat(result.image().revisedPrompt()).isEqualTo("A red car.");
        assertThat(result.image().b64Json()).isEmpty();
        assertThat(result.images().get(1).b64Json()).isEqualTo("AAEC");
        assertThat(result.images().get(1).url()).isEmpty();
        assertThat(result.images().get(1).revisedPrompt()).isEmpty();
        assertThat(result.usage().totalTokens()).isEqualTo(100);
        assertThat(result.usage().inputTokens()).isEqualTo(40);
        assertThat(result.usage().outputTokens()).isEqualTo(60);
        assertThat(result.usage().textTokens()).isEqualTo(10);
        assertThat(result.usage().imageTokens()).isEqualTo(30);
        assertThat(result.json().get("created").asInt(0)).isEqualTo(1);
    }

    @Test
    void aPromptAloneIsSentAsSuch() {
        server.then(to -> to.answer(200, ANSWER));

        isTheAnswer(client.images().generate("A car"));

        ReceivedRequest request = server.takeRequest();
        assertThat(request.method() + " " + request.target()).isEqualTo("POST /v1/images/generations");
        assertThat(request.header("authorization")).isEqualTo("Bearer sk-test");
        assertThat(Json.parse(request.text())).isEqualTo(Json.parse("{\"prompt\":\"A car\"}"));
    }

    @Test
    void parametersAreSentUnderTheirNamesInTheApi() {
        server.then(to -> to.answer(200, ANSWER));

        client.images()
                .generate(
                        "A car",
                        p -> p.model("m")
                                .n(2)
                                .size("256x256")
                                .style("vivid")
                                .responseFormat("url")
                                .quality("hd")
                                .background("opaque")
                                .outputFormat("jpeg")
                                .outputCompression(80)
                                .moderation("low")
                                .user("ann")
                                .field("seed", 7));

        assertThat(Json.parse(server.takeRequest().text()))
                .isEqualTo(Json.parse("{\"prompt\":\"A car\",\"model\":\"m\",\"n\":2,\"size\":\"256x256\","
                        + "\"style\":\"vivid\",\"response_format\":\"url\",\"quality\":\"hd\",\"background\":\"opaque\","
                        + "\"output_format\":\"jpeg\",\"output_compression\":80,\"moderation\":\"low\","
                        + "\"user\":\"ann\",\"seed\":7}"));
    }

    @Test
    void withACallbackItDoesNotWaitAndTheSameResultComes() throws Exception {
        server.otherwise(to -> to.answer(200, ANSWER));
        var parameters = OpenAIImageParameters.create().n(2);
        CompletableFuture<OpenAIImagesResult> heard = new CompletableFuture<>();

        client.images().generate("A car", parameters.onResponse(heard::complete));

        isTheAnswer(heard.get(60, TimeUnit.SECONDS));
        isTheAnswer(client.images().generate("A car", parameters));
        isTheAnswer(Way.ended(client.images().generate("A car", p -> p.async())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"created\":1}", "{\"data\":[]}", "{\"data\":[{}]}", "{\"data\":[{\"url\":null}]}"})
    void anAnswerWithoutAPictureIsAFailureThatKeepsIt(String answer) {
        server.then(to -> to.answer(200, answer));

        OpenAIImagesResult result = client.images().generate("A car");

        assertThat(result.success()).isFalse();
        assertThat(result.errors().get(0).kind()).isEqualTo(Kind.MALFORMED);
        assertThat(result.json()).isEqualTo(Json.parse(answer));
        assertThat(result.image().isPresent()).isFalse();
        assertThat(result.image().download().errors().get(0).message()).contains("neither url nor b64_json");
    }

    @Test
    void whatTheServerRefusesIsAFailureWithoutPictures() {
        server.then(to -> to.answer(400, "{\"error\":{\"message\":\"unsafe\",\"code\":\"moderation_blocked\"}}"));

        OpenAIImagesResult result = client.images().generate("A car");

        assertThat(result.errors().get(0).code()).isEqualTo("moderation_blocked");
        assertThat(result.images()).isEmpty();
        assertThat(result.image().isPresent()).isFalse();
    }

    @Test
    void thePictureOfAFailedCallSaysWhyThereIsNone() {
        server.then(to -> to.answer(403, "{\"error\":{\"message\":\"not you\"}}"));
        OpenAIImage image = client.images().generate("A car").image();

        assertThat(image.isPresent()).isFalse();
        assertThat(image.download().errors().get(0).status()).isEqualTo(403);
        assertThatThrownBy(image::asBlob).isInstanceOf(OpenAIException.class).hasMessageContaining("not you");
    }

    @Test
    void neitherPictureNorWholeAddressIsShown() {
        server.then(to -> to.answer(200, ANSWER));

        assertThat(client.images().generate("A car").images())
                .extracting(OpenAIImage::toString)
                .isEqualTo(List.of("OpenAIImage[url]", "OpenAIImage[b64_json, 4 characters]"));
    }

    @Test
    void wrongArgumentsAreNamed() {
        var start = OpenAIImageParameters.create();
        assertThatThrownBy(() -> client.images().generate(" ")).hasMessageContaining("prompt:");
        assertThatThrownBy(() -> start.n(0)).hasMessageContaining("n: 1 to 10");
        assertThatThrownBy(() -> start.n(11)).hasMessageContaining("n: 1 to 10");
        assertThatThrownBy(() -> start.size("")).hasMessageContaining("size:");
        assertThatThrownBy(() -> start.outputCompression(101)).hasMessageContaining("outputCompression:");
    }
}
