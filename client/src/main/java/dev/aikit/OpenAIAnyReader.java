package dev.aikit;

import dev.aikit.internal.call.Outcome;
import dev.aikit.internal.call.ResultReader;
import dev.aikit.json.Json;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads answers of functions that this library does not have. */
final class OpenAIAnyReader<V> implements ResultReader<OpenAIAnyResult<V>> {
    /** The last events of OpenAI's other streams (Responses, Images, Audio), which have no {@code [DONE]}. */
    private static final Set<String> LAST = Set.of(
            "response.completed",
            "response.incomplete",
            "response.failed",
            "image_generation.completed",
            "image_edit.completed",
            "speech.audio.done",
            "transcript.text.done",
            "message_stop");

    private final Class<V> type;
    private final @Nullable Consumer<? super OpenAIAnyResult<V>> onData;
    private Json last = Json.missing();
    private String event = "";

    OpenAIAnyReader(Class<V> type, @Nullable Consumer<? super OpenAIAnyResult<V>> onData) {
        this.type = type;
        this.onData = onData;
    }

    @Override
    public OpenAIAnyResult<V> result(Outcome outcome) {
        return new OpenAIAnyResult<>(outcome, type, event);
    }

    @Override
    public void eventOf(String name) {
        event = name;
    }

    @Override
    public void piece(Json piece) {
        last = piece;
    }

    @Override
    public @Nullable Runnable listener(Outcome piece) {
        Consumer<? super OpenAIAnyResult<V>> listener = onData;
        String name = event;
        return listener == null ? null : () -> listener.accept(new OpenAIAnyResult<>(piece, type, name));
    }

    @Override
    public boolean isWhole() {
        if (LAST.contains(last.get("type").asText())) return true;
        return last.get("choices").items().stream()
                .anyMatch(choice -> !choice.get("finish_reason").asText().isEmpty());
    }

    @Override
    public Json whole() {
        return last;
    }
}
