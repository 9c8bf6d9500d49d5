package dev.aikit.chat;

import dev.aikit.internal.call.Continuation;
import dev.aikit.json.Json;
import dev.aikit.json.JsonException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiFunction;

/** Runs the tools of one answer. Each is answered for, whatever becomes of it: the model hears of what went wrong. */
final class ToolRound implements Continuation {
    private static final System.Logger LOG = System.getLogger("dev.aikit");

    private final OpenAIChatHelper<?> helper;
    private final OpenAIMessage question;
    private final BiFunction<OpenAIMessage, List<OpenAIMessage>, byte[]> nextBody;
    private final List<OpenAIToolCall> calls;
    private final AtomicReferenceArray<OpenAIMessage> answers;
    private final AtomicInteger missing;
    private volatile boolean cancelled;

    ToolRound(
            OpenAIChatHelper<?> helper,
            OpenAIMessage question,
            BiFunction<OpenAIMessage, List<OpenAIMessage>, byte[]> nextBody) {
        this.helper = helper;
        this.question = question;
        this.nextBody = nextBody;
        this.calls = question.toolCalls();
        this.answers = new AtomicReferenceArray<>(calls.size());
        this.missing = new AtomicInteger(calls.size());
    }

    @Override
    public void begin(Round round) {
        Duration limit = helper.toolTimeout();
        round.later(limit, () -> {
            for (int i = 0; i < calls.size(); i++) answer(round, i, error("the tool gave no answer within " + limit));
        });
        for (int i = 0; i < calls.size(); i++) {
            int place = i;
            round.run(() -> {
                if (answers.get(place) == null) answer(round, place, run(calls.get(place)));
            });
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    private String run(OpenAIToolCall call) {
        OpenAITool tool = helper.tool(call.name());
        if (tool == null) return error("there is no tool named " + call.name());
        if (cancelled) return error("cancelled");
        try {
            Json arguments = Json.parse(call.arguments());
            if (!arguments.isObject()) return error("the arguments are no JSON object");
            Object answer = tool.handler().call(arguments);
            return answer instanceof CharSequence text
                    ? text.toString()
                    : Json.of(answer).toString();
        } catch (JsonException error) {
            return error("the arguments or the answer are not as they should be: " + error.getMessage());
        } catch (Throwable thrown) {
            LOG.log(System.Logger.Level.WARNING, "the tool " + call.name() + " threw; the model is told", thrown);
            return error(thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage());
        }
    }

    private static String error(String message) {
        return Json.of(Map.of("error", message)).toString();
    }

    private void answer(Round round, int place, String text) {
        OpenAIMessage message = new OpenAIMessage(Json.of(Map.of("role", "tool"))
                .with("tool_call_id", calls.get(place).id())
                .with("content", text));
        if (!answers.compareAndSet(place, null, message) || missing.decrementAndGet() > 0 || cancelled) return;
        List<OpenAIMessage> all = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) all.add(answers.get(i));
        round.next(nextBody.apply(question, all));
    }
}
