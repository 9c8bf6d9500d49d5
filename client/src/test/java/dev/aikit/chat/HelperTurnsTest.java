package dev.aikit.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.OpenAICall;
import dev.aikit.OpenAIException;
import dev.aikit.testing.Events;
import dev.aikit.testing.KeyedServerTest;
import dev.aikit.testing.Way;
import dev.aikit.testkit.Answers;
import dev.aikit.testkit.ChatScripts;
import dev.aikit.testkit.ChatScripts.Call;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One prompt after the other: what is remembered, and what a caller who answers for tools has to do. */
class HelperTurnsTest extends KeyedServerTest {
    HelperTurnsTest() {
        super(c -> c.maxRetries(0));
    }

    private List<String> sent() {
        return Way.messages(server.takeRequest()).stream()
                .map(OpenAIMessage::toString)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void whatWasSaidIsSentAgain(Way way) throws Exception {
        server.then(ChatScripts.says("A number.")).then(ChatScripts.says("Another."));
        Talk talk = Talk.of(way, client);

        talk.prompt("42?");
        talk.prompt(OpenAIMessage.user("And 43?"));

        assertThat(sent()).containsExactly("system: Be short.", "user: 42?");
        assertThat(sent()).containsExactly("system: Be short.", "user: 42?", "assistant: A number.", "user: And 43?");
        assertThat(talk.helper().messages()).last().hasToString("assistant: Another.");
        assertThat(talk.helper().lastErrors()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theCallerMayAnswerForTools(Way way) throws Exception {
        server.then(ChatScripts.asks(List.of(new Call("c1", "now", "{}"), new Call("c2", "now", "{}"))))
                .then(ChatScripts.says("Noon."));
        Talk talk = Talk.of(way, client);
        talk.helper().autoHandleToolCalls(false).registerTool(OpenAITool.of("now", "x", Map.of(), a -> {
            throw new AssertionError("not by itself");
        }));

        OpenAIChatCompletionsResult asked = talk.prompt("?");
        assertThat(asked.success()).isTrue();
        assertThat(asked.choice().message().toolCalls()).hasSize(2);

        assertThatThrownBy(() -> talk.prompt("Well?"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("c1", "c2", "OpenAIMessage.tool");
        assertThatThrownBy(() -> talk.prompt(OpenAIMessage.tool("c1", "noon")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("[c2]");
        assertThatThrownBy(() -> talk.prompt(
                        OpenAIMessage.tool("c1", "noon"), OpenAIMessage.user("And?"), OpenAIMessage.tool("c2", "noon")))
                .as("something else in between")
                .isInstanceOf(IllegalStateException.class);

        OpenAIChatCompletionsResult answer =
                talk.prompt(OpenAIMessage.tool("c2", "noon"), OpenAIMessage.tool("c1", "12"));
        assertThat(answer.choice().text()).isEqualTo("Noon.");
        assertThat(sent()).hasSize(2);
        assertThat(sent()).containsExactly("system: Be short.", "user: ?", "assistant: ", "tool: noon", "tool: 12");
    }

    @Test
    void anAnswerThatNoToolCallWaitsForIsRefused() throws Exception {
        server.then(ChatScripts.says("Hello."));
        Talk talk = Talk.of(Way.WAITING, client);
        assertThatThrownBy(() -> talk.prompt(OpenAIMessage.tool("c9", "x")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("c9");
        assertThat(talk.prompt("Hi").success()).as("the conversation goes on").isTrue();
    }

    @Test
    void aSecondPromptWhileOneRunsIsRefused() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        server.then(to -> to.await(gate).answer(200, Answers.whole("one"))).then(ChatScripts.says("two"));
        var helper = client.chat().create("Be short.", p -> p.async());
        var first = helper.prompt("1");

        assertThatThrownBy(() -> helper.prompt("2"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is running");
        gate.countDown();

        assertThat(Way.ended(first).choice().text()).isEqualTo("one");
        assertThat(Way.ended(helper.prompt("2")).choice().text()).isEqualTo("two");
    }

    @Test
    void theNextPromptMayComeFromACallback() throws Exception {
        server.then(ChatScripts.says("one")).then(ChatScripts.says("two"));
        AtomicReference<OpenAIChatHelper<OpenAICall<OpenAIChatCompletionsResult>>> helper = new AtomicReference<>();
        CompletableFuture<OpenAICall<OpenAIChatCompletionsResult>> second = new CompletableFuture<>();
        helper.set(client.chat()
                .create(
                        "Be short.",
                        p -> p.onResponse(r -> {
                            if (r.choice().text().equals("one"))
                                second.complete(helper.get().prompt("again"));
                        })));

        helper.get().prompt("go");

        assertThat(Way.ended(Events.await(second)).choice().text()).isEqualTo("two");
        assertThat(helper.get().messages()).hasSize(4);
    }

    @ParameterizedTest
    @EnumSource
    void afterAPromptThatFailedAllIsAsBefore(Way way) throws Exception {
        server.then(ChatScripts.says("one"))
                .then(to -> to.answer(500, "{\"error\":{\"message\":\"broken\"}}"))
                .then(ChatScripts.says("three"));
        Talk talk = Talk.of(way, client);
        talk.prompt("1");

        assertThat(talk.prompt("2").success()).isFalse();
        assertThat(talk.helper().lastErrors()).singleElement().hasToString("500 Scripted: broken");

        talk.prompt("3");
        assertThat(talk.helper().lastErrors()).isEmpty();
        sent();
        sent();
        assertThat(sent()).containsExactly("system: Be short.", "user: 1", "assistant: one", "user: 3");
    }

    @Test
    void aPromptThatThrowsItsFailureLeavesTheConversationFree() {
        server.then(to -> to.answer(400, "{\"error\":{\"message\":\"no\"}}")).then(ChatScripts.says("yes"));
        var helper = client.chat().create("Be short.", p -> p.throwing(true));
        assertThatThrownBy(() -> helper.prompt("1")).isInstanceOf(OpenAIException.class);
        assertThat(helper.prompt("1").choice().text()).isEqualTo("yes");
    }

    @Test
    void aPromptThatCannotBeSentLeavesTheConversationFree() {
        server.then(ChatScripts.says("yes"));
        var helper = client.chat().create("Be short.");
        assertThatThrownBy(() -> helper.prompt(" ")).hasMessageContaining("text:");
        assertThatThrownBy(() -> helper.prompt(List.of())).hasMessageContaining("messages:");
        assertThatThrownBy(() -> helper.prompt(Arrays.asList(OpenAIMessage.user("x"), null)))
                .hasMessageContaining("messages[1]:");
        assertThatThrownBy(() -> client.chat().create("")).hasMessageContaining("systemPrompt:");
        assertThat(helper.prompt("1").choice().text()).isEqualTo("yes");
    }

    @Test
    void resetForgetsAlsoWhatIsBeingSaid() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        server.then(to -> to.await(gate).answer(200, Answers.whole("one"))).then(ChatScripts.says("two"));
        var helper = client.chat().create("Be short.", p -> p.async());
        var first = helper.prompt("1");
        helper.reset();
        gate.countDown();
        assertThat(Way.ended(first).success()).isTrue();
        assertThat(helper.messages()).isEmpty();

        Way.ended(helper.prompt("2"));
        sent();
        assertThat(sent()).containsExactly("system: Be short.", "user: 2");
    }

    @Test
    void resetForgetsTheToolsAsTheKitDoes() {
        var helper = client.chat().create("Be short.");
        helper.registerTool(OpenAITool.of("now", "The time.", Map.of("type", "object"), arguments -> "noon"));
        helper.reset();
        assertThat(helper.tools()).isEmpty();
        assertThat(helper.systemPrompt().text()).isEqualTo("Be short.");
    }

    @Test
    void whatIsSaidInOnePromptStaysTogether() throws Exception {
        server.otherwise(ChatScripts.says("ok"));
        Talk talk = Talk.of(Way.WAITING, client);
        talk.helper().numberOfMessages(1);
        talk.prompt(OpenAIMessage.developer("Rhyme."), OpenAIMessage.user("a"), OpenAIMessage.user("b"));
        talk.prompt("c");
        assertThat(sent()).containsExactly("system: Be short.", "developer: Rhyme.", "user: a", "user: b");
        assertThat(sent()).as("forgotten in whole").containsExactly("system: Be short.", "user: c");
    }
}
