package dev.aikit.chat;

import dev.aikit.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the deltas of one answer together to its message. */
final class ChoicePieces {
    /** Fields of a delta that continue what came before; any other replaces it. */
    static final Set<String> CONTINUED = Set.of("content", "reasoning_content", "reasoning", "refusal", "thinking");

    /** Of a table for three: most messages have a role, a text and nothing in place of it. */
    private static final int FEW = 4;

    private final int index;
    private final int maxToolCalls;
    private final Map<String, Object> message = new LinkedHashMap<>(FEW);
    private final Map<String, TextPieces> texts = new LinkedHashMap<>(FEW);
    // Made when something comes that belongs into them: most of many open streams never need them, or only at the end.
    private Map<String, Object> fields = Map.of();
    private Map<String, ObjectPieces> objects = Map.of();
    private Map<String, Object> logprobs = Map.of();
    private @Nullable ToolCallPieces toolCalls;

    ChoicePieces(int index, int maxToolCalls) {
        this.index = index;
        this.maxToolCalls = maxToolCalls;
        message.put("role", "assistant");
        message.put("content", Json.of(null));
    }

    void add(Json choice) {
        choice.fields().forEach((name, value) -> {
            if (name.equals("delta")) delta(value);
            else if (name.equals("message")) wholeMessage(choice, value);
            else if (name.equals("logprobs")) logprobs(value.fields());
            else if (!isNothing(value) && !name.equals("index")) (fields = begun(fields)).put(name, value);
        });
    }

    private static <V> Map<String, V> begun(Map<String, V> map) {
        return map.isEmpty() ? new LinkedHashMap<>() : map;
    }

    private void logprobs(Map<String, Json> kinds) {
        if (kinds.isEmpty()) return;
        logprobs = begun(logprobs);
        kinds.forEach((kind, list) -> append(logprobs, kind, list));
    }

    private void toolCalls(List<Json> deltas) {
        if (toolCalls == null) toolCalls = new ToolCallPieces(maxToolCalls);
        toolCalls.add(deltas);
    }

    /** LocalAI says {@code "finish_reason":""} in every piece but the last. */
    private static boolean isNothing(Json value) {
        return !value.isPresent() || value.asText("something").isEmpty();
    }

    /** Stands in for the deltas where a server answers all at once; beside a delta it would only repeat the text. */
    private void wholeMessage(Json choice, Json message) {
        if (!choice.get("delta").isPresent()) delta(message);
    }

    private void delta(Json delta) {
        delta.fields().forEach((name, value) -> {
            if (!value.isPresent()) return;
            if (name.equals("tool_calls")) toolCalls(value.isArray() ? value.items() : List.of(value));
            else if (CONTINUED.contains(name) && (value.isString() || value.isArray()))
                texts.computeIfAbsent(name, any -> new TextPieces()).add(value);
            else if (value.isObject())
                (objects = begun(objects))
                        .computeIfAbsent(name, any -> new ObjectPieces())
                        .add(value);
            else if (value.isArray()) append(message, name, value);
            else if (!name.equals("role") || !value.asText().isEmpty()) message.put(name, value);
        });
    }

    /** The list that is there grows in place: made anew for each piece, a long one would take ever longer. */
    private static void append(Map<String, Object> to, String name, Json more) {
        if (to.get(name) instanceof ArrayList<?> soFar) {
            @SuppressWarnings("unchecked") // made below
            List<Object> list = (List<Object>) soFar;
            list.addAll(more.items());
        } else {
            to.put(name, more.isArray() ? new ArrayList<>(more.items()) : more);
        }
    }

    /** The text of that name that has begun; null if none has. */
    @Nullable
    TextPieces text(String name) {
        return texts.get(name);
    }

    boolean finished() {
        return fields.containsKey("finish_reason");
    }

    Json whole() {
        Map<String, Object> put = new LinkedHashMap<>(message);
        texts.forEach((name, text) -> put.put(name, text.whole()));
        objects.forEach((name, object) -> {
            if (!texts.containsKey(name)) put.put(name, object.whole()); // what was said is not taken back
        });
        if (toolCalls != null && !toolCalls.isEmpty()) put.put("tool_calls", toolCalls.whole());
        Map<String, Object> choice = new LinkedHashMap<>();
        choice.put("index", index);
        choice.put("message", put);
        choice.put("finish_reason", Json.of(null));
        choice.putAll(fields);
        if (!logprobs.isEmpty()) choice.put("logprobs", logprobs);
        return Json.of(choice);
    }

    /** An object that comes in pieces: sound, and the single function that old servers call. */
    private static final class ObjectPieces {
        private static final Set<String> CONTINUED_IN_OBJECTS = Set.of("data", "transcript", "arguments");

        private final Map<String, Object> known = new LinkedHashMap<>();

        void add(Json piece) {
            piece.fields().forEach((name, value) -> {
                boolean continued = CONTINUED_IN_OBJECTS.contains(name) && value.isString();
                if (known.get(name) instanceof StringBuilder soFar) {
                    if (continued) soFar.append(value.asText());
                } else if (value.isPresent()) {
                    known.put(name, continued ? new StringBuilder(value.asText()) : value);
                }
            });
        }

        Json whole() {
            return Json.of(known);
        }
    }
}
