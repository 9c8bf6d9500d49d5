package dev.aikit.internal.multipart;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads multipart/form-data strictly, by RFC 7578 and 2046 alone. */
final class PartsReader {
    private static final Pattern BOUNDARY =
            Pattern.compile("multipart/form-data; boundary=([0-9A-Za-z'()+_,./:=?-]{1,70})");
    private static final Pattern DISPOSITION =
            Pattern.compile("form-data; name=\"([^\"]*)\"(?:; filename=\"([^\"]*)\")?");
    private static final Pattern ESCAPE = Pattern.compile("%(0[0-9A-F]|1[0-9A-F]|22|7F)");

    private PartsReader() {}

    record Part(String name, @Nullable String fileName, byte[] content) {}

    /** The parts in their order; names as {@link #plain}. */
    static List<Part> read(String contentType, byte[] body) {
        Matcher type = BOUNDARY.matcher(contentType);
        if (!type.matches()) throw new AssertionError("no valid type: " + contentType);
        // Each byte is a character here, so that places in the text are places in the body.
        String text = "\r\n" + new String(body, StandardCharsets.ISO_8859_1);
        String delimiter = "\r\n--" + type.group(1);
        List<Part> parts = new ArrayList<>();
        int at = text.indexOf(delimiter);
        if (at != 0) throw new AssertionError("something stands before the first part");
        while (!text.startsWith("--", at + delimiter.length())) {
            int from = at + delimiter.length();
            if (!text.startsWith("\r\n", from)) throw new AssertionError("no end of line after a boundary");
            at = text.indexOf(delimiter, from);
            if (at < 0) throw new AssertionError("the last boundary is missing");
            parts.add(part(text.substring(from + 2, at)));
        }
        if (!text.substring(at + delimiter.length()).equals("--\r\n"))
            throw new AssertionError("something stands after the last part");
        return parts;
    }

    private static Part part(String text) {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) throw new AssertionError("a part without the end of its head");
        String[] lines = text.substring(0, end).split("\r\n", -1);
        Part found = null;
        for (String line : lines) {
            int colon = line.indexOf(": ");
            if (colon < 1 || line.matches("(?s).*[\r\n].*")) throw new AssertionError("no header: " + line);
            if (!line.substring(0, colon).equalsIgnoreCase("content-disposition")) continue;
            Matcher disposition = DISPOSITION.matcher(line.substring(colon + 2));
            if (!disposition.matches() || found != null) throw new AssertionError("no valid disposition: " + line);
            String file = disposition.group(2);
            found = new Part(
                    name(disposition.group(1)),
                    file == null ? null : name(file),
                    text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1));
        }
        if (found == null) throw new AssertionError("a part without a disposition: " + Arrays.toString(lines));
        return found;
    }

    private static String name(String bytes) {
        return plain(new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }

    /** The name as a reader has it that undoes the escapes; it cannot tell them from a name that looks like one. */
    static String plain(String name) {
        return ESCAPE.matcher(name)
                .replaceAll(
                        escape -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(escape.group(1), 16))));
    }
}
