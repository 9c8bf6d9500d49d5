package dev.aikit.durable;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIResult;
import dev.aikit.durable.internal.Probe;
import dev.aikit.durable.internal.RetryRules;
import dev.aikit.internal.Checks;
import dev.aikit.internal.call.Results;
import dev.aikit.internal.threads.CallbackThreads;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The settings of a {@link DurableWorker}. A store, a client, and at least one callback or {@link #sendsOnly} are needed. */
public final class DurableWorkerBuilder {
    private record Callback<R extends OpenAIResult>(Class<R> type, DurableCallback<? super R> callback) {
        void addTo(Registrations registrations, String name) {
            registrations.add(name, type, callback);
        }
    }

    private final Map<String, Callback<?>> callbacks = new LinkedHashMap<>();
    private @Nullable DurableStore store;
    private @Nullable OpenAI client;
    Executor threads = CallbackThreads.shared();
    Consumer<? super StoredCall> onDead = call -> {};
    RetryRules rules = RetryRules.DEFAULT;
    int mostSends = 64;
    int mostCallbacks = 64;
    Duration keepResults = Duration.ofDays(7);
    boolean submitsOnly;
    boolean sendsOnly;

    @Nullable
    RateLimit rateLimit;

    Probe probe = Probe.NONE;
    /** In place of the store's. */
    @Nullable
    LongSupplier clock;
    /** What has passed, in nanoseconds, by a clock that nobody can set. */
    LongSupplier ticker = System::nanoTime;

    DurableWorkerBuilder() {}

    /** Where calls are kept. */
    public DurableWorkerBuilder store(DurableStore value) {
        store = Objects.requireNonNull(value, "store");
        return this;
    }

    /** What sends them, with its address and its key, which are never stored. The worker does not close it. */
    public DurableWorkerBuilder client(OpenAI value) {
        client = Objects.requireNonNull(value, "client");
        return this;
    }

    /**
     * A callback. Its name is kept with each call, and must be registered again whenever the program starts.
     *
     * @param result the result class of the functions whose calls it is for
     */
    public <R extends OpenAIResult> DurableWorkerBuilder callback(
            String name, Class<R> result, DurableCallback<? super R> callback) {
        Checks.text("name", name);
        Results.requireMakeable(Objects.requireNonNull(result, "result"));
        Callback<R> added = new Callback<>(result, Objects.requireNonNull(callback, "callback"));
        if (callbacks.putIfAbsent(name, added) != null)
            throw new IllegalArgumentException("name: another one expected, \"" + name + "\" is registered already");
        return this;
    }

    /** Where callbacks run: a worker, a form, any executor; by default on threads of the library. */
    public DurableWorkerBuilder on(Executor place) {
        threads = Objects.requireNonNull(place, "on");
        return this;
    }

    /**
     * Called in this process when it has given up a call. For notices only: that a call is dead is kept, that somebody was
     * told is not. Each is logged as a warning as well.
     */
    public DurableWorkerBuilder onDead(Consumer<? super StoredCall> listener) {
        onDead = Objects.requireNonNull(listener, "onDead");
        return this;
    }

    /** How many calls this worker sends at a time; 64 by default. */
    public DurableWorkerBuilder maxInFlight(int calls) {
        mostSends = Checks.positive("maxInFlight", calls);
        return this;
    }

    /** How many callbacks run at a time; 64 by default. One that runs for over ten seconds makes room for another. */
    public DurableWorkerBuilder maxCallbacks(int number) {
        mostCallbacks = Checks.positive("maxCallbacks", number);
        return this;
    }

    /** How often a call is sent before it is dead, unless its parameters say ({@code maxRetries}); 8 by default. */
    public DurableWorkerBuilder maxSends(int sends) {
        rules = new RetryRules(
                Checks.positive("maxSends", sends), rules.mostDeliveries(), rules.first(), rules.longest());
        return this;
    }

    /** How often a callback that throws is called for one answer before the call is dead; 8 by default. */
    public DurableWorkerBuilder maxDeliveries(int deliveries) {
        rules = new RetryRules(
                rules.mostSends(), Checks.positive("maxDeliveries", deliveries), rules.first(), rules.longest());
        return this;
    }

    /**
     * The waits between two tries, where the server asks for none: the first, doubled each time up to the longest, less up
     * to a quarter by chance; one second to five minutes by default.
     */
    public DurableWorkerBuilder backOff(Duration first, Duration longest) {
        rules = new RetryRules(
                rules.mostSends(), rules.mostDeliveries(), positive("first", first), positive("longest", longest));
        return this;
    }

    /** How long a call and its answer are kept after it is done, unless it says otherwise; 7 days by default. */
    public DurableWorkerBuilder keepResults(Duration time) {
        keepResults = positive("keepResults", time);
        return this;
    }

    /**
     * What may be sent, by this worker and all others that share the limit; none by default. What is submitted waits in the
     * store for its turn, by priority.
     */
    public DurableWorkerBuilder rateLimit(RateLimit limit) {
        if (limit == null || limit.saysNothing())
            throw new IllegalArgumentException("rateLimit: requests or tokens a minute expected, or fromHeaders()");
        rateLimit = limit;
        return this;
    }

    Permits permits(URI baseUrl) {
        if (rateLimit == null) return Permits.UNLIMITED;
        String place = baseUrl.getHost() + (baseUrl.getPort() < 0 ? "" : ":" + baseUrl.getPort()) + baseUrl.getPath();
        return new SharedPermits(rateLimit.name().isEmpty() ? place : rateLimit.name(), rateLimit, ticker);
    }

    /** The worker sends nothing and runs no callbacks: others, in other processes, do. */
    public DurableWorkerBuilder submitsOnly() {
        submitsOnly = true;
        return this;
    }

    /**
     * The worker takes no calls and has no callbacks: it sends the calls of all callbacks there are, and keeps their answers.
     * Their callbacks are called where a worker that works with the store, now or later, has registered them.
     */
    public DurableWorkerBuilder sendsOnly() {
        sendsOnly = true;
        return this;
    }

    DurableWorkerBuilder probe(Probe value) {
        probe = value;
        return this;
    }

    DurableWorkerBuilder clock(LongSupplier millis) {
        clock = millis;
        return this;
    }

    DurableWorkerBuilder ticker(LongSupplier nanos) {
        ticker = nanos;
        return this;
    }

    static Duration positive(String name, Duration value) {
        if (value == null || value.isNegative() || value.isZero())
            throw new IllegalArgumentException(name + ": a duration over zero expected, not " + value);
        return value;
    }

    /**
     * Opens the store, takes over what dead processes left there, and begins to work.
     *
     * @throws IllegalStateException if there is no store, no client, or no callback and no {@code sendsOnly()}
     * @throws DurableStoreException if the store cannot be opened
     */
    public DurableWorker open() {
        if (store == null) throw new IllegalStateException("store: one expected, such as SqliteStore.at(path)");
        if (client == null) throw new IllegalStateException("client: one expected, which sends the calls");
        if (sendsOnly && (submitsOnly || !callbacks.isEmpty()))
            throw new IllegalStateException("sendsOnly: no callback and no submitsOnly() expected beside it");
        if (callbacks.isEmpty() && !sendsOnly)
            throw new IllegalStateException("callback: at least one expected, or sendsOnly()");
        Registrations registrations = new Registrations(client.configuration().baseURL());
        callbacks.forEach((name, callback) -> callback.addTo(registrations, name));
        return new DurableWorker(store.open(), client, registrations, this);
    }
}
