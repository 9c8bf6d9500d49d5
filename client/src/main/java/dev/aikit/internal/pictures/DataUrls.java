package dev.aikit.internal.pictures;

import java.util.Base64;
import java.util.Locale;

/** Addresses that hold what they lead to (RFC 2397). */
public final class DataUrls {
    private DataUrls() {}

    /** Whether an address is one. */
    public static boolean isOne(String url) {
        return url.regionMatches(true, 0, "data:", 0, 5);
    }

    /** An address that holds these bytes. */
    public static String of(byte[] content, String mediaType) {
        return "data:" + mediaType + ";base64," + Base64.getEncoder().encodeToString(content);
    }

    /**
     * What an address holds.
     *
     * @throws IllegalArgumentException if it is not in base64
     */
    public static byte[] content(String url) {
        int comma = url.indexOf(',');
        if (comma < 0 || !url.substring(0, comma).toLowerCase(Locale.ROOT).endsWith(";base64"))
            throw new IllegalArgumentException("a data: address in base64 expected");
        return base64(url.substring(comma + 1));
    }

    /**
     * Bytes from base64, which some servers break into lines.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static byte[] base64(String text) {
        boolean plain = text.indexOf('\n') < 0 && text.indexOf(' ') < 0;
        return Base64.getDecoder().decode(plain ? text : text.replaceAll("\\s", ""));
    }
}
