package dev.aikit.local.internal.gguf;

import dev.aikit.json.Json;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Private characters in place of those that the native library breaks when it hands a text back: it takes UTF-8 for Java's
 * modified form of it, which differs beyond U+FFFF and at U+0000. Without this an emoji would cut off the end of a prompt.
 */
final class StandIns {
    private static final char FIRST = '\uE000';
    private static final char LAST = '\uF8FF';

    private final Map<Integer, Character> standIns = new HashMap<>();
    private final String taken;
    private char next = FIRST;

    /** @param everything all texts that will be hidden: what occurs in them stands for nothing else */
    StandIns(String everything) {
        taken = everything;
    }

    String hide(String text) {
        StringBuilder hidden = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c > 0 && c <= Character.MAX_VALUE) hidden.append((char) c);
            else hidden.append(standIns.computeIfAbsent(c, any -> unused()));
        });
        return hidden.toString();
    }

    /** The same for all texts in a JSON value, as JSON. U+0000, which is escaped in JSON, would cut off what follows it. */
    String hideJson(Json value) {
        return hidden(value).toString();
    }

    private Json hidden(Json value) {
        if (value.isString()) return Json.of(hide(value.asText()));
        if (value.isArray()) return Json.of(value.map(this::hidden));
        if (!value.isObject()) return value;
        Map<String, Json> fields = new LinkedHashMap<>();
        value.fields().forEach((name, field) -> fields.put(hide(name), hidden(field)));
        return Json.of(fields);
    }

    private char unused() {
        while (next < LAST && taken.indexOf(next) >= 0) next++;
        return next < LAST ? next++ : '\uFFFD';
    }

    String restore(String text) {
        String restored = text;
        for (Map.Entry<Integer, Character> entry : standIns.entrySet()) {
            if (entry.getValue() == '\uFFFD') continue;
            restored = restored.replace(entry.getValue().toString(), Character.toString(entry.getKey()));
        }
        return restored;
    }
}
