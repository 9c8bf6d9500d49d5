package dev.aikit.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.testing.Events;
import dev.aikit.testing.MessageOrder;
import dev.aikit.testing.Way;
import dev.aikit.testkit.Answers;
import dev.aikit.testkit.ChatScripts;
import dev.aikit.testkit.ScriptedServer;
import dev.aikit.testkit.ServerExchange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A conversation of 200 prompts in which at random tools run, several at once, or the caller answers for them; in which
 * calls fail, are cut, are tried again and are cancelled, and the memory is made shorter: no order of messages is ever invalid.
 */
class ConversationAtRandomTest {
    private static final int PROMPTS = 200;

    /** What the server does to one request. */
    private enum Step {
        TOOLS,
        TRY_AGAIN,
        SAY,
        REFUSE,
        ERROR_INSIDE,
        CUT,
        /** Says nothing until the call is cancelled. */
        HANG,
        /** Answers, and the first piece, or the tool, cancels the call. */
        SAY_AND_CANCEL,
        TOOL_THAT_CANCELS
    }

    private static final List<Step> ENDS = List.of(
            Step.SAY,
            Step.SAY,
            Step.SAY,
            Step.SAY,
            Step.REFUSE,
            Step.ERROR_INSIDE,
            Step.CUT,
            Step.HANG,
            Step.SAY_AND_CANCEL,
            Step.TOOL_THAT_CANCELS);

    private final Queue<Step> steps = new ConcurrentLinkedQueue<>();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final Map<Step, Integer> done = Collections.synchronizedMap(new EnumMap<>(Step.class));
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile CompletableFuture<OpenAICall<OpenAIChatCompletionsResult>> running;
    private volatile CompletableFuture<Void> hanging;
    private volatile boolean cancelling;
    private Random random;
    private Random onServer;
    private boolean stream;

