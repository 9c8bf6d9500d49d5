package dev.aikit.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.testing.MessageOrder;
import dev.aikit.testing.Way;
import dev.aikit.testkit.ChatScripts;
import dev.aikit.testkit.ScriptedServer;
import dev.aikit.testkit.ServerExchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A conversation of 200 prompts with tools at random, in which no order of messages is ever invalid. */
class ConversationMemoryTest {
    private static final int PROMPTS = 200;
    private static final List<String> ARGUMENTS = List.of("{\"a\":1}", "{}", "", "{\"a\":", "[1]");

    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final List<Integer> turns = new ArrayList<>();
    private Random random;
    private int limit;
    private int toolCalls;
    private int roundsLeft = -1;

    @ParameterizedTest
    @CsvSource({
        "1, WAITING, 11",
        "6, STREAMING, 12",
        "15, ASYNCHRONOUS, 13",
        "15, STREAMING, 14",
        "60, STREAMING_WAITING, 15",
    })
    void everyRequestIsInOrder(int numberOfMessages, Way way, long seed) throws Exception {
        random = new Random(seed);
        limit = numberOfMessages;
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            server.otherwise(this::answer);
            Talk talk = Talk.of(way, client);
            talk.helper().numberOfMessages(numberOfMessages);
            for (String name : List.of("one", "two"))
                talk.helper().registerTool(OpenAITool.of(name, "A tool.", Map.of("type", "object"), a -> "done"));

            for (int prompt = 1; prompt <= PROMPTS; prompt++) {
                OpenAIChatCompletionsResult result = talk.prompt("prompt " + prompt);
                assertThat(result.errors()).as("errors of prompt %d", prompt).isEmpty();
                assertThat(result.choice().text()).isEqualTo("answer " + prompt);
                assertThat(violations).as("in prompt %d", prompt).isEmpty();
            }
            assertThat(server.requestsWaiting()).as("rounds").isGreaterThan(2 * PROMPTS);
            assertThat(toolCalls).as("calls of tools").isGreaterThan(PROMPTS);
        }
    }

    /** Runs on the server's thread, for one request at a time. */
    private void answer(ServerExchange to) throws Exception {
        List<OpenAIMessage> messages = Way.messages(to.request());
        violations.addAll(MessageOrder.violations(to.request().text()));
        checkMemory(messages);
        if (roundsLeft < 0) roundsLeft = random.nextInt(5);
        if (roundsLeft-- > 0) {
            ChatScripts.asks(calls()).run(to);
        } else {
            turns.add(messages.size() - lastUser(messages) + 1);
            ChatScripts.says("answer ", String.valueOf(turns.size())).run(to);
        }
    }

    private List<ChatScripts.Call> calls() {
        List<ChatScripts.Call> calls = new ArrayList<>();
        for (int i = 0, count = 1 + random.nextInt(4); i < count; i++)
            calls.add(new ChatScripts.Call(
                    "c" + ++toolCalls,
                    List.of("one", "two", "unknown").get(random.nextInt(3)),
                    ARGUMENTS.get(random.nextInt(ARGUMENTS.size()))));
        return calls;
    }

    private static int lastUser(List<OpenAIMessage> messages) {
        int last = messages.size() - 1;
        while (!messages.get(last).role().equals("user")) last--;
        return last;
    }

    /** Whole turns from the end, as many as the limit allows, and the one that runs in any case. */
    private void checkMemory(List<OpenAIMessage> messages) {
        int running = messages.size() - lastUser(messages);
        int expected = running;
        for (int i = turns.size() - 1; i >= 0 && expected + turns.get(i) <= limit; i--) expected += turns.get(i);
        if (messages.size() - 1 != expected) violations.add(expected + " messages are remembered, not " + messages);
    }
}
