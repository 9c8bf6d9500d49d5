package dev.aikit.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Values of all that JSON knows, as they come out of a seeded source. */
final class RandomValues {
    private static final String[] NAMES = {"a", "content", "finish_reason", "Grüße", "日本語", "\uD83D\uDE00", "n", ""};
    private static final String[] TEXTS = {
        "",
        "a",
        "two\nlines",
        "\"quoted\"",
        "back\\slash",
        "tab\t\u0001\u001f\u007f",
        "Grüße",
        "日本語",
        "\uD83D\uDE00",
        "/ \u2028",
        "x".repeat(1023) + "ü",
        "12345678"
    };
    private static final String[] UNUSUAL = {"half \uD83D", "\uDE00 half", "\uD83D\uD83D\uDE00", "in a\nname"};

    private final Random random;
    private final boolean unusual;

    /** @param unusual whether there are halves of surrogate pairs, escapes in names, and numbers of many digits */
    RandomValues(Random random, boolean unusual) {
        this.random = random;
        this.unusual = unusual;
    }

    Object next(int depth) {
        switch (random.nextInt(depth == 0 ? 7 : 11)) {
            case 0:
                return null;
            case 1:
                return random.nextBoolean();
            case 2:
                return random.nextLong() >> 5 + random.nextInt(59);
            case 3:
                return random.nextBoolean() ? 0.0 : (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(40) - 20);
            case 4, 5:
                return text(TEXTS);
            case 6:
                return unusual ? number() : text(TEXTS);
            case 7, 8:
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) list.add(next(depth - 1));
                return list;
            default:
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(25); i > 0; i--) map.put(text(NAMES) + random.nextInt(9), next(depth - 1));
                return map;
        }
    }

    private Object number() {
        BigInteger large = new BigInteger(200, random);
        return random.nextBoolean() ? large : new BigDecimal(large, random.nextInt(90) - 30);
    }

    private String text(String[] from) {
        String end = unusual && random.nextInt(4) == 0 ? UNUSUAL[random.nextInt(UNUSUAL.length)] : "";
        return from[random.nextInt(from.length)] + from[random.nextInt(from.length)] + end;
    }
}
