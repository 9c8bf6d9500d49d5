package dev.aikit.cli;

import dev.aikit.durable.RateLimit;
import dev.aikit.json.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What may be sent in a minute. */
final class RateOptions {
    private static final String REQUESTS = "requests_per_minute";
    private static final String TOKENS = "tokens_per_minute";

    @Option(
            names = "--requests-per-minute",
            paramLabel = "N",
            description = "No more requests than that. Default: no limit; for a batch that goes on, as before.")
    @Nullable
    Integer requests;

    @Option(
            names = "--tokens-per-minute",
            paramLabel = "N",
            description = "No more tokens than that, estimated first. Default: as with requests.")
    @Nullable
    Integer tokens;

    void check(boolean viaProvider) {
        check("--requests-per-minute", requests);
        check("--tokens-per-minute", tokens);
        if (viaProvider && (requests != null || tokens != null))
            throw new IllegalArgumentException(
                    "--requests-per-minute and --tokens-per-minute mean nothing with --via-provider");
    }

    private static void check(String name, @Nullable Integer number) {
        if (number != null && number < 1)
            throw new IllegalArgumentException(name + ": 1 or more expected, not " + number);
    }

    /** What is not given is as it was when the batch was begun. */
    void complete(Json remark) {
        if (requests == null) requests = number(remark.get(REQUESTS));
        if (tokens == null) tokens = number(remark.get(TOKENS));
    }

    private static @Nullable Integer number(Json value) {
        return value.isPresent() ? Integer.valueOf(value.asInt(1)) : null;
    }

    Json addTo(Json remark) {
        Json with = requests == null ? remark : remark.with(REQUESTS, requests);
        return tokens == null ? with : with.with(TOKENS, tokens);
    }

    /** Null if there is none. */
    @Nullable
    RateLimit limit() {
        if (requests == null && tokens == null) return null;
        RateLimit limit = RateLimit.perMinute();
        if (requests != null) limit = limit.requests(requests);
        return tokens == null ? limit : limit.tokens(tokens);
    }
}
