package dev.aikit.internal.netty;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The names of headers in lower case. Servers use the same few again and again: those are made once. Of one loop. */
final class HeaderNames {
    /** A server that thinks up names fills no more of our memory than this. */
    private static final int MOST = 128;

    private static final int LONGEST = 64;

    private final Map<CharSequence, String> known = new HashMap<>();

    String lowerCase(CharSequence name) {
        String found = known.get(name);
        if (found != null) return found;
        String made = name.toString().toLowerCase(Locale.ROOT);
        if (known.size() < MOST && made.length() <= LONGEST) known.put(name, made);
        return made;
    }
}
