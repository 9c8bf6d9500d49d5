package dev.aikit.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JSON once more, written after RFC 8259 and for nothing but to be compared. Numbers become {@link BigDecimal}s. */
final class ReferenceJson {
    /** What the text is not. */
    static final class NotJson extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private final String text;
    private int at;
    private int depth;
    /** Whether a number, a name or the depth is beyond what the client takes, which it may refuse. */
    boolean extreme;

    private ReferenceJson(String text) {
        this.text = text;
    }

    /** The value, and whether it is extreme. */
    record Read(Object value, boolean extreme) {}

    static Read read(String text) throws NotJson {
        ReferenceJson reader = new ReferenceJson(text);
        Object value = reader.value();
        reader.space();
        if (reader.at < text.length()) throw new NotJson();
        return new Read(value, reader.extreme);
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
    }

    private boolean take(String word) {
        space();
        if (!text.startsWith(word, at)) return false;
        at += word.length();
        return true;
    }

    private void need(String word) throws NotJson {
        if (!take(word)) throw new NotJson();
    }

    private Object value() throws NotJson {
        if (++depth > JsonReading.MAX_DEPTH) extreme = true;
        if (depth > 1000) throw new NotJson();
        try {
            if (take("{")) return object();
            if (take("[")) return array();
            depth--; // only arrays and objects are levels
            try {
                return scalar();
            } finally {
                depth++;
            }
        } finally {
            depth--;
        }
    }

    private Object scalar() throws NotJson {
        if (take("\"")) return string();
        if (take("true")) return true;
        if (take("false")) return false;
        if (take("null")) return null;
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        if (!number.lookingAt()) throw new NotJson();
        at = number.end();
        // What follows a number directly is part of it, and none of these may be.
        if (at < text.length() && " \t\r\n,]}".indexOf(text.charAt(at)) < 0) throw new NotJson();
        if (number.group().length() > 900) extreme = true;
        try {
            return new BigDecimal(number.group());
        } catch (NumberFormatException exponent) {
            extreme = true;
            return BigDecimal.ZERO;
        }
    }

    private Map<String, Object> object() throws NotJson {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (take("}")) return fields;
        do {
            need("\"");
            String name = string();
            // Jackson refuses halves of characters there, and only there.
            if (name.chars().anyMatch(c -> c >= 0xd800 && c < 0xe000)) extreme = true;
            need(":");
            fields.put(name, value());
        } while (take(","));
        need("}");
        return fields;
    }

    private List<Object> array() throws NotJson {
        List<Object> items = new ArrayList<>();
        if (take("]")) return items;
        do items.add(value());
        while (take(","));
        need("]");
        return items;
    }

    private String string() throws NotJson {
        StringBuilder made = new StringBuilder();
        while (true) {
            char c = next();
            if (c == '"') return made.toString();
            if (c < ' ') throw new NotJson();
            made.append(c == '\\' ? escape() : c);
        }
    }

    private char escape() throws NotJson {
        char c = next();
        if (c == 'u') {
            int code = 0;
            for (int i = 0; i < 4; i++) {
                int digit = "0123456789abcdef".indexOf(Character.toLowerCase(asciiOnly(next())));
                if (digit < 0) throw new NotJson();
                code = code * 16 + digit;
            }
            return (char) code;
        }
        int known = "\"\\/bfnrt".indexOf(c);
        if (known < 0) throw new NotJson();
        return "\"\\/\b\f\n\r\t".charAt(known);
    }

    private static char asciiOnly(char c) {
        return c < 128 ? c : ' ';
    }

    private char next() throws NotJson {
        if (at >= text.length()) throw new NotJson();
        return text.charAt(at++);
    }
}
