package dev.aikit;

import dev.aikit.json.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds a name that stands twice in one object of JSON: of the two values only the last would count, unseen. */
final class RepeatedNames {
    /** An object or an array that is open; {@code name} is that of the value at hand. */
    private static final class Level {
        final boolean object;
        final Map<String, Integer> lines = new HashMap<>();
        String name = "";

        Level(boolean object) {
            this.object = object;
        }
    }

    private final Deque<Level> levels = new ArrayDeque<>();
    private final String json;
    private int line = 1;
    private boolean nameExpected;

    private RepeatedNames(String json) {
        this.json = json;
    }

    /** The place of the first one with the lines of both; null if there is none. The text is known to be JSON. */
    static @Nullable String in(String json) {
        return new RepeatedNames(json).find();
    }

    private @Nullable String find() {
        for (int at = 0; at < json.length(); at++) {
            char c = json.charAt(at);
            switch (c) {
                case '\n' -> line++;
                case '{', '[' -> levels.addLast(new Level(c == '{'));
                case '}', ']' -> levels.removeLast();
                default -> {}
            }
            if (c == '"') {
                int end = endOfText(at);
                String repeated = nameExpected ? repeated(json.substring(at, end + 1)) : null;
                if (repeated != null) return repeated;
                at = end;
            }
            if (!Character.isWhitespace(c)) nameExpected = (c == '{' || c == ',') && levels.getLast().object;
        }
        return null;
    }

    private int endOfText(int start) {
        int at = start + 1;
        while (json.charAt(at) != '"') at += json.charAt(at) == '\\' ? 2 : 1;
        return at;
    }

    private @Nullable String repeated(String quoted) {
        Level level = levels.getLast();
        level.name = Json.parse(quoted).asText();
        Integer before = level.lines.putIfAbsent(level.name, line);
        return before == null ? null : place() + " stands there twice, in line " + before + " and in line " + line;
    }

    private String place() {
        StringBuilder place = new StringBuilder();
        for (Level level : levels)
            if (level.object) place.append(place.isEmpty() ? "" : ".").append(level.name);
        return place.toString();
    }
}
