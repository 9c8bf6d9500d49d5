package dev.aikit.local.internal.chat;

import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/** An answer while it is written: counts tokens, keeps the limit, watches for stop texts, and hands on the rest. */
public final class Answer {
    private final int limit;
    private final StopFilter stops;
    private final Runnable accepted;
    private final Consumer<String> output;
    private int promptTokens;
    private int tokens;
    private boolean ended;
    private boolean cut;

    /**
     * @param accepted runs once, before the first output, when the model has taken the request
     * @param output receives the text, piece by piece
     */
    public Answer(ChatRequest request, Runnable accepted, Consumer<String> output) {
        this.limit = request.maxTokens();
        this.stops = new StopFilter(request.stop());
        this.accepted = accepted;
        this.output = output;
    }

    /** The model has read the prompt and begins to answer. */
    public void begin(int tokensOfPrompt) {
        promptTokens = tokensOfPrompt;
        accepted.run();
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
        ended = stops.found();
        return !ended;
    }

    /** The model has said all. */
    public void end() {
        if (ended) return;
        ended = true;
        emit(stops.rest());
    }

    /** The model cannot go on, because of the request's limit or its own. */
    public void endAtLimit() {
        if (ended) return;
        cut = true;
        end();
    }

    private void emit(String text) {
        if (!text.isEmpty()) output.accept(text);
    }

    /** {@code stop} or {@code length}. */
    public String finishReason() {
        return cut ? "length" : "stop";
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
