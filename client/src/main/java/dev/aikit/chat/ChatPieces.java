package dev.aikit.chat;

import dev.aikit.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts the pieces of a stream together to the answer that would have come in one. */
final class ChatPieces {
    private final Map<String, Object> fields = new LinkedHashMap<>();
    private final TreeMap<Integer, ChoicePieces> choices = new TreeMap<>();

    void add(Json piece) {
        piece.fields().forEach((name, value) -> {
            if (!name.equals("choices") && value.isPresent()) fields.put(name, value);
        });
        int place = 0;
        for (Json choice : piece.get("choices").items())
            choices.computeIfAbsent(choice.get("index").asInt(place++), ChoicePieces::new)
                    .add(choice);
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
