package dev.aikit.local.internal.guide;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a text that carry meaning, cut down to their stems. Parts of a name such as onTerminate count too. */
final class Terms {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final Pattern PART = Pattern.compile("\\p{Lu}?[\\p{Ll}]+|\\p{Lu}+(?!\\p{Ll})|\\p{N}+");

    private static final Set<String> EMPTY =
            Set.of(("a about after all also am an and any are as at be been before but by "
                            + "can could did do does done explain for from get give had has have he her him his how i if in into is "
                            + "it its just know let like make many may me might more most much must my need no not of on one or "
                            + "other our out please shall she should show so some such tell than that the their them then there "
                            + "these they this those thing to too up us use used using very want was way we were what when where "
                            + "whether which while who whose why will with without work would you your")
                    .split(" "));

    private Terms() {}

    static Set<String> of(String text) {
        Set<String> terms = new LinkedHashSet<>();
        for (Matcher word = WORD.matcher(text); word.find(); ) {
            add(word.group(), terms);
            for (Matcher part = PART.matcher(word.group()); part.find(); ) add(part.group(), terms);
        }
        return terms;
    }

    private static void add(String word, Set<String> terms) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (!EMPTY.contains(lower)) terms.add(stem(lower));
    }

    /** Crude, but the same for question and text: cancel, cancels, cancelled and cancelling become one. */
    private static String stem(String word) {
        String stem = word;
        if (stem.length() > 5 && stem.endsWith("ing")) stem = stem.substring(0, stem.length() - 3);
        else if (stem.length() > 4 && stem.endsWith("ed")) stem = stem.substring(0, stem.length() - 2);
        else if (stem.length() > 3 && stem.endsWith("s") && !stem.endsWith("ss"))
            stem = stem.substring(0, stem.length() - 1);
        int last = stem.length() - 1;
        if (last > 3 && stem.charAt(last) == stem.charAt(last - 1)) return stem.substring(0, last);
        if (last > 2 && stem.endsWith("e")) return stem.substring(0, last);
        if (last > 2 && stem.endsWith("y")) return stem.substring(0, last) + "i";
        return stem;
    }
}
