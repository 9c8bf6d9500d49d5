package dev.aikit.local.internal.guide;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Cuts prose into sentences. */
final class Sentences {
    private static final Pattern NOT_AN_END = Pattern.compile("(?s).*\\b(e\\.g|i\\.e|etc|vs|cf|no|incl|approx)\\.\\s*");

    private Sentences() {}

    static List<String> of(String text) {
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ENGLISH);
        breaks.setText(text);
        List<String> sentences = new ArrayList<>();
        StringBuilder sentence = new StringBuilder();
        int from = breaks.first();
        for (int to = breaks.next(); to != BreakIterator.DONE; from = to, to = breaks.next()) {
            sentence.append(text, from, to);
            boolean insideCode = sentence.chars().filter(c -> c == '`').count() % 2 == 1;
            if (insideCode || NOT_AN_END.matcher(sentence).matches()) continue;
            add(sentence, sentences);
        }
        add(sentence, sentences);
        return sentences;
    }

    private static void add(StringBuilder sentence, List<String> sentences) {
        String text = sentence.toString().strip();
        if (!text.isEmpty()) sentences.add(text);
        sentence.setLength(0);
    }
}
