package dev.aikit;

/**
 * What the {@code x-ratelimit-…} headers said.
 *
 * @param limit how many requests and tokens are allowed; -1 where the server did not say
 * @param remaining how many are left; -1 where the server did not say
 * @param reset when they come back, as the server wrote it, such as "6m0s"; "" where it did not say
 */
public record OpenAIRateLimit(Counts limit, Counts remaining, Times reset) {
    /** Numbers of requests and of tokens. */
    public record Counts(long request, long tokens) {}

    /** Times for requests and for tokens. */
    public record Times(String request, String tokens) {}

    static OpenAIRateLimit of(OpenAIResponse response) {
        return new OpenAIRateLimit(
                counts(response, "limit"),
                counts(response, "remaining"),
                new Times(response.header("x-ratelimit-reset-requests"), response.header("x-ratelimit-reset-tokens")));
    }

    private static Counts counts(OpenAIResponse response, String kind) {
        return new Counts(
                number(response.header("x-ratelimit-" + kind + "-requests")),
                number(response.header("x-ratelimit-" + kind + "-tokens")));
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException notSaid) {
            return -1;
        }
    }
}
