package dev.aikit.durable.internal;

import dev.aikit.json.Json;

/** What a call will cost, before anybody has counted. */
public final class Tokens {
    private static final int BYTES_PER_TOKEN = 4;

    private Tokens() {}

    /** A quarter of the bytes of the question, and what it allows for the answer. At least one. */
    public static long estimate(byte[] body) {
        return 1 + body.length / BYTES_PER_TOKEN + answer(body);
    }

    private static long answer(byte[] body) {
        Json asked;
        try {
            asked = Json.parse(body);
        } catch (RuntimeException notJson) {
            return 0; // such as a file that is uploaded
        }
        for (String name : new String[] {"max_completion_tokens", "max_tokens", "max_output_tokens"}) {
            long most = asked.get(name).asLong(0);
            if (most > 0) return Math.min(most, Integer.MAX_VALUE);
        }
        return 0;
    }
}
