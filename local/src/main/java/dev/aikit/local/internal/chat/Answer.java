package dev.aikit.local.internal.chat;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** An answer while it is written: counts tokens, keeps the limit, watches for stop texts, and hands on the rest. */
public final class Answer {
    private final int limit;
    private final StopFilter stops;
    private final Output output;
    private @Nullable ToolCallReader calls;
    private final StringBuilder text = new StringBuilder();
    private int callCount;
    private int promptTokens;
    private int tokens;
    private boolean ended;
    private boolean cut;

    public Answer(ChatRequest request, Output output) {
        this.limit = request.maxTokens();
        this.stops = new StopFilter(request.stop());
        this.output = new Output() {
            @Override
            public void accepted() {
                output.accepted();
            }

            @Override
            public void text(String piece) {
                text.append(piece);
                output.text(piece);
            }

            @Override
            public void call(ToolCall call) {
                callCount++;
                output.call(call);
            }
        };
    }

    /** From here on, calls of tools are looked for in the text. */
    public void readCalls(ToolCallReader reader) {
        calls = reader;
    }

    /** The model has read the prompt and begins to answer. */
    public void begin(int tokensOfPrompt) {
        promptTokens = tokensOfPrompt;
        output.accepted();
    }

    /**
     * Adds to the answer.
     *
     * @return whether the model is to go on; if not, the answer has ended
     * @throws CancellationException if the thread was interrupted
     */
    public boolean piece(String text, int tokensOfText) {
        if (Thread.currentThread().isInterrupted()) throw new CancellationException("interrupted");
        if (ended) return false;
        if (tokensOfText > limit - tokens) {
            endAtLimit();
            return false;
        }
        tokens += tokensOfText;
        emit(stops.add(text));
        if (stops.found()) end();
        return !ended;
    }

    /** The model has said all. */
    public void end() {
        if (ended) return;
        ended = true;
        emit(stops.rest());
        if (calls != null) calls.end(output);
    }

    /** The model cannot go on, because of the request's limit or its own. */
    public void endAtLimit() {
        if (ended) return;
        cut = true;
        end();
    }

    private void emit(String text) {
        if (text.isEmpty()) return;
        if (calls != null) calls.add(text, output);
        else output.text(text);
    }

    /** The text so far. */
    public String text() {
        return text.toString();
    }

    /** {@code stop}, {@code tool_calls} or {@code length}. */
    public String finishReason() {
        if (cut) return "length";
        return callCount > 0 ? "tool_calls" : "stop";
    }

    /** Tokens of the request's messages, as the model reads them. */
    public int promptTokens() {
        return promptTokens;
    }

    /** Tokens that the model has written, those of a stop text included. */
    public int completionTokens() {
        return tokens;
    }
}