    @ParameterizedTest
    @CsvSource({"false, 21", "true, 22", "false, 23", "true, 24"})
    void everyRequestIsInOrder(boolean streamed, long seed) throws Exception {
        random = new Random(seed);
        onServer = new Random(~seed);
        stream = streamed;
        int succeeded = 0;
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server, c -> c.maxRetries(2))) {
            server.otherwise(this::answer);
            var helper = client.chat()
                    .create("Be short.", p -> stream ? p.onData(piece -> heard()) : p.async())
                    .registerTools(tools());
            for (int prompt = 1; prompt <= PROMPTS; prompt++) {
                boolean success = prompt(helper, prompt);
                if (success) succeeded++;
                assertThat(violations).as("prompt %d of seed %d", prompt, seed).isEmpty();
            }
        }
        System.out.println("Conversation at random, " + (stream ? "streamed" : "whole") + ": " + requests
                + " requests in order, " + succeeded + " of " + PROMPTS + " prompts succeeded, " + calls
                + " calls of tools, " + done);
        assertThat(done)
                .containsOnlyKeys(Step.values())
                .allSatisfy((step, times) -> assertThat(times).as("%s", step).isGreaterThan(4));
        assertThat(requests.get()).isGreaterThan(2 * PROMPTS);
        assertThat(succeeded).isBetween(PROMPTS / 4, PROMPTS - 40);
    }

    private boolean prompt(OpenAIChatHelper<OpenAICall<OpenAIChatCompletionsResult>> helper, int number)
            throws Exception {
        helper.numberOfMessages(1 + random.nextInt(30)).autoHandleToolCalls(random.nextInt(4) > 0);
        if (random.nextInt(20) == 0) {
            helper.reset();
            helper.registerTools(tools());
        }
        List<OpenAIMessage> before = helper.messages();
        plan();
        running = new CompletableFuture<>();
        hanging = new CompletableFuture<>();
        boolean mayHang = steps.contains(Step.HANG);
        OpenAICall<OpenAIChatCompletionsResult> call = helper.prompt(said(before, number));
        running.complete(call);
        if (mayHang) cancelWhenItHangs(call);
        OpenAIChatCompletionsResult result = Way.ended(call);

        assertThat(helper.lastErrors()).isEqualTo(result.errors());
        if (!result.success())
            assertThat(helper.messages()).as("all is as before").isEqualTo(before);
        else if (stream)
            assertThat(result.usage().totalTokens()).as("the usage comes last").isEqualTo(7);
        if (result.success() && owed(helper.messages()).isEmpty())
            assertThat(MessageOrder.violations(
                            helper.messages().stream().map(OpenAIMessage::json).toList()))
                    .isEmpty();
        return result.success();
    }

    /** A prompt that is to hang may end before, if the caller has to answer for a tool. */
    private void cancelWhenItHangs(OpenAICall<OpenAIChatCompletionsResult> call) {
        Events.await(CompletableFuture.anyOf(hanging, call.future()));
        call.cancel();
    }

    /** Up to three rounds of tools, and an end; some requests are tried again. */
    private void plan() {
        steps.clear();
        for (int rounds = random.nextInt(4); rounds > 0; rounds--) {
            if (random.nextInt(6) == 0) steps.add(Step.TRY_AGAIN);
            steps.add(Step.TOOLS);
        }
        steps.add(ENDS.get(random.nextInt(ENDS.size())));
    }

    /** What the caller says: the answers that the model waits for in any order, or something new. */
    private List<OpenAIMessage> said(List<OpenAIMessage> before, int number) {
        List<OpenAIMessage> said = new ArrayList<>();
        owed(before).forEach(call -> said.add(OpenAIMessage.tool(call.id(), "by hand")));
        Collections.shuffle(said, random);
        if (said.isEmpty() || random.nextBoolean()) said.add(OpenAIMessage.user("prompt " + number));
        return said;
    }

    private static List<OpenAIToolCall> owed(List<OpenAIMessage> messages) {
        return messages.isEmpty()
                ? List.of()
                : messages.get(messages.size() - 1).toolCalls();
    }

    private List<OpenAITool> tools() {
        Map<String, String> schema = Map.of("type", "object");
        return List.of(
                OpenAITool.of("text", "Answers.", schema, arguments -> "done"),
                OpenAITool.of("object", "Answers an object.", schema, arguments -> Map.of("a", arguments)),
                OpenAITool.of("throws", "Fails.", schema, arguments -> {
                    throw new IllegalStateException("no");
                }),
                OpenAITool.of(
                        "cancels",
                        "Cancels.",
                        schema,
                        arguments -> Events.await(running).cancel()));
    }

    private void heard() {
        if (cancelling) Events.await(running).cancel();
    }

    private void answer(ServerExchange to) throws Exception {
        requests.incrementAndGet();
        for (String wrong : MessageOrder.violations(to.request().text())) violations.add(wrong);
        Step step = steps.remove();
        cancelling = step == Step.SAY_AND_CANCEL;
        done.merge(step, 1, Integer::sum);
        switch (step) {
            case TOOLS -> ChatScripts.asks(several()).run(to);
            case TOOL_THAT_CANCELS ->
                ChatScripts.asks("c" + calls.incrementAndGet(), "cancels", "{}").run(to);
            case SAY, SAY_AND_CANCEL -> ChatScripts.says("one ", "two").run(to);
            case TRY_AGAIN -> to.answer(503, "{}", "retry-after-ms: 1");
            case REFUSE -> to.answer(400, "{\"error\":{\"message\":\"no\"}}");
            case ERROR_INSIDE -> errorInside(to);
            case CUT -> cut(to);
            case HANG -> {
                hanging.complete(null);
                to.awaitPeerClosed();
            }
        }
    }

    private void errorInside(ServerExchange to) throws Exception {
        String error = "{\"error\":{\"message\":\"no\"}}";
        if (stream) to.answer(200, Answers.unfinished("one") + Answers.event(error), "content-type: text/event-stream");
        else to.answer(200, error, "content-type: application/json");
    }

    /** A stream without its end; in one piece, half of the JSON. */
    private void cut(ServerExchange to) throws Exception {
        if (stream) to.answer(200, Answers.unfinished("one"), "content-type: text/event-stream");
        else to.answer(200, "{\"choices\":[{\"message\":{\"content\":\"one", "content-type: application/json");
    }

    private List<ChatScripts.Call> several() {
        List<String> names = List.of("text", "object", "throws", "nobody");
        List<String> arguments = List.of("{\"a\":1}", "{}", "", "{\"a\":", "[1]");
        List<ChatScripts.Call> several = new ArrayList<>();
        for (int i = 1 + onServer.nextInt(4); i > 0; i--)
            several.add(new ChatScripts.Call(
                    "c" + calls.incrementAndGet(),
                    names.get(onServer.nextInt(names.size())),
                    arguments.get(onServer.nextInt(arguments.size()))));
        return several;
    }
}
