package dev.aikit.json;

import static dev.aikit.json.JsonTokens.UNKNOWN;

import dev.aikit.json.JsonNames.Name;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON as servers write it, in one pass over its bytes. What it does not know at sight, be it an error, a number of many
 * digits or a text that is not UTF-8, it leaves alone: what such bytes mean, if anything, is for {@link JsonReading} to say.
 */
final class JsonAtSight {
    /** Answers are rarely deeper than ten. */
    private static final int MAX_DEPTH = 50;

    private static final Name FIRST = new Name(new byte[0]);

    /** Names and values; of an object or array its end counts as well for {@link JsonReading#MAX_TOKENS}. */
    private static final int MOST = JsonReading.MAX_TOKENS / 2;

    private final JsonTokens tokens;
    private final JsonParts parts = new JsonParts();
    private int seen;
    private Name last = FIRST;

    private JsonAtSight(JsonTokens tokens) {
        this.tokens = tokens;
    }

    /** The value, or {@link JsonTokens#UNKNOWN}. */
    static @Nullable Object read(byte[] utf8) {
        JsonTokens tokens = new JsonTokens(utf8);
        Object value = new JsonAtSight(tokens).value(MAX_DEPTH);
        return tokens.isAtEnd() ? value : UNKNOWN;
    }

    private @Nullable Object value(int depth) {
        if (seen++ == MOST) return UNKNOWN; // may be over the limit
        int first = tokens.next();
        return switch (first) {
            case '"' -> tokens.text();
            case '{' -> depth == 0 ? UNKNOWN : object(depth - 1);
            case '[' -> depth == 0 ? UNKNOWN : array(depth - 1);
            case 't' -> tokens.isNext("rue") ? (Object) true : UNKNOWN;
            case 'f' -> tokens.isNext("alse") ? (Object) false : UNKNOWN;
            case 'n' -> tokens.isNext("ull") ? null : UNKNOWN;
            default -> tokens.number(first);
        };
    }

    private Object object(int depth) {
        int start = parts.begin();
        int next = tokens.next();
        if (next == '}') return Map.of();
        while (next == '"') {
            Object name = name();
            if (name == UNKNOWN || tokens.next() != ':') return UNKNOWN;
            Object value = value(depth);
            if (value == UNKNOWN) return UNKNOWN;
            parts.add(name);
            parts.add(value);
            next = tokens.next();
            if (next == '}') return parts.object(start);
            if (next != ',') return UNKNOWN;
            next = tokens.next();
        }
        return UNKNOWN;
    }

    private Object array(int depth) {
        int start = parts.begin();
        if (tokens.next() == ']') return List.of();
        tokens.back();
        int next;
        do {
            Object value = value(depth);
            if (value == UNKNOWN) return UNKNOWN;
            parts.add(value);
            next = tokens.next();
        } while (next == ',');
        return next == ']' ? parts.array(start) : UNKNOWN;
    }

    /** One with an escape is not known at sight: Jackson has rules of its own for those. */
    private Object name() {
        if (seen++ == MOST) return UNKNOWN;
        int start = tokens.at;
        Name name = JsonNames.again(last, tokens.json, start);
        if (name == null) {
            int end = tokens.end(start);
            if (tokens.peek(end) != '"' || end - start > JsonTokens.MAX_LENGTH) return UNKNOWN;
            name = JsonNames.name(last, tokens.json, start, end);
        }
        last = name;
        tokens.at = start + name.length() + 1;
        return name.text;
    }
}
