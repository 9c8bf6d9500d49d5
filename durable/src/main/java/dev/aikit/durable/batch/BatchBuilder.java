package dev.aikit.durable.batch;

import dev.aikit.OpenAI;
import dev.aikit.durable.DurableStore;
import dev.aikit.durable.RateLimit;
import dev.aikit.internal.Checks;
import dev.aikit.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The settings of a {@link Batch}. An input, a store and a client are needed. */
public final class BatchBuilder {
    @Nullable
    BatchInput input;

    @Nullable
    DurableStore store;

    @Nullable
    OpenAI client;

    @Nullable
    Path output;

    @Nullable
    Path errors;

    Json remark = Json.missing();
    int maxInFlight = 16;

    @Nullable
    RateLimit rateLimit;

    int maxSends = 15;
    Duration firstWait = Duration.ofSeconds(1);
    Duration longestWait = Duration.ofMinutes(1);
    boolean viaProvider;
    int mostRequests = 50_000;
    long mostBytes = 200_000_000;
    Duration pollEvery = Duration.ofSeconds(30);
    Duration patience = Duration.ofSeconds(5);
    Consumer<? super BatchStatus> onProgress = status -> {};

    BatchBuilder() {}

    /** The requests. */
    public BatchBuilder input(BatchInput value) {
        input = Objects.requireNonNull(value, "input");
        return this;
    }

    /** Where calls, answers and the state of the batch are kept: a store that has no other calls. */
    public BatchBuilder store(DurableStore value) {
        store = Objects.requireNonNull(value, "store");
        return this;
    }

    /** What sends the requests, with its address and its key, which are never stored. The batch does not close it. */
    public BatchBuilder client(OpenAI value) {
        client = Objects.requireNonNull(value, "client");
        return this;
    }

    /** Where the results go, in the order in which they come; by default a file beside the input. */
    public BatchBuilder output(Path file) {
        output = file.toAbsolutePath().normalize();
        return this;
    }

    /** Where the failures go whenever the batch ends or pauses; by default a file beside the input. */
    public BatchBuilder errors(Path file) {
        errors = file.toAbsolutePath().normalize();
        return this;
    }

    /** How many requests are under way at a time; 16 by default. */
    public BatchBuilder maxInFlight(int requests) {
        maxInFlight = Checks.positive("maxInFlight", requests);
        return this;
    }

    /** What may be sent, by this batch and whoever shares its store; none by default. Not for {@link #viaProvider}. */
    public BatchBuilder rateLimit(RateLimit limit) {
        rateLimit = Objects.requireNonNull(limit, "rateLimit");
        return this;
    }

    /** How often a request is sent before it has failed; 15 by default. What cannot become better fails at once. */
    public BatchBuilder maxSends(int sends) {
        maxSends = Checks.positive("maxSends", sends);
        return this;
    }

    /**
     * The waits between two tries, where the server asks for none: the first, doubled each time up to the longest, less up
     * to a quarter by chance; one second to one minute by default, which with 15 sends is ten minutes in all.
     */
    public BatchBuilder backOff(Duration first, Duration longest) {
        firstWait = Objects.requireNonNull(first, "first");
        longestWait = Objects.requireNonNull(longest, "longest");
        return this;
    }

    /** How long a pause waits for the answers that are under way; 5 seconds by default. The rest is sent again later. */
    public BatchBuilder patience(Duration time) {
        patience = Objects.requireNonNull(time, "patience");
        return this;
    }

    /**
     * Sent as files to the provider's own Batch API, which takes up to a day and costs less, in place of one by one. All
     * requests must be for the same endpoint. The results come when the provider has done with a file.
     */
    public BatchBuilder viaProvider() {
        viaProvider = true;
        return this;
    }

    /** What the provider takes in one file: 50,000 requests and 200,000,000 bytes by default, as OpenAI does. */
    public BatchBuilder providerFile(int maxRequests, long maxBytes) {
        mostRequests = Checks.positive("maxRequests", maxRequests);
        if (maxBytes < 1) throw new IllegalArgumentException("maxBytes: 1 or more expected, not " + maxBytes);
        mostBytes = maxBytes;
        return this;
    }

    /** How often the provider is asked how far it is; every 30 seconds by default. */
    public BatchBuilder pollEvery(Duration time) {
        if (time == null || time.isNegative() || time.isZero())
            throw new IllegalArgumentException("pollEvery: a duration over zero expected, not " + time);
        pollEvery = time;
        return this;
    }

    /** Kept with the batch for the program that resumes it. No secrets: it is stored in plain text. */
    public BatchBuilder remark(Json value) {
        remark = Objects.requireNonNull(value, "remark");
        return this;
    }

    /** Called a few times a second by the thread that runs the batch. */
    public BatchBuilder onProgress(Consumer<? super BatchStatus> listener) {
        onProgress = Objects.requireNonNull(listener, "onProgress");
        return this;
    }

    /**
     * The batch, not yet begun.
     *
     * @throws IllegalStateException if there is no input, no store or no client
     */
    public Batch build() {
        if (input == null) throw new IllegalStateException("input: one expected, such as BatchInput.requests(path)");
        if (store == null) throw new IllegalStateException("store: one expected, such as SqliteStore.at(path)");
        if (client == null) throw new IllegalStateException("client: one expected, which sends the requests");
        if (viaProvider && rateLimit != null)
            throw new IllegalStateException("rateLimit: none expected where the provider sends the requests");
        if (output == null) output = beside(input.file(), ".output.jsonl");
        if (errors == null) errors = beside(input.file(), ".errors.jsonl");
        if (output.equals(input.file()) || errors.equals(input.file()) || errors.equals(output))
            throw new IllegalArgumentException("output, errors: files of their own expected, not " + output);
        return new Batch(this, input, store, client, output, errors);
    }

    /** "questions.jsonl" becomes "questions.output.jsonl". */
    private static Path beside(Path input, String ending) {
        return input.resolveSibling(
                Objects.requireNonNull(input.getFileName()).toString().replaceFirst("\\.[^.]+$", "") + ending);
    }
}
