package dev.aikit.local.internal.guide;

import dev.aikit.local.internal.guide.JavaSource.Declaration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts an example into passages: the whole class while that is short, else one for each method. */
final class JavaSplitter {
    private static final int SHORT = 45;
    private static final Pattern NAME = Pattern.compile("(\\w+)\\s*\\(");

    private JavaSplitter() {}

    static List<Passage> split(String source, String text) {
        String name = source.replaceFirst(".*/", "").replaceFirst("\\.java$", "");
        JavaSource java = new JavaSource(text);
        PassageBuilder builder = new PassageBuilder(source);
        for (Declaration type : java.type()) {
            String about = type.javadoc().isEmpty() ? spoken(name) + "." : type.javadoc();
            if (lines(type.code()) <= SHORT) {
                builder.heading("Example " + name);
                builder.prose(about);
                builder.code("java", type.code());
            } else {
                java.members().stream()
                        .filter(member -> member.code().contains("{"))
                        .forEach(member -> method(builder, name, about, member));
            }
        }
        return builder.passages();
    }

    private static void method(PassageBuilder builder, String type, String about, Declaration member) {
        Matcher name = NAME.matcher(member.code());
        builder.heading("Example " + type + (name.find() ? Passage.SEPARATOR + name.group(1) : ""));
        builder.prose(member.javadoc().isEmpty() ? about : member.javadoc());
        builder.code("java", shortened(member.code()));
    }

    private static String shortened(String code) {
        List<String> lines = code.lines().toList();
        return lines.size() <= SHORT ? code : String.join("\n", lines.subList(0, SHORT)) + "\n    // …";
    }

    private static long lines(String code) {
        return code.lines().count();
    }

    /** CancelACall becomes "Cancel a call". */
    private static String spoken(String name) {
        String words = name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
                .toLowerCase(java.util.Locale.ROOT);
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
