package dev.aikit.local.internal.gguf;

import java.util.HashMap;
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
