package dev.aikit.chat;

import dev.aikit.OpenAIError;
import dev.aikit.OpenAIResult;
import dev.aikit.internal.call.Outcome;
import java.util.List;

/**
 * What {@code chat.completions.create} came to. Of a stream: the whole answer, put together from its pieces; of a stream
 * that failed, as much of it as had come.
 */
public final class OpenAIChatCompletionsResult extends OpenAIResult {
    private final Outcome outcome;

    OpenAIChatCompletionsResult(Outcome outcome) {
        super(outcome);
        this.outcome = outcome;
    }

    /** The answer's id, by which the server finds it again if it keeps it; "" if it sent none. */
    public String id() {
        return json().get("id").asText();
    }

    /** The answers; empty if the call failed before any came. */
    public List<OpenAIChoice> choices() {
        return json().get("choices").map(OpenAIChoice::new);
    }

    /** The first answer; one that is not {@linkplain OpenAIChoice#isPresent() present} if there is none. */
    public OpenAIChoice choice() {
        return new OpenAIChoice(json().get("choices").get(0));
    }

    /**
     * The first answer, read as a record or a class with bean properties: the one that
     * {@link OpenAIChatCompletionsParameters#responseFormat(Class)} asked for, or any other that the text fits as JSON.
     *
     * @throws dev.aikit.OpenAIException if the call failed, or if the answer does not fit
     */
    public <V> V as(Class<V> type) {
        orThrow();
        OpenAIError misfit = ResponseType.of(type).errorIn(choice(), this);
        if (misfit != null) new OpenAIChatCompletionsResult(outcome.failed(misfit)).orThrow();
        return choice().as(type);
    }

    @Override
    public OpenAIChatCompletionsResult orThrow() {
        super.orThrow();
        return this;
    }
}
