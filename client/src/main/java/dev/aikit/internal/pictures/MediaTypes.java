package dev.aikit.internal.pictures;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a picture is, by its first bytes: names and headers may say anything. */
public final class MediaTypes {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};

    private MediaTypes() {}

    /** The media type of the four kinds of pictures that models take; null for anything else. */
    public static @Nullable String of(byte[] content) {
        if (startsWith(content, PNG)) return "image/png";
        if (startsWith(content, JPEG)) return "image/jpeg";
        if (text(content, 0, 6).equals("GIF87a") || text(content, 0, 6).equals("GIF89a")) return "image/gif";
        if (text(content, 0, 4).equals("RIFF") && text(content, 8, 12).equals("WEBP")) return "image/webp";
        return null;
    }

    private static boolean startsWith(byte[] content, byte[] mark) {
        return content.length >= mark.length && Arrays.equals(content, 0, mark.length, mark, 0, mark.length);
    }

    private static String text(byte[] content, int from, int to) {
        return content.length < to ? "" : new String(content, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** How the name of a file of that type ends, with its dot; "" for a type that is not known here. */
    public static String extension(String mediaType) {
        return switch (mediaType) {
            case "image/png" -> ".png";
            case "image/jpeg" -> ".jpg";
            case "image/gif" -> ".gif";
            case "image/webp" -> ".webp";
            default -> "";
        };
    }
}
