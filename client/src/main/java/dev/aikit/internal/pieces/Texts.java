package dev.aikit.internal.pieces;

import java.util.Arrays;

/**
 * Where in the bytes of JSON its texts stand, at any depth, in their order. Finds none in what it does not understand, be it
 * not JSON or only unusual. Which texts they are is looked up in the value that was read: see {@link Ways}.
 */
final class Texts {
    /** None. */
    static final int[] NONE = {};

    private static final int DEEPEST = 16;
    /** Of texts, so that a bit of a long can stand for each; and of the names of one object, which are compared in pairs. */
    private static final int MOST = 64;

    private static final class NotUnderstood extends RuntimeException {
        private static final long serialVersionUID = 1L;
        static final NotUnderstood INSTANCE = new NotUnderstood();

        private NotUnderstood() {
            super(null, null, false, false);
        }
    }

    private final byte[] json;
    private int[] places = new int[16];
    private int used;
    /** The beginnings and ends of the names of the objects that are being read, one object's behind the other's. */
    private int[] names = new int[32];

    private int named;
    private int depth;
    private int at;

    private Texts(byte[] json) {
        this.json = json;
    }

    /** Of each text where it begins, behind its quotation mark, and where it ends, before the other. */
    static int[] of(byte[] json) {
        Texts texts = new Texts(json);
        try {
            texts.value();
            texts.space();
            return texts.at == json.length ? Arrays.copyOf(texts.places, texts.used) : NONE;
        } catch (NotUnderstood | ArrayIndexOutOfBoundsException unusual) {
            return NONE;
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
        require(depth++ < DEEPEST);
        switch (next()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> text();
            default -> other();
        }
        depth--;
    }

    private void text() {
        int start = string();
        require(used < 2 * MOST);
        if (used == places.length) places = Arrays.copyOf(places, 2 * used);
        places[used++] = start;
        places[used++] = at - 1;
    }

    /** Goes to behind the closing quotation mark; returns where the text begins. */
    private int string() {
        int start = ++at;
        for (; json[at] != '"'; at++) if (json[at] == '\\') at++;
        at++;
        return start;
    }

    private void object() {
        int first = named;
        at++;
        if (next() == '}') {
            at++;
            return;
        }
        do {
            require(next() == '"');
            name(first);
            require(next() == ':');
            at++;
            value();
        } while (goesOn('}'));
        named = first;
    }

    /** Of two fields of one name the last counts. They are told apart by their bytes: so each has to be spelled plainly. */
    private void name(int first) {
        int start = string();
        int end = at - 1;
        for (int i = start; i < end; i++) require(json[i] >= ' ' && json[i] != '\\');
        for (int i = first; i < named; i += 2) require(!Arrays.equals(json, names[i], names[i + 1], json, start, end));
        require(named - first < 2 * MOST);
        if (named == names.length) names = Arrays.copyOf(names, 2 * named);
        names[named++] = start;
        names[named++] = end;
    }

    private void array() {
        at++;
        if (next() == ']') {
            at++;
            return;
        }
        do value();
        while (goesOn(']'));
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
