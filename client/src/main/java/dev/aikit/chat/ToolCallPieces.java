package dev.aikit.chat;

import dev.aikit.internal.TooLarge;
import dev.aikit.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the deltas of tool calls together. Servers differ: a delta belongs to the call with its index, or else to the one
 * with its id, or else to the one before it; id and name count once, however often they come; arguments are continued.
 */
final class ToolCallPieces {
    private final int most;
    private final List<Call> calls = new ArrayList<>();

    ToolCallPieces(int most) {
        this.most = most;
    }

    /**
     * Takes the deltas of one piece.
     *
     * @throws TooLarge if these are more calls than are allowed
     */
    void add(List<Json> deltas) {
        for (Json delta : deltas) find(delta, deltas.size() > 1).add(delta);
    }

    private Call find(Json delta, boolean oneOfSeveral) {
        String id = delta.get("id").asText();
        Json index = delta.get("index");
        Call found = index.isNumber() ? byIndex(index.asInt(0)) : id.isEmpty() ? last(delta, oneOfSeveral) : byId(id);
        // Some servers number every call 0: another id, with a name of its own, begins another call.
        boolean another = found != null
                && !id.isEmpty()
                && !found.id.isEmpty()
                && !found.id.equals(id)
                && !delta.get("function").get("name").asText().isEmpty();
        if (found != null && another) found = byId(id);
        if (found != null) return found;
        if (calls.size() == most) throw tooMany(most);
        Call begun = new Call(index.isNumber() && !another ? index.asInt(0) : -1);
        calls.add(begun);
        return begun;
    }

    static TooLarge tooMany(int most) {
        return TooLarge.number("an answer with more tool calls", most, "maxToolCalls");
    }

    private @Nullable Call byIndex(int index) {
        for (Call call : calls) if (call.index == index) return call;
        return null;
    }

    private @Nullable Call byId(String id) {
        for (Call call : calls) if (call.id.equals(id)) return call;
        return null;
    }

    /** With neither index nor id, a name begins a call, and arguments alone continue the last one. */
    private @Nullable Call last(Json delta, boolean oneOfSeveral) {
        boolean begins = !delta.get("function").get("name").asText().isEmpty();
        return begins
                                && (oneOfSeveral
                                        || calls.isEmpty()
                                        || calls.get(calls.size() - 1).hasArguments())
                        || calls.isEmpty()
                ? null
                : calls.get(calls.size() - 1);
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    List<Json> whole() {
        return calls.stream().map(Call::whole).toList();
    }

    private static final class Call {
        private final int index;
        private final Map<String, Object> fields = new LinkedHashMap<>();
        private final Map<String, Object> function = new LinkedHashMap<>();
        private final StringBuilder arguments = new StringBuilder();
        private String id = "";

        Call(int index) {
            this.index = index;
        }

        void add(Json delta) {
            if (id.isEmpty()) id = delta.get("id").asText();
            delta.fields().forEach((name, value) -> {
                boolean empty = !value.isPresent()
                        || (value.isString() && value.asText().isEmpty());
                if (!empty && !name.equals("index") && !name.equals("function") && !name.equals("id"))
                    fields.put(name, value);
            });
            delta.get("function").fields().forEach((name, value) -> {
                if (name.equals("arguments")) arguments.append(value.isObject() ? value.toString() : value.asText());
                else if (value.isPresent() && !value.asText().isEmpty()) function.putIfAbsent(name, value);
            });
        }

        boolean hasArguments() {
            return arguments.length() > 0;
        }

        Json whole() {
            Map<String, Object> call = new LinkedHashMap<>();
            call.put("id", id);
            call.put("type", "function");
            call.putAll(fields);
            Map<String, Object> named = new LinkedHashMap<>(function);
            named.put("arguments", arguments.toString().isBlank() ? "{}" : arguments.toString());
            call.put("function", named);
            return Json.of(call);
        }
    }
}
