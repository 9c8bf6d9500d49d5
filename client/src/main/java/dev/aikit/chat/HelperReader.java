package dev.aikit.chat;

import dev.aikit.OpenAIError;
import dev.aikit.internal.call.Continuation;
import dev.aikit.internal.call.Outcome;
import dev.aikit.internal.call.ResultReader;
import dev.aikit.internal.pieces.Repeated;
import dev.aikit.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the rounds of one prompt: answers that ask for tools, and the last one, which does not. */
final class HelperReader implements ResultReader<OpenAIChatCompletionsResult> {
    private final OpenAIChatHelper<?> helper;
    private final int conversation;
    private final List<OpenAIMessage> turn;
    private final @Nullable Consumer<OpenAIChatCompletionsStreamResult> listener;
    private volatile ChatReader answer;
    private final AtomicInteger rounds = new AtomicInteger();

    HelperReader(
            OpenAIChatHelper<?> helper,
            int conversation,
            List<OpenAIMessage> turn,
            @Nullable Consumer<OpenAIChatCompletionsStreamResult> listener) {
        this.helper = helper;
        this.conversation = conversation;
        this.turn = turn;
        this.listener = listener;
        this.answer = reader();
    }

    private ChatReader reader() {
        return new ChatReader(listener, helper.parameters().responseType(), helper.limits());
    }

    @Override
    public @Nullable Continuation next(Outcome outcome) {
        OpenAIMessage said = said(outcome);
        if (!helper.autoHandleToolCalls() || said.toolCalls().isEmpty() || rounds.get() >= helper.maxToolRounds())
            return null;
        rounds.incrementAndGet();
        return new ToolRound(helper, said, this::answered);
    }

    /** What the model said, with the role that some servers leave out and all expect back. */
    private static OpenAIMessage said(Outcome outcome) {
        OpenAIMessage said = new OpenAIChatCompletionsResult(outcome).choice().message();
        boolean complete = !said.json().isPresent() || !said.role().isEmpty();
        return complete ? said : new OpenAIMessage(said.json().with("role", "assistant"));
    }

    /** All tools have answered: the body of the next request. */
    private byte[] answered(OpenAIMessage question, List<OpenAIMessage> answers) {
        List<OpenAIMessage> longer = new ArrayList<>(turn);
        longer.add(question);
        longer.addAll(answers);
        byte[] body = helper.body(longer);
        turn.add(question);
        turn.addAll(answers);
        answer = reader();
        return body;
    }

    @Override
    public OpenAIChatCompletionsResult result(Outcome outcome) {
        OpenAIMessage said = said(outcome);
        OpenAIChatCompletionsResult result = answer.result(outcome);
        if (result.success() && said.json().isPresent()) turn.add(said);
        helper.ended(conversation, turn, result.errors());
        return result;
    }

    @Override
    public @Nullable OpenAIError misfit(Outcome outcome) {
        boolean asksOn =
                helper.autoHandleToolCalls() && !said(outcome).toolCalls().isEmpty();
        if (!asksOn) return answer.misfit(outcome);
        String message = "the model still asks for tools after " + rounds + " rounds (maxToolRounds)";
        return OpenAIError.of(OpenAIError.Kind.TOOL_ROUNDS, message, outcome.response(), null);
    }

    @Override
    public boolean isPortable() {
        return false;
    }

    @Override
    public void piece(Json piece) {
        answer.piece(piece);
    }

    @Override
    public boolean again(Repeated piece) {
        return answer.again(piece);
    }

    @Override
    public @Nullable Runnable listener(Outcome piece) {
        return answer.listener(piece);
    }

    @Override
    public void check(Json whole) {
        answer.check(whole);
    }

    @Override
    public boolean isWhole() {
        return answer.isWhole();
    }

    @Override
    public Json whole() {
        return answer.whole();
    }

    @Override
    public List<Json> piecesOf(Json whole) {
        return answer.piecesOf(whole);
    }
}
