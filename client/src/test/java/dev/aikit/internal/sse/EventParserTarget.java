package dev.aikit.internal.sse;

import dev.aikit.fuzz.Cuts;
import dev.aikit.internal.TooLarge;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Any bytes as a stream of events: as the standard reads them, however they are cut, and never more of them than allowed. */
public final class EventParserTarget {
    private static final int PLENTY = 1 << 24;

    private EventParserTarget() {}

    /** The first byte chooses the cuts and a limit. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) return;
        byte[] stream = Arrays.copyOfRange(input, 1, input.length);
        List<String> expected = ReferenceEvents.of(stream);
        same(expected, parse(Cuts.none(stream), PLENTY), "in one piece");
        same(expected, parse(Cuts.everywhere(stream), PLENTY), "byte by byte");
        List<ByteBuffer> pieces = Cuts.random(stream, new Random(input[0]));
        same(expected, parse(pieces, PLENTY), "in pieces");
        int limit = 1 + (input[0] & 0xff);
        same(parse(Cuts.none(stream), limit), parse(pieces, limit), "in pieces under a limit");
    }

    private static void same(List<String> expected, List<String> found, String how) {
        if (!expected.equals(found)) throw new AssertionError(how + ": " + found + " instead of " + expected);
    }

    private static List<String> parse(List<ByteBuffer> pieces, int limit) {
        List<String> events = new ArrayList<>();
        EventParser parser = new EventParser(limit);
        EventParser.Listener all = (name, data, length, whole) -> events.add(
                name + "|" + new String(data, 0, length, StandardCharsets.ISO_8859_1) + (whole ? "" : "|cut"));
        try {
            for (ByteBuffer piece : pieces) parser.feed(piece.duplicate(), all);
            parser.end(all);
        } catch (TooLarge tooLarge) {
            events.add("too large");
        }
        return events;
    }
}
