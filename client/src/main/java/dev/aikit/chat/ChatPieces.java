package dev.aikit.chat;

import dev.aikit.OpenAILimits;
import dev.aikit.internal.TooLarge;
import dev.aikit.internal.pieces.Repeated;
import dev.aikit.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts the pieces of a stream together to the answer that would have come in one. */
final class ChatPieces {
    private final Map<String, Object> fields = new LinkedHashMap<>();
    private final TreeMap<Integer, ChoicePieces> choices = new TreeMap<>();
    private final OpenAILimits limits;
    private @Nullable RepeatedTexts going;

    ChatPieces(OpenAILimits limits) {
        this.limits = limits;
    }

    /**
     * Takes in one piece.
     *
     * @throws TooLarge if the answer has more choices or tool calls than are allowed
     */
    void add(Json piece) {
        piece.fields().forEach((name, value) -> {
            if (name.equals("choices") || !value.isPresent()) return;
            if (says(value)) fields.put(name, value);
            else fields.putIfAbsent(name, value);
        });
        int place = 0;
        for (Json choice : piece.get("choices").items())
            choices.computeIfAbsent(choice.get("index").asInt(place++), this::begun)
                    .add(choice);
    }

    /** Takes in a piece that repeats the last one that was added, if it can be seen that only texts go on. */
    boolean again(Repeated piece) {
        if (going == null || going.basis() != piece.basis()) going = RepeatedTexts.of(piece.basis(), choices);
        return going.add(piece, fields);
    }

    /** Azure's pieces about its filters have an empty id and model, and were created at 0. */
    private static boolean says(Json value) {
        return !value.asText("said").isEmpty() && !(value.isNumber() && value.asDouble(0) == 0);
    }

    private ChoicePieces begun(int index) {
        if (choices.size() == limits.maxChoices()) throw tooManyChoices();
        return new ChoicePieces(index, limits.maxToolCalls());
    }

    private TooLarge tooManyChoices() {
        return TooLarge.number("an answer with more choices", limits.maxChoices(), "maxChoices");
    }

    /**
     * Looks at an answer that came in one piece.
     *
     * @throws TooLarge if it has more choices or tool calls than are allowed
     */
    void check(Json answer) {
        if (answer.get("choices").size() > limits.maxChoices()) throw tooManyChoices();
        for (Json choice : answer.get("choices").items())
            if (choice.get("message").get("tool_calls").size() > limits.maxToolCalls())
                throw ToolCallPieces.tooMany(limits.maxToolCalls());
    }

    /** Whether each answer has said why it stopped. */
    boolean allFinished() {
        return !choices.isEmpty() && choices.values().stream().allMatch(ChoicePieces::finished);
    }

    Json whole() {
        if (fields.isEmpty() && choices.isEmpty()) return Json.missing();
        Map<String, Object> whole = new LinkedHashMap<>(fields);
        if (fields.containsKey("object")) whole.put("object", "chat.completion");
        List<Object> all = new ArrayList<>();
        for (ChoicePieces choice : choices.values()) all.add(choice.whole());
        whole.put("choices", all);
        return Json.of(whole);
    }
}
