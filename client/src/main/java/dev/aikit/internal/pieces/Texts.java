package dev.aikit.internal.pieces;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Where in the bytes of an object its texts stand, at any depth, and the way to each: names of fields, and numbers of
 * elements. Finds none in what it does not understand, be it not JSON or only unusual.
 */
final class Texts {
    private static final int DEEPEST = 16;
    /** Of texts, so that a bit of a long can stand for each; and of the names of one object, which are compared in pairs. */
    private static final int MOST = 64;

    /** A text between its quotation marks, from {@code start} to before {@code end}. */
    record Place(int start, int end, List<Object> way) {}

    private static final class NotUnderstood extends RuntimeException {
        private static final long serialVersionUID = 1L;
        static final NotUnderstood INSTANCE = new NotUnderstood();

        private NotUnderstood() {
            super(null, null, false, false);
        }
    }

    private final byte[] json;
    private final List<Place> places = new ArrayList<>();
    private final List<Object> way = new ArrayList<>();
    private int at;

    private Texts(byte[] json) {
        this.json = json;
    }

    static List<Place> of(byte[] json) {
        Texts texts = new Texts(json);
        try {
            texts.value();
            texts.space();
            return texts.at == json.length ? List.copyOf(texts.places) : List.of();
        } catch (NotUnderstood | ArrayIndexOutOfBoundsException unusual) {
            return List.of();
        }
    }

    private void space() {
        while (at < json.length && json[at] >= 0 && json[at] <= ' ') at++;
    }

    private byte next() {
        space();
        return json[at];
    }

    private void require(boolean condition) {
        if (!condition) throw NotUnderstood.INSTANCE;
    }

    private void value() {
        require(way.size() < DEEPEST);
        switch (next()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> text();
            default -> other();
        }
    }

    private void text() {
        int start = string();
        require(places.size() < MOST);
        places.add(new Place(start, at - 1, List.copyOf(way)));
    }

    /** Goes to behind the closing quotation mark; returns where the text begins. */
    private int string() {
        int start = ++at;
        for (; json[at] != '"'; at++) if (json[at] == '\\') at++;
        at++;
        return start;
    }

    private void object() {
        List<String> names = new ArrayList<>();
        at++;
        if (next() == '}') {
            at++;
            return;
        }
        while (true) {
            require(next() == '"');
            int start = string();
            String name = new String(json, start, at - 1 - start, StandardCharsets.UTF_8);
            // Of two fields of one name the last counts; a name in escapes may be one of them.
            require(name.indexOf('\\') < 0 && !names.contains(name) && names.size() < MOST);
            names.add(name);
            require(next() == ':');
            at++;
            within(name);
            if (!goesOn('}')) return;
        }
    }

    private void array() {
        at++;
        if (next() == ']') {
            at++;
            return;
        }
        int element = 0;
        do within(element++);
        while (goesOn(']'));
    }

    private void within(Object step) {
        way.add(step);
        value();
        way.remove(way.size() - 1);
    }

    private boolean goesOn(char end) {
        byte b = next();
        at++;
        require(b == ',' || b == end);
        return b == ',';
    }

    /** A number, or true, false or null: whoever reads the JSON sees which. */
    private void other() {
        int start = at;
        while (at < json.length && "+-.".indexOf(json[at]) >= 0
                || at < json.length && Character.isLetterOrDigit(json[at])) at++;
        require(at > start);
    }
}
