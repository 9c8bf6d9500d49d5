package dev.aikit.internal.sse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The grammar of server-sent events once more, written after the text of the WHATWG HTML standard and for nothing but to be
 * compared: slow, on the whole stream at once, one character for each byte.
 */
final class ReferenceEvents {
    private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

    private final List<String> events = new ArrayList<>();
    private String type = "";
    private String data = "";

    private ReferenceEvents() {}

    /** The events, as {@link EventParserTarget} writes them down. */
    static List<String> of(byte[] stream) {
        ReferenceEvents reference = new ReferenceEvents();
        String text = new String(stream, StandardCharsets.ISO_8859_1);
        if (text.startsWith(BYTE_ORDER_MARK)) text = text.substring(3);
        String[] lines = text.split("\r\n|\n|\r", -1);
        for (int i = 0; i < lines.length - 1; i++) reference.line(lines[i]);
        // Where the client departs from the standard: what stands at the end without its blank line counts.
        if (!lines[lines.length - 1].isEmpty()) reference.line(lines[lines.length - 1]);
        reference.dispatch("|cut");
        return reference.events;
    }

    private void line(String line) {
        if (line.isEmpty()) {
            dispatch("");
            return;
        }
        int colon = line.indexOf(':');
        String field = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1);
        if (value.startsWith(" ")) value = value.substring(1);
        if (field.equals("event")) type = value;
        // The client departs from the standard here too.
        if (field.equals("error")) type = "error";
        if (field.equals("data") || field.equals("error")) data += value + "\n";
    }

    private void dispatch(String mark) {
        if (!data.isEmpty())
            events.add(new String(type.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8) + "|"
                    + data.substring(0, data.length() - 1) + mark);
        type = "";
        data = "";
    }
}
