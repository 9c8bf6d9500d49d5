package dev.aikit.local.internal.guide;

import java.util.ArrayList;
import java.util.List;

/** The text of a Java file with its first type found in it. It sees comments, texts and braces, and nothing else. */
final class JavaSource {
    private final String text;
    /** The same text with the content of comments and literals blanked, so that a brace in it is a brace. */
    private final String bare;

    JavaSource(String text) {
        this.text = text;
        this.bare = blanked(text);
    }

    /** A member of the type, or the type itself: its Javadoc, without the marks, and its source after that. */
    record Declaration(String javadoc, String code) {}

    /** The first type; its code starts after the imports. Empty if the file declares none. */
    List<Declaration> type() {
        int open = bare.indexOf('{');
        int close = bare.lastIndexOf('}');
        if (open < 0 || close < open) return List.of();
        return List.of(declaration(bare.lastIndexOf(';', open) + 1, close + 1));
    }

    /** The members of the first type, in order. */
    List<Declaration> members() {
        List<Declaration> members = new ArrayList<>();
        int open = bare.indexOf('{');
        if (open < 0) return members;
        int depth = 0;
        int start = open + 1;
        for (int i = open; i < bare.length(); i++) {
            char c = bare.charAt(i);
            if (c == '{') depth++;
            if (c == '}') depth--;
            if (depth == 0) break;
            if (depth == 1 && (c == ';' || c == '}')) {
                members.add(declaration(start, i + 1));
                start = i + 1;
            }
        }
        return members;
    }

    private Declaration declaration(int from, int to) {
        String declared = text.substring(from, to);
        int begin = declared.indexOf("/**");
        int end = declared.indexOf("*/");
        boolean documented =
                begin >= 0 && end > begin && bare.substring(from, from + begin).isBlank();
        if (!documented) return new Declaration("", declared.stripIndent().strip());
        String code = declared.substring(end + 2).replaceFirst("^\\s*?\\n", "");
        return new Declaration(
                plain(declared.substring(begin + 3, end)), code.stripIndent().strip());
    }

    private static String plain(String javadoc) {
        return javadoc.replaceAll("(?m)^\\s*\\*", "")
                .replaceAll("(?s)<pre>.*?</pre>", " ")
                .replaceAll("(?s)\\n\\s*@\\w+.*", " ")
                .replaceAll("\\{@(?:code|literal|link|linkplain)\\s+([^}]*)}", "`$1`")
                .replaceAll("<[^>]*>", " ")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String blanked(String text) {
        StringBuilder bare = new StringBuilder(text);
        int i = 0;
        while (i < text.length()) {
            int end = skipped(text, i);
            for (int j = i; j < end; j++) if (text.charAt(j) != '\n') bare.setCharAt(j, ' ');
            i = Math.max(end, i + 1);
        }
        return bare.toString();
    }

    /** Where the comment or literal that starts here ends; the same place if none does. */
    private static int skipped(String text, int i) {
        if (text.startsWith("//", i)) return after(text, "\n", i);
        if (text.startsWith("/*", i)) return after(text, "*/", i + 2);
        if (text.startsWith("\"\"\"", i)) return after(text, "\"\"\"", i + 3);
        char quote = text.charAt(i);
        if (quote != '"' && quote != '\'') return i;
        int end = i + 1;
        while (end < text.length() && text.charAt(end) != quote) end += text.charAt(end) == '\\' ? 2 : 1;
        return Math.min(end + 1, text.length());
    }

    private static int after(String text, String mark, int from) {
        int at = text.indexOf(mark, from);
        return at < 0 ? text.length() : at + mark.length();
    }
}
