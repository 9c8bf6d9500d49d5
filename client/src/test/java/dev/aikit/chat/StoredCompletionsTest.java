package dev.aikit.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.json.Json;
import dev.aikit.testing.KeyedServerTest;
import dev.aikit.testing.Way;
import dev.aikit.testkit.Answers;
import dev.aikit.testkit.ReceivedRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that the server has kept. */
class StoredCompletionsTest extends KeyedServerTest {
    private final OpenAIChatCompletionsAPI completions = client.chat().completions();

    StoredCompletionsTest() {
        super(c -> c.maxRetries(0));
    }

    private ReceivedRequest received(String method, String target) {
        ReceivedRequest request = server.takeRequest();
        assertThat(request.method() + " " + request.target()).isEqualTo(method + " /v1" + target);
        return request;
    }

    @Test
    void oneIsRetrievedByItsId() {
        server.then(to -> to.answer(200, Answers.whole("kept")));
        assertThat(completions.retrieve("chatcmpl-7").choice().text()).isEqualTo("kept");
        assertThat(received("GET", "/chat/completions/chatcmpl-7").body()).isEmpty();
    }

    @Test
    void itsMetadataAreUpdated() {
        server.then(to -> to.answer(200, Answers.whole("kept")));
        completions.update("c 1", Map.of("a", "b"), p -> p.field("x", true));
        assertThat(Json.parse(received("POST", "/chat/completions/c%201").text()))
                .isEqualTo(Json.parse("{\"metadata\":{\"a\":\"b\"},\"x\":true}"));
    }

    @Test
    void itIsDeleted() throws Exception {
        server.otherwise(
                to -> to.answer(200, "{\"id\":\"c1\",\"object\":\"chat.completion.deleted\",\"deleted\":true}"));
        OpenAIChatCompletionDeletedResult result = completions.delete("c1");
        assertThat(result.deleted()).isTrue();
        assertThat(result.id()).isEqualTo("c1");
        assertThat(received("DELETE", "/chat/completions/c1").body()).isEmpty();
        assertThat(Way.ended(completions.delete("c2", p -> p.async())).deleted())
                .isTrue();
        received("DELETE", "/chat/completions/c2");
    }

    @Test
    void whatTheServerDoesNotKnowIsAFailure() {
        server.then(to -> to.answer(404, "{\"error\":{\"message\":\"no such answer\"}}"));
        OpenAIChatCompletionDeletedResult result = completions.delete("c1");
        assertThat(result.errors().get(0).isNotFoundError()).isTrue();
        assertThat(result.deleted()).isFalse();
    }

    @Test
    void theyAreListedPageByPage() {
        server.then(
                        to -> to.answer(
                                200,
                                "{\"object\":\"list\",\"data\":[{\"id\":\"c1\"},{\"id\":\"c2\"}],\"first_id\":\"c1\",\"last_id\":\"c2\",\"has_more\":true}"))
                .then(to -> to.answer(200, "{\"object\":\"list\",\"data\":[]}"));

        OpenAIChatCompletionsListResult page = completions.list();
        assertThat(page.completions()).extracting(c -> c.get("id").asText()).containsExactly("c1", "c2");
        assertThat(page.firstId()).isEqualTo("c1");
        assertThat(page.lastId()).isEqualTo("c2");
        assertThat(page.hasMore()).isTrue();
        received("GET", "/chat/completions");

        OpenAIChatCompletionsListResult last = completions.list(p -> p.after(page.lastId()));
        assertThat(last.completions()).isEmpty();
        assertThat(last.hasMore()).isFalse();
        assertThat(last.lastId()).isEmpty();
        received("GET", "/chat/completions?after=c2");
    }

    @Test
    void parametersOfAListGoIntoTheAddress() throws Exception {
        server.then(to -> to.answer(200, "{\"data\":[]}"));
        Way.ended(completions.list(p -> p.after("a&b=c+d")
                .limit(2)
                .order("desc")
                .model("mistral:7b")
                .metadata(Map.of("Übung", "100 %"))
                .async()));
        received(
                "GET",
                "/chat/completions?after=a%26b%3Dc%2Bd&limit=2&order=desc&model=mistral%3A7b"
                        + "&metadata%5B%C3%9Cbung%5D=100%20%25");
    }

    @Test
    void theMessagesOfOneAreListed() {
        server.then(
                to -> to.answer(
                        200,
                        "{\"data\":[{\"id\":\"m1\",\"role\":\"user\",\"content\":\"Hi\"}],\"last_id\":\"m1\",\"has_more\":false}"));
        OpenAIChatCompletionsMessagesResult page =
                completions.messages().list("c/1", p -> p.after("m0").limit(1).order("asc"));
        assertThat(page.messages()).singleElement().satisfies(message -> {
            assertThat(message).hasToString("user: Hi");
            assertThat(message.json().get("id").asText()).isEqualTo("m1");
        });
        assertThat(page.lastId()).isEqualTo("m1");
        received("GET", "/chat/completions/c/1/messages?after=m0&limit=1&order=asc");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", "..", "a/../b", "/", "c//d"})
    void anIdThatIsNoneIsNamed(String id) {
        assertThatThrownBy(() -> completions.retrieve(id)).hasMessageContaining("completionId:");
        assertThatThrownBy(() -> completions.update(id, Map.of())).hasMessageContaining("completionId:");
        assertThatThrownBy(() -> completions.delete(id)).hasMessageContaining("completionId:");
        assertThatThrownBy(() -> completions.messages().list(id)).hasMessageContaining("completionId:");
    }

    @Test
    void otherWrongArgumentsAreNamed() {
        assertThatThrownBy(() -> completions.update("c1", null)).hasMessageContaining("metadata");
        assertThatThrownBy(() -> completions.list(p -> p.limit(0))).hasMessageContaining("limit:");
        assertThatThrownBy(() -> completions.list(p -> p.after(""))).hasMessageContaining("after:");
        assertThatThrownBy(() -> completions.list(p -> p.metadata(null))).hasMessageContaining("metadata");
        assertThatThrownBy(() -> completions.messages().list("c1", p -> p.order(" ")))
                .hasMessageContaining("order:");
    }
}
