package dev.aikit.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Changes inputs by chance: a byte, a piece cut out, doubled, taken from another input, or one that means something. */
final class Changes {
    private static final List<String> WORDS = List.of(
            "\n",
            "\r\n",
            "\n\n",
            "data: ",
            "data:",
            "event: error\n",
            "[DONE]",
            ":",
            "\uFEFF",
            "null",
            "true",
            "\"",
            "\\u",
            "{",
            "}",
            "[",
            "]",
            ",",
            "0",
            "-1",
            "1e999",
            "1e-999999999",
            "2147483647",
            "99999999999999999999",
            "é",
            "\uD83D\uDE00",
            "\"index\":",
            "\"choices\":",
            "\"delta\":",
            "\"content\":",
            "\"tool_calls\":",
            "\"error\":",
            "HTTP/1.1 ",
            "0\r\n\r\n",
            "Content-Length: 5\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Content-Encoding: gzip\r\n",
            "Connection: close\r\n");
    private static final int LONGEST = 1 << 16;

    private Changes() {}

    static byte[] of(byte[] input, List<byte[]> others, Random random) {
        byte[] changed = input;
        for (int i = 1 + random.nextInt(4); i > 0; i--) changed = once(changed, others, random);
        return changed;
    }

    private static byte[] once(byte[] input, List<byte[]> others, Random random) {
        int from = random.nextInt(input.length + 1);
        int to = from + random.nextInt(Math.min(64, input.length - from) + 1);
        return switch (random.nextInt(6)) {
            case 0 -> joined(input, from, new byte[] {(byte) random.nextInt(256)}, Math.min(from + 1, input.length));
            case 1 -> joined(input, from, new byte[0], to);
            case 2 -> joined(input, to, slice(input, from, to), to);
            case 3 -> joined(input, from, part(others.get(random.nextInt(others.size())), random), from);
            case 4 -> joined(input, from, word(random), from);
            default -> joined(input, from, word(random), to);
        };
    }

    private static byte[] word(Random random) {
        return WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] part(byte[] input, Random random) {
        int from = random.nextInt(input.length + 1);
        return slice(input, from, from + random.nextInt(input.length - from + 1));
    }

    private static byte[] slice(byte[] input, int from, int to) {
        return java.util.Arrays.copyOfRange(input, from, to);
    }

    private static byte[] joined(byte[] input, int until, byte[] between, int from) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(input, 0, until);
        all.writeBytes(between);
        all.write(input, from, input.length - from);
        return all.size() <= LONGEST ? all.toByteArray() : input;
    }
}
