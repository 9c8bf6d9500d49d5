package dev.aikit.local.internal.guide;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A piece of a document that answers for itself.
 *
 * @param source the file, from the root of what was read, with slashes
 * @param heading the headings that it stands under, outermost first, joined; in Java, the class and the method
 * @param units what it consists of, in order
 */
public record Passage(String source, String heading, List<Unit> units) {
    /** What stands between two headings in {@link #heading}. */
    static final String SEPARATOR = " › ";

    /** Speech, not statement: what somebody is quoted to ask says nothing about what the passage answers. */
    private static final Pattern QUOTED = Pattern.compile("\"[^\"\\n]*\\s[^\"\\n]*\"|“[^”]*”");

    /** What a unit is: it decides how it is shown. */
    public enum Kind {
        SENTENCE,
        ITEM,
        TABLE_HEAD,
        ROW,
        CODE
    }

    /** A sentence, a list item, a row of a table, its head, or a block of code with its fences. */
    public record Unit(Kind kind, String text) {
        boolean isProse() {
            return kind == Kind.SENTENCE || kind == Kind.ITEM || kind == Kind.ROW;
        }

        private String plain() {
            return text.replace('`', ' ')
                    .replace('|', ' ')
                    .replaceAll("\\s+", " ")
                    .strip();
        }
    }

    public Passage {
        units = List.copyOf(units);
    }

    /** What is compared with a question, as a whole: headings and prose. Code says little in the space of the model. */
    String topic() {
        String prose = units.stream().filter(Unit::isProse).map(Unit::plain).collect(Collectors.joining(" "));
        return unquoted(place() + ". " + prose);
    }

    /** One unit as it is compared with a question: alone, it would not tell what it is about. */
    String topic(Unit unit) {
        return unquoted(place() + ". " + unit.plain());
    }

    /** The headings without that of the document, which all of its passages share. */
    String place() {
        int document = heading.indexOf(SEPARATOR);
        return (document < 0 ? heading : heading.substring(document + SEPARATOR.length())).replace(SEPARATOR, ". ");
    }

    /** The innermost heading. */
    String innermostHeading() {
        int last = heading.lastIndexOf(SEPARATOR);
        return last < 0 ? heading : heading.substring(last + SEPARATOR.length());
    }

    /** The outermost heading: the title of the document. */
    String title() {
        int document = heading.indexOf(SEPARATOR);
        return document < 0 ? heading : heading.substring(0, document);
    }

    /** Everything, for finding words. Of code, only Java: other blocks show what somebody typed, or what was printed. */
    String words() {
        String java = units.stream()
                .filter(unit -> unit.kind() == Kind.CODE && unit.text().startsWith("```java"))
                .map(Unit::text)
                .collect(Collectors.joining(" "));
        return heading + " " + topic() + " " + unquoted(java);
    }

    private static String unquoted(String text) {
        return QUOTED.matcher(text).replaceAll(" ");
    }
}
