package dev.aikit.chat;

import dev.aikit.internal.call.Continuation;
import dev.aikit.json.Json;
import dev.aikit.json.JsonException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

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
                if (answers.get(place) == null) run(round, place);
            });
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    private void run(Round round, int place) {
        OpenAIToolCall call = calls.get(place);
        OpenAITool tool = helper.tool(call.name());
        if (tool == null) answer(round, place, error("there is no tool named " + call.name()));
        else if (cancelled) answer(round, place, error("cancelled"));
        else {
            String text;
            try {
                Json arguments = Json.parse(call.arguments());
                Object answer = arguments.isObject() ? tool.handler().call(arguments) : null;
                if (answer instanceof CompletionStage<?> later) {
                    later.whenComplete(
                            (value, thrown) -> round.run(() -> answer(round, place, text(call, value, thrown))));
                    return;
                }
                text = arguments.isObject() ? text(call, answer, null) : error("the arguments are no JSON object");
            } catch (Throwable thrown) {
                text = failure(call, thrown);
            }
            answer(round, place, text);
        }
    }

    private static String text(OpenAIToolCall call, @Nullable Object answer, @Nullable Throwable thrown) {
        if (thrown != null) {
            Throwable cause = thrown.getCause();
            return failure(call, thrown instanceof CompletionException && cause != null ? cause : thrown);
        }
        try {
            if (!(answer instanceof CharSequence)) return Json.of(answer).toString();
            return Optional.ofNullable(answer.toString())
                    .orElseGet(() -> error("the tool's answer is a text that has none"));
        } catch (Throwable unwritable) {
            return failure(call, unwritable);
        }
    }

    private static String failure(OpenAIToolCall call, Throwable thrown) {
        if (thrown instanceof JsonException error)
            return error("the arguments or the answer are not as they should be: " + error.getMessage());
        String what = "the tool " + call.name() + " threw; the model is told";
        try {
            String message = thrown.getMessage();
            Objects.requireNonNull(thrown.toString()); // may throw as well, which a logger need not survive
            LOG.log(System.Logger.Level.WARNING, what, thrown);
            return error(message == null ? thrown.getClass().getSimpleName() : message);
        } catch (Throwable unspeakable) {
            LOG.log(System.Logger.Level.WARNING, what + ": " + thrown.getClass().getName());
            return error(thrown.getClass().getSimpleName());
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
