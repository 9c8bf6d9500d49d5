package dev.aikit.durable;

import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIError;
import dev.aikit.OpenAIRequest;
import dev.aikit.OpenAIResult;
import dev.aikit.durable.internal.CallRow;
import dev.aikit.durable.internal.Failure;
import dev.aikit.durable.internal.Probe;
import dev.aikit.durable.internal.Store;
import dev.aikit.internal.Checks;
import dev.aikit.internal.call.KeptCall;
import dev.aikit.internal.call.Outcome;
import dev.aikit.internal.call.Results;
import dev.aikit.internal.threads.CallbackThreads;
import dev.aikit.json.Json;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A worker that outlives its process. It keeps each call, and the name of its callback, in a store before anything is sent;
 * after a crash, a kill or a power cut the callback still comes, in whichever process opens the store next, or works with
 * it already:
 *
 * <pre>{@code
 * DurableWorker worker = DurableWorker.builder()
 *         .store(SqliteStore.at(Path.of("invoices.db")))
 *         .client(client)
 *         .callback("read-invoice", OpenAIChatCompletionsResult.class, (call, result) -> read(call.key(), result))
 *         .open();
 * client.chat().completions().create(messages, p -> p.on(worker.call("invoice-4711", "read-invoice")));
 * }</pre>
 *
 * <p>Once the function has returned, the call survives the death of the process, and a loss of power where the disk honours
 * fsync. Its callback is called at least once, with a key that never changes, and exactly once in effect where its effect
 * is written in the same transaction ({@link DurableDelivery#write}). The request may be sent, and billed, more than once.
 *
 * <p>Threads: one that writes to the store; callbacks run where {@link DurableWorkerBuilder#on} says. All of it may be used
 * from any thread. The program is kept alive while the store has work that this worker can do now or within a minute, and
 * no longer: a program that serves others keeps itself alive.
 */
public final class DurableWorker implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.aikit.durable");
    private static final long LOOK_MILLIS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Store store;
    private final URI baseUrl;
    private final Registrations callbacks;
    private final DurableWorkerBuilder settings;
    private final LongSupplier clock;
    private final Desk desk;
    private final Writer writer;
    private final Sender sender;
    private final Submitter submitter;
    private final Watchers watchers = new Watchers();
    private final Looking looking;
    private volatile boolean closed;

    DurableWorker(Store store, OpenAI client, Registrations callbacks, DurableWorkerBuilder settings) {
        this.store = store;
        this.baseUrl = client.configuration().baseURL();
        this.callbacks = callbacks;
        this.settings = settings;
        this.clock = settings.clock != null ? settings.clock : store.clock();
        Probe probe = settings.probe;
        List<String> mine = settings.submitsOnly ? List.of() : settings.sendsOnly ? Store.ANY : callbacks.names();
        int deliveries = settings.sendsOnly ? 0 : settings.mostCallbacks;
        Permits permits = settings.permits(baseUrl);
        this.desk = new Desk(store, mine, settings.mostSends, deliveries, clock, permits, probe);
        this.writer = new Writer(store, desk, probe, clock);
        Ends ends = new Told();
        Deliverer deliverer = new Deliverer(callbacks, settings.threads, settings.rules, writer, desk, ends, probe);
        this.sender = new Sender(client, settings.rules, writer, desk, deliverer::deliver, ends, permits, probe);
        this.submitter = new Submitter(baseUrl, callbacks, settings.keepResults, writer, probe);
        this.looking = new Looking(watchers);
        desk.handTo(sender::send, deliverer::deliver);
        try {
            store.write(transaction -> {
                transaction.register(mine);
                permits.open(transaction, clock.getAsLong());
            });
        } catch (Exception error) {
            store.close();
            throw new DurableStoreException("the store cannot be written: " + error.getMessage(), error);
        }
        writer.start();
    }

    /** A worker to be set up. */
    public static DurableWorkerBuilder builder() {
        return new DurableWorkerBuilder();
    }

    /**
     * Keeps a call under a key, for {@code on} of its parameters. A call submitted again under its key is the same call:
     * it is not sent again, however often it is submitted, until its time in the store is over.
     *
     * @param callback the name of one that is registered, for the result of the function that is called
     */
    public DurableSubmission call(String key, String callback) {
        if (Checks.text("key", key).indexOf('\0') >= 0)
            throw new IllegalArgumentException("key: a text without the character 0 expected");
        return new DurableSubmission(this, key, checkedCallback(callback));
    }

    /** The same under a key made from what the call asks: the same question with the same callback is the same call. */
    public DurableSubmission call(String callback) {
        return new DurableSubmission(this, null, checkedCallback(callback));
    }

    private String checkedCallback(String callback) {
        callbacks.type(Checks.text("callback", callback));
        return callback;
    }

    /** What is kept under a key. */
    public Optional<StoredCall> find(String key) {
        return Optional.ofNullable(row(Checks.text("key", key))).map(StoredCall::new);
    }

    /** Up to so many calls in a state, in the order of submission; without their answers. */
    public List<StoredCall> list(DurableState state, int limit) {
        requireOpen();
        return store.list(Objects.requireNonNull(state, "state"), 0, Checks.positive("limit", limit)).stream()
                .map(StoredCall::new)
                .toList();
    }

    /** The same, those after one that was listed before. */
    public List<StoredCall> list(DurableState state, StoredCall after, int limit) {
        requireOpen();
        return store.list(Objects.requireNonNull(state, "state"), after.id(), Checks.positive("limit", limit)).stream()
                .map(StoredCall::new)
                .toList();
    }

    /** How many calls are in each state. Counts them: not for a loop. */
    public Map<DurableState, Long> counts() {
        requireOpen();
        return store.counts();
    }

    /**
     * Waits until every call in the store is done, dead or parked, in whichever process, and whoever submitted it. What was
     * submitted to this worker and is not kept yet is waited for as well.
     *
     * @return false if that time passed before
     * @throws InterruptedException if the waiting thread is interrupted; the calls go on
     */
    public boolean awaitIdle(Duration limit) throws InterruptedException {
        DurableWorkerBuilder.positive("limit", limit);
        return waitFor(limit, LOOK_MILLIS, () -> {
            requireOpen();
            return submitter.isIdle()
                    && store.isIdle(); // in this order: what was kept meanwhile is in the store by then
        });
    }

    /**
     * Ends a call as dead and cancelled, unless its callback has begun.
     *
     * @return false if there is no such call, if it has ended, or if its callback has begun
     */
    public boolean cancel(String key) {
        CallRow row = row(Checks.text("key", key));
        boolean cancelled = row != null && yes(transaction -> transaction.cancel(key, clock.getAsLong()));
        if (row != null && cancelled) {
            sender.cancel(row.id());
            watchers.ended(key);
        }
        return cancelled;
    }

    /**
     * Gives a dead call another life under the same key: it is sent again, or, if its callback was what failed, its answer
     * is delivered again.
     *
     * @return false if there is no such call, or if it is not dead
     */
    public boolean redrive(String key) {
        return yes(transaction -> transaction.redrive(Checks.text("key", key)));
    }

    /**
     * Runs statements of yours on the store's own connection, in one transaction together with what else is to be written,
     * and waits until it is on the disk. May be run again from the start. Whatever it throws undoes it.
     *
     * @throws DurableStoreException if it was not written, with what was thrown as its cause
     */
    public void write(SqlEffect effect) {
        Objects.requireNonNull(effect, "effect");
        yes(transaction -> {
            transaction.write(effect);
            return true;
        });
    }

    /**
     * Waits for what is under way, for ten seconds at the most, and gives the rest back: another worker, or the next one,
     * goes on with it.
     */
    @Override
    public void close() {
        try {
            close(PATIENCE);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The same for as long as it is told.
     *
     * @throws InterruptedException if the waiting thread is interrupted; the worker is closed then as well
     */
    public void close(Duration patience) throws InterruptedException {
        if (patience == null || patience.isNegative())
            throw new IllegalArgumentException("patience: a duration from zero expected, not " + patience);
        if (writer.isHere()) throw new IllegalStateException("close: not within an effect, which the store waits for");
        synchronized (this) {
            if (closed) return;
            closed = true;
        }
        desk.takeNoMore();
        try {
            waitFor(patience, 2, desk::isEmpty);
            sender.cancelAll();
            waitFor(PATIENCE, 2, desk::nothingSent);
        } finally {
            writer.add(new Order(transaction -> {
                transaction.unregister();
                return true;
            }));
            writer.end(PATIENCE);
            if (!desk.isEmpty())
                LOG.log(
                        System.Logger.Level.WARNING,
                        "a durable worker was closed while callbacks ran: they come again");
            desk.close();
            looking.close();
            watchers.close();
            store.close();
        }
    }

    private static boolean waitFor(Duration limit, long step, BooleanSupplier event) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!event.getAsBoolean()) {
            if (System.nanoTime() >= end) return false;
            Thread.sleep(step);
        }
        return true;
    }

    <R extends OpenAIResult> DurableCall<R> submit(DurableSubmission how, KeptCall<R> call) {
        requireOpen();
        Submitter.Submitted<R> submitted = submitter.submit(how, call);
        return new DurableCall<>(this, submitted.result(), submitted.key(), call.function(), submitted.kept());
    }

    private boolean yes(Order.Step step) {
        requireOpen();
        if (writer.isHere()) throw new IllegalStateException("not within an effect, which the store waits for");
        Order order = new Order(step);
        writer.add(order);
        return Writer.await(order.answer());
    }

    private void requireOpen() {
        if (closed) throw new IllegalStateException("the durable worker is closed");
    }

    void watch(DurableCall<?> call) {
        requireOpen();
        watchers.add(call);
        looking.begin();
    }

    @Nullable
    CallRow row(String key) {
        requireOpen();
        return store.find(key);
    }

    <R extends OpenAIResult> R result(Class<R> type, CallRow row) {
        return callbacks.result(type, row);
    }

    <R extends OpenAIResult> R failed(Class<R> type, String function, OpenAIError error) {
        OpenAIRequest request = new OpenAIRequest(function, "", baseUrl, Set.of(), 0);
        return Results.of(type, new Outcome(request, null, Json.missing(), List.of(error), List.of(), true));
    }

    /** Its store, never what is in it. */
    @Override
    public String toString() {
        return "DurableWorker[" + baseUrl + (closed ? ", closed]" : "]");
    }

    private final class Told implements Ends {
        @Override
        public void done(CallRow call) {
            watchers.ended(call.key());
        }

        @Override
        public void dead(CallRow call, Failure failure) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    call.function() + " (" + call.key() + ") is dead: " + failure.reason());
            watchers.ended(call.key());
            CallbackThreads.shared().execute(() -> {
                if (!closed) find(call.key()).ifPresent(settings.onDead);
            });
        }

        @Override
        public void clientClosed() {
            desk.takeNoMore();
            LOG.log(System.Logger.Level.ERROR, "the client of a durable worker was closed: it sends nothing any more");
        }

        @Override
        public OpenAICall<?> handle(CallRow call) {
            return new DurableCall<>(
                    DurableWorker.this,
                    callbacks.type(call.callback()),
                    call.key(),
                    call.function(),
                    CompletableFuture.completedFuture(null));
        }

        @Override
        public long now() {
            return clock.getAsLong();
        }
    }
}
