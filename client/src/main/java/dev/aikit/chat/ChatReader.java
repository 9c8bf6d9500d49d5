package dev.aikit.chat;

import dev.aikit.OpenAIError;
import dev.aikit.OpenAILimits;
import dev.aikit.internal.call.Outcome;
import dev.aikit.internal.call.ResultReader;
import dev.aikit.internal.pieces.Repeated;
import dev.aikit.json.Json;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads chat completions, whole or in pieces. */
final class ChatReader implements ResultReader<OpenAIChatCompletionsResult> {
    private final @Nullable Consumer<OpenAIChatCompletionsStreamResult> listener;
    private final @Nullable ResponseType type;
    private final ChatPieces pieces;

    ChatReader(
            @Nullable Consumer<OpenAIChatCompletionsStreamResult> listener,
            @Nullable ResponseType type,
            OpenAILimits limits) {
        this.listener = listener;
        this.type = type;
        this.pieces = new ChatPieces(limits);
    }

    @Override
    public OpenAIChatCompletionsResult result(Outcome outcome) {
        return new OpenAIChatCompletionsResult(outcome);
    }

    @Override
    public @Nullable OpenAIError misfit(Outcome outcome) {
        return type == null ? null : type.errorIn(result(outcome));
    }

    @Override
    public void piece(Json piece) {
        pieces.add(piece);
    }

    @Override
    public boolean again(Repeated piece) {
        return pieces.again(piece);
    }

    @Override
    public @Nullable Runnable listener(Outcome piece) {
        Consumer<OpenAIChatCompletionsStreamResult> hears = listener;
        return hears == null ? null : () -> hears.accept(new OpenAIChatCompletionsStreamResult(piece));
    }

    @Override
    public void check(Json answer) {
        pieces.check(answer);
    }

    @Override
    public boolean isWhole() {
        return pieces.allFinished();
    }

    @Override
    public Json whole() {
        return pieces.whole();
    }

    /** A server that does not stream answers all at once: one piece, with deltas in the place of messages. */
    @Override
    public List<Json> piecesOf(Json answer) {
        List<Json> choices = answer.get("choices")
                .map(choice -> choice.get("delta").isPresent() ? choice : choice.with("delta", choice.get("message")));
        return List.of(answer.with("choices", choices));
    }
}
