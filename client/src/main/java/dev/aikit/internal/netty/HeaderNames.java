package dev.aikit.internal.netty;

import io.netty.util.AsciiString;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The names of headers. Servers use the same few again and again: those are made once. Of one loop. */
final class HeaderNames {
    /** A server that thinks up names takes the place of others, and no more of our memory. */
    private static final int SLOTS = 128;

    private static final int LONGEST = 64;

    private final @Nullable Name[] known = new Name[SLOTS];

    private record Name(AsciiString asSent, String lowerCase) {}

    private static Name made(AsciiString name) {
        return new Name(name, name.toString().toLowerCase(Locale.ROOT));
    }

    private static int slot(int first, int middle, int last, int length) {
        return ((first * 31 + middle) * 31 + last + length * 7) & SLOTS - 1;
    }

    /** The name that stands there. */
    AsciiString name(byte[] bytes, int start, int length) {
        if (length == 0 || length > LONGEST) return new AsciiString(bytes, start, length, true);
        int slot = slot(bytes[start], bytes[start + length / 2], bytes[start + length - 1], length);
        Name found = known[slot];
        if (found != null) {
            byte[] same = found.asSent.array();
            int at = found.asSent.arrayOffset();
            if (Arrays.equals(same, at, at + found.asSent.length(), bytes, start, start + length)) return found.asSent;
        }
        AsciiString name = new AsciiString(bytes, start, length, true);
        known[slot] = made(name);
        return name;
    }

    String lowerCase(CharSequence name) {
        if (!(name instanceof AsciiString ascii) || ascii.isEmpty() || ascii.length() > LONGEST)
            return name.toString().toLowerCase(Locale.ROOT);
        int length = ascii.length();
        int slot = slot(ascii.byteAt(0), ascii.byteAt(length / 2), ascii.byteAt(length - 1), length);
        Name found = known[slot];
        if (found == null || !found.asSent.equals(ascii)) known[slot] = found = made(ascii);
        return found.lowerCase;
    }
}
