package dev.aikit.internal.pieces;

import java.util.Arrays;

/**
 * Looks for the {@link Texts} in bytes of JSON. Finds none in what it does not understand, be it not JSON or only unusual.
 */
final class TextSearch {
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
    private final Ints places = new Ints();
    private final Ints lastSteps = new Ints();
    private final Ints steps = new Ints();
    /** Where the names of the objects that are being read begin and end, one object's behind the other's. */
    private final Ints names = new Ints();

    private int step = Texts.NO_STEP;
    private int depth;
    private int at;

    private TextSearch(byte[] json) {
        this.json = json;
    }

    static Texts in(byte[] json) {
        TextSearch search = new TextSearch(json);
        try {
            search.value();
            search.space();
            if (search.at == json.length) return search.found();
        } catch (NotUnderstood | ArrayIndexOutOfBoundsException unusual) {
            return Texts.NONE;
        }
        return Texts.NONE;
    }

    private Texts found() {
        return places.used == 0 ? Texts.NONE : new Texts(json, places.all(), lastSteps.all(), steps.all());
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
        require(places.used < 2 * MOST);
        places.add(start);
        places.add(at - 1);
        lastSteps.add(step);
    }

    /** Goes to behind the closing quotation mark; returns where the text begins. */
    private int string() {
        int start = ++at;
        for (; json[at] != '"'; at++) if (json[at] == '\\') at++;
        at++;
        return start;
    }

    private void object() {
        int first = names.used;
        at++;
        if (next() == '}') {
            at++;
            return;
        }
        do {
            require(next() == '"');
            int start = string();
            int end = at - 1;
            name(first, start, end);
            require(next() == ':');
            at++;
            within(start, end);
        } while (goesOn('}'));
        names.used = first;
    }

    /** Of two fields of one name the last counts. They are told apart by their bytes: so each has to be spelled plainly. */
    private void name(int first, int start, int end) {
        for (int i = start; i < end; i++) require(json[i] >= ' ' && json[i] != '\\');
        for (int i = first; i < names.used; i += 2)
            require(!Arrays.equals(json, names.get(i), names.get(i + 1), json, start, end));
        require(names.used - first < 2 * MOST);
        names.add(start);
        names.add(end);
    }

    private void array() {
        at++;
        if (next() == ']') {
            at++;
            return;
        }
        int element = 0;
        do within(-1, element++);
        while (goesOn(']'));
    }

    private void within(int first, int second) {
        int before = step;
        step = steps.used;
        int textsBefore = places.used;
        steps.add(before);
        steps.add(first);
        steps.add(second);
        value();
        if (places.used == textsBefore) steps.used = step; // it leads to none
        step = before;
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

    /** Numbers in one array. */
    private static final class Ints {
        private int[] array = new int[16];
        private int used;

        void add(int number) {
            if (used == array.length) array = Arrays.copyOf(array, 2 * used);
            array[used++] = number;
        }

        int get(int place) {
            return array[place];
        }

        int[] all() {
            return Arrays.copyOf(array, used);
        }
    }
}
