package dev.aikit.chat;

import dev.aikit.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts the deltas of one answer together to its message. */
final class ChoicePieces {
    /** Fields of a delta that continue what came before; any other replaces it. */
    private static final Set<String> CONTINUED =
            Set.of("content", "reasoning_content", "reasoning", "refusal", "thinking");

    private final int index;
    private final Map<String, Object> fields = new LinkedHashMap<>();
    private final Map<String, Object> message = new LinkedHashMap<>();
    private final Map<String, StringBuilder> texts = new LinkedHashMap<>();
    private final Map<String, ObjectPieces> objects = new LinkedHashMap<>();
    private final ToolCallPieces toolCalls = new ToolCallPieces();

    ChoicePieces(int index) {
        this.index = index;
        message.put("role", "assistant");
        message.put("content", Json.of(null));
    }

    void add(Json choice) {
        choice.fields().forEach((name, value) -> {
            if (name.equals("delta")) delta(value);
            else if (name.equals("message")) wholeMessage(choice, value);
            else if (name.equals("logprobs")) value.fields().forEach((kind, list) -> append("logprobs", kind, list));
            else if (value.isPresent() && !name.equals("index")) fields.put(name, value);
        });
    }

    /** Stands in for the deltas where a server answers all at once; beside a delta it would only repeat the text. */
    private void wholeMessage(Json choice, Json message) {
        if (!choice.get("delta").isPresent()) delta(message);
    }

    private void delta(Json delta) {
        delta.fields().forEach((name, value) -> {
            if (!value.isPresent()) return;
            if (name.equals("tool_calls")) toolCalls.add(value.items());
            else if (CONTINUED.contains(name) && value.isString()) continueText(name, value.asText());
            else if (value.isObject())
                objects.computeIfAbsent(name, any -> new ObjectPieces()).add(value);
            else if (value.isArray()) message.merge(name, value, ChoicePieces::joined);
            else if (!name.equals("role") || !value.asText().isEmpty()) message.put(name, value);
        });
    }

    private void continueText(String name, String text) {
        texts.computeIfAbsent(name, any -> new StringBuilder()).append(text);
    }

    private void append(String field, String kind, Json list) {
        Json soFar = Json.of(fields.getOrDefault(field, Map.of()));
        fields.put(field, soFar.with(kind, soFar.get(kind).isArray() ? joined(soFar.get(kind), list) : list));
    }

    private static Object joined(Object soFar, Object more) {
        List<Object> all = new ArrayList<>(Json.of(soFar).items());
        all.addAll(Json.of(more).items());
        return all;
    }

    boolean finished() {
        return fields.containsKey("finish_reason");
    }

    Json whole() {
        Map<String, Object> put = new LinkedHashMap<>(message);
        texts.forEach((name, text) -> put.put(name, text.toString()));
        objects.forEach((name, object) -> put.put(name, object.whole()));
        if (!toolCalls.isEmpty()) put.put("tool_calls", toolCalls.whole());
        Map<String, Object> choice = new LinkedHashMap<>();
        choice.put("index", index);
        choice.put("message", put);
        choice.put("finish_reason", Json.of(null));
        choice.putAll(fields);
        return Json.of(choice);
    }

    /** An object that comes in pieces: sound, and the single function that old servers call. */
    private static final class ObjectPieces {
        private static final Set<String> CONTINUED_IN_OBJECTS = Set.of("data", "transcript", "arguments");

        private final Map<String, Object> known = new LinkedHashMap<>();

        void add(Json piece) {
            piece.fields().forEach((name, value) -> {
                if (CONTINUED_IN_OBJECTS.contains(name) && value.isString())
                    ((StringBuilder) known.computeIfAbsent(name, any -> new StringBuilder())).append(value.asText());
                else if (value.isPresent()) known.put(name, value);
            });
        }

        Json whole() {
            return Json.of(known);
        }
    }
}
