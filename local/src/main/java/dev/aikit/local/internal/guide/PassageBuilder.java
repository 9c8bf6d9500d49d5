package dev.aikit.local.internal.guide;

import dev.aikit.local.internal.guide.Passage.Kind;
import dev.aikit.local.internal.guide.Passage.Unit;
import java.util.ArrayList;
import java.util.List;

/** Collects the units of one section and cuts them into passages of a size that a vector can stand for. */
final class PassageBuilder {
    private static final int FULL = 90;
    private static final int ENOUGH = 20;

    private final String source;
    private final List<Passage> passages = new ArrayList<>();
    private final List<Unit> units = new ArrayList<>();
    private String heading = "";
    private int words;

    PassageBuilder(String source) {
        this.source = source;
    }

    /** What follows stands under another heading. */
    void heading(String path) {
        flush();
        heading = path;
    }

    void prose(String paragraph) {
        if (paragraph.isBlank()) return;
        if (words >= FULL || last(Kind.CODE) && words >= ENOUGH) flush();
        for (String sentence : Sentences.of(paragraph)) add(Kind.SENTENCE, sentence);
    }

    /** A list item; a list is cut only between items, so that its introduction stays with it. */
    void item(String text) {
        if (words >= FULL && last(Kind.ITEM)) flush();
        if (!text.isBlank()) add(Kind.ITEM, text);
    }

    /** Rows of one table; where it is cut, its head is repeated. */
    void table(String head, List<String> rows) {
        add(Kind.TABLE_HEAD, head);
        for (String row : rows) {
            if (words >= FULL && last(Kind.ROW)) {
                flush();
                add(Kind.TABLE_HEAD, head);
            }
            add(Kind.ROW, row);
        }
    }

    /** Code belongs to the prose before it. */
    void code(String language, String code) {
        add(Kind.CODE, "```" + language + "\n" + code.stripTrailing() + "\n```");
    }

    private void add(Kind kind, String text) {
        units.add(new Unit(kind, text));
        if (kind != Kind.CODE) words += text.split("\\s+").length;
    }

    private boolean last(Kind kind) {
        return !units.isEmpty() && units.get(units.size() - 1).kind() == kind;
    }

    private void flush() {
        if (!units.isEmpty()) passages.add(new Passage(source, heading, units));
        units.clear();
        words = 0;
    }

    List<Passage> passages() {
        flush();
        return List.copyOf(passages);
    }
}
