package dev.aikit.moderations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.json.Json;
import dev.aikit.moderations.OpenAIModerationsAPI.Input;
import dev.aikit.testing.KeyedServerTest;
import dev.aikit.testing.Way;
import dev.aikit.testkit.ReceivedRequest;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether something is harmful. */
class ModerationsTest extends KeyedServerTest {
    private static final String ANSWER = "{\"id\":\"modr-1\",\"model\":\"omni\",\"results\":["
            + "{\"flagged\":true,\"categories\":{\"violence\":true,\"hate\":false,\"illicit\":null},"
            + "\"category_scores\":{\"violence\":0.75,\"hate\":0.01},"
            + "\"category_applied_input_types\":{\"violence\":[\"text\"]}},"
            + "{\"flagged\":false,\"categories\":{},\"category_scores\":{}}]}";

    ModerationsTest() {
        super(c -> c.maxRetries(0));
    }

    @BeforeEach
    void answer() {
        server.otherwise(to -> to.answer(200, ANSWER));
    }

    private Json sent() {
        return Json.parse(server.takeRequest().text());
    }

    @Test
    void oneTextIsJudgedByTheDefaultModel() {
        OpenAIModeration moderation = client.moderations().create("I hit you").moderation();

        assertThat(moderation.id()).isEqualTo("modr-1");
        assertThat(moderation.model()).isEqualTo("omni");
        assertThat(moderation.results()).hasSize(2);
        assertThat(moderation.item().flagged()).isTrue();
        assertThat(moderation.item().categories())
                .containsEntry("violence", true)
                .containsEntry("hate", false)
                .hasSize(2);
        assertThat(moderation.item().categoryScore())
                .containsEntry("violence", 0.75)
                .hasSize(2);
        assertThat(moderation.item().json().get("category_applied_input_types").isPresent())
                .as("what has no method stays reachable")
                .isTrue();
        ReceivedRequest request = server.takeRequest();
        assertThat(request.method() + " " + request.target()).isEqualTo("POST /v1/moderations");
        assertThat(Json.parse(request.text()))
                .isEqualTo(Json.parse("{\"input\":\"I hit you\",\"model\":\"omni-moderation-latest\"}"));
    }

    @Test
    void severalTextsAreSentAsSuch() {
        var result = client.moderations().create(Input.texts(List.of("a", "b")), "m");

        assertThat(result.moderation().results())
                .extracting(OpenAIModerationItem::flagged)
                .containsExactly(true, false);
        assertThat(sent()).isEqualTo(Json.parse("{\"input\":[\"a\",\"b\"],\"model\":\"m\"}"));
    }

    @Test
    void textsAndPicturesAreSentInParts() {
        client.moderations()
                .create(
                        Input.text("look")
                                .andImageURL("https://example.org/1.png")
                                .andImageURL("data:x"),
                        "m");
        client.moderations().create(Input.texts(List.of("a", "b")).andImageURL("data:y"), "m");

        assertThat(sent().get("input"))
                .isEqualTo(Json.parse("[{\"type\":\"text\",\"text\":\"look\"},"
                        + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://example.org/1.png\"}},"
                        + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:x\"}}]"));
        assertThat(sent().get("input"))
                .isEqualTo(Json.parse("[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"},"
                        + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:y\"}}]"));
    }

    @Test
    void parametersAreSentAndACallbackMakesItNotWait() throws Exception {
        var call = client.moderations()
                .create(Input.text("a"), "m", p -> p.user("ann").field("x", 1).async());

        assertThat(Way.ended(call).success()).isTrue();
        assertThat(sent()).isEqualTo(Json.parse("{\"input\":\"a\",\"model\":\"m\",\"user\":\"ann\",\"x\":1}"));
    }

    @Test
    void anAnswerWithNothingInItFlagsNothing() {
        server.then(to -> to.answer(200, "{}"));
        OpenAIModeration moderation = client.moderations().create("a").moderation();
        assertThat(moderation.results()).isEmpty();
        assertThat(moderation.item().flagged()).isFalse();
        assertThat(moderation.item().categories()).isEmpty();
    }

    @Test
    void wrongArgumentsAreNamed() {
        var api = client.moderations();
        assertThatThrownBy(() -> api.create("")).hasMessageContaining("input:");
        assertThatThrownBy(() -> api.create((Input) null, "m")).hasMessageContaining("input");
        assertThatThrownBy(() -> api.create(Input.text("x"), " ")).hasMessageContaining("model:");
        assertThatThrownBy(() -> Input.texts(List.of())).hasMessageContaining("texts:");
        assertThatThrownBy(() -> Input.texts(Arrays.asList("a", ""))).hasMessageContaining("texts[1]:");
        assertThatThrownBy(() -> Input.text("a").andImageURL("")).hasMessageContaining("url:");
    }
}
