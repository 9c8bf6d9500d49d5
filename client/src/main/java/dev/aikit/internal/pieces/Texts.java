package dev.aikit.internal.pieces;

import java.nio.charset.StandardCharsets;
import java.util.LinkedList;
import java.util.List;

/**
 * Where in the bytes of JSON its texts stand, at any depth, in their order, and the ways to them. In numbers, for each of
 * thousands of streams has its own, and most ways are never asked for.
 */
final class Texts {
    static final int NO_STEP = -1;
    static final Texts NONE = new Texts(new byte[0], new int[0], new int[0], new int[0]);

    /** Of each text where it begins, behind its quotation mark, and where it ends, before the other. */
    final int[] places;

    private final byte[] json;
    private final int[] lastSteps;
    private final int[] steps;

    /**
     * As they were found.
     *
     * @param lastSteps of each text the place in {@code steps} of the last one to it
     * @param steps three numbers each: the place of the step before; then of a field where its name begins and ends, which is
     *     plain ASCII, of an element -1 and its number
     */
    Texts(byte[] json, int[] places, int[] lastSteps, int[] steps) {
        this.json = json;
        this.places = places;
        this.lastSteps = lastSteps;
        this.steps = steps;
    }

    int size() {
        return lastSteps.length;
    }

    /** The way to a text: names of fields, and numbers of elements. */
    List<Object> way(int text) {
        LinkedList<Object> way = new LinkedList<>();
        for (int step = lastSteps[text]; step != NO_STEP; step = steps[step]) way.addFirst(named(step));
        return List.copyOf(way);
    }

    private Object named(int step) {
        int first = steps[step + 1];
        int second = steps[step + 2];
        return first < 0 ? (Object) second : new String(json, first, second - first, StandardCharsets.US_ASCII);
    }

    /** The number of the text to which that way leads; -1 if there is none. */
    int number(List<Object> way) {
        int text = size() - 1;
        while (text >= 0 && !leads(lastSteps[text], way)) text--;
        return text;
    }

    private boolean leads(int last, List<Object> way) {
        int step = last;
        for (int i = way.size() - 1; i >= 0; i--, step = steps[step])
            if (step == NO_STEP || !named(step).equals(way.get(i))) return false;
        return step == NO_STEP;
    }
}
