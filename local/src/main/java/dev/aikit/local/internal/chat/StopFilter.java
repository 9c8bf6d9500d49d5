package dev.aikit.local.internal.chat;

import java.util.List;

/** Lets text through up to the first stop text, which may come in several pieces. */
final class StopFilter {
    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();
    private boolean found;

    StopFilter(List<String> stops) {
        this.stops = stops;
    }

    /** Takes the next piece, and gives what can be told not to be part of a stop text. */
    String add(String piece) {
        if (stops.isEmpty()) return piece;
        held.append(piece);
        int stop = firstStop();
        if (stop >= 0) {
            found = true;
            held.setLength(stop);
            return rest();
        }
        int safe = held.length() - longestBeginning();
        String text = held.substring(0, safe);
        held.delete(0, safe);
        return text;
    }

    /** What was held back although no stop text came of it. */
    String rest() {
        String text = held.toString();
        held.setLength(0);
        return text;
    }

    boolean found() {
        return found;
    }

    private int firstStop() {
        return stops.stream()
                .mapToInt(held::indexOf)
                .filter(at -> at >= 0)
                .min()
                .orElse(-1);
    }

    private int longestBeginning() {
        int longest = 0;
        for (String stop : stops) {
            for (int length = Math.min(stop.length() - 1, held.length()); length > longest; length--) {
                if (stop.startsWith(held.substring(held.length() - length))) longest = length;
            }
        }
        return longest;
    }
}
