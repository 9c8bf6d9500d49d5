package dev.aikit.durable;

import dev.aikit.OpenAICall;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.durable.internal.CallRow;
import dev.aikit.durable.internal.Failure;
import dev.aikit.durable.internal.NewCall;
import dev.aikit.durable.internal.Probe;
import dev.aikit.durable.internal.RetryRules;
import dev.aikit.durable.simulation.FakeServer;
import dev.aikit.durable.simulation.History;
import dev.aikit.durable.simulation.History.What;
import dev.aikit.durable.simulation.MemoryEffects;
import dev.aikit.durable.simulation.MemoryStore;
import dev.aikit.durable.simulation.MemoryStore.Fault;
import dev.aikit.durable.simulation.World;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A process with a durable worker: its desk, writer, sender and deliverer are the real ones, and everything around them is
 * simulated. When it dies in the middle of a step, the rest of the step changes nothing that anybody else sees.
 */
final class SimulatedProcess implements MemoryStore.Host, FakeServer.Client {
    /** What may happen to processes, by chance. */
    record Dangers(double faults, double deaths) {
        static final Dangers NONE = new Dangers(0, 0);
    }

    static final int MOST_SENDS = 3;
    static final int MOST_DELIVERIES = 3;
    static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    /** Callbacks that run for longer make room for others. */
    private static final long SLOW_NANOS = 9_000_000_000L;

    private static final double PATIENCE_SECONDS = 10;

    private final Simulation simulation;
    private final World world;
    private final History history;
    private final int number;
    private final List<String> callbacks;
    private final MemoryStore store;
    private final Desk desk;
    private final Writer writer;
    private final Sender sender;
    private final int mostSends;
    private final int mostCallbacks;
    /** Sends under way, and since when callbacks are. */
    private int sends;

    private final List<Long> running = new ArrayList<>();
    private boolean alive = true;
    private boolean disturbed;
    private boolean cutOff;
    private boolean closing;
    private boolean failing;
    private World.Event turn;
    private long stoppedUntil;

    SimulatedProcess(Simulation simulation, int number, List<String> callbacks, BiPredicate<String, Integer> throwing) {
        this.simulation = simulation;
        this.world = simulation.world;
        this.history = simulation.history;
        this.number = number;
        this.callbacks = callbacks;
        history.add(What.OPENED, "", number, callbacks.toString());
        store = new MemoryStore(simulation.disk, this, world::millis);
        mostSends = 1 + world.random.nextInt(4);
        mostCallbacks = 1 + world.random.nextInt(3);
        desk = new Desk(
                store,
                callbacks,
                mostSends,
                mostCallbacks,
                world::millis,
                world::nanos,
                Permits.UNLIMITED,
                this::passed);
        writer = new Writer(store, desk, this::passed, world::millis);
        RetryRules rules = new RetryRules(
                MOST_SENDS, MOST_DELIVERIES, FIRST_WAIT, Duration.ofSeconds(8), world.random::nextDouble);
        Registrations registrations = new Registrations(URI.create("http://fake.test/v1"));
        for (String name : callbacks)
            registrations.add(
                    name, OpenAIChatCompletionsResult.class, (call, result) -> called(call, result, throwing));
        Ends ends = new Told();
        Deliverer deliverer = new Deliverer(registrations, this::handOver, rules, writer, desk, ends, this::passed);
        sender = new Sender(
                (call, callback) -> simulation.server.send(this, call, callback),
                rules,
                writer,
                desk,
                deliverer::deliver,
                ends,
                Permits.UNLIMITED,
                this::passed);
        desk.handTo(sender::send, deliverer::deliver);
        try {
            store.write(transaction -> transaction.register(callbacks));
        } catch (Exception cannotBeWritten) {
            die();
        }
        plan(0);
    }

    // The writer's thread:

    private void plan(long delayNanos) {
        if (turn != null) turn.callOff();
        turn = world.after(delayNanos, () -> run(this::turn));
    }

    private void turn() {
        long wait = writer.step();
        failing = wait > 0;
        if (failing) plan(wait * 1_000_000);
        else if (writer.isIdle() && !desk.wantsTurn()) plan(simulation.tick());
        else plan(world.upTo(0.003));
    }

    /** What came wakes the writer, unless it waits after a failure. */
    private void wake() {
        if (!failing && !writer.isIdle() && turn.at() - world.nanos() > 3_000_000) plan(world.upTo(0.003));
    }

    /** Does something in this process, once it goes on; never if it dies before. */
    private void run(Runnable task) {
        if (!alive) return;
        if (world.nanos() < stoppedUntil) world.after(stoppedUntil - world.nanos(), () -> run(task));
        else task.run();
    }

    @Override
    public void later(long delayNanos, Runnable task) {
        world.after(
                delayNanos,
                () -> run(() -> {
                    try {
                        task.run();
                    } finally {
                        wake();
                    }
                }));
    }

    // What is done to it:

    void die() {
        if (!alive) return;
        alive = false;
        history.add(What.DIED, number);
    }

    /** Goes on after that time, and notices nothing. */
    void stopFor(long nanos) {
        stoppedUntil = world.nanos() + nanos;
    }

    void cutOff(boolean so) {
        if (so && alive) history.add(What.CUT_OFF, number);
        disturbed |= so;
        cutOff = so;
    }

    /** As {@link DurableWorker#close} does it. */
    void close() {
        if (!alive || closing) return;
        closing = true;
        history.add(What.CLOSING, number);
        desk.takeNoMore();
        closeWhen(PATIENCE_SECONDS, desk::isEmpty, () -> {
            sender.cancelAll();
            closeWhen(PATIENCE_SECONDS, desk::nothingSent, () -> {
                Order order = new Order(transaction -> {
                    transaction.unregister();
                    return true;
                });
                writer.add(order);
                order.answer().whenComplete((yes, no) -> later(0, this::die));
            });
        });
    }

    private void closeWhen(double seconds, BooleanSupplier event, Runnable then) {
        if (seconds <= 0 || event.getAsBoolean()) then.run();
        else later(50_000_000, () -> closeWhen(seconds - 0.05, event, then));
    }

    void submit(NewCall call, Consumer<Throwable> answer) {
        Submit submit = new Submit(call, this::passed);
        submit.kept().whenComplete((kept, failure) -> {
            if (alive) answer.accept(failure);
        });
        writer.add(submit);
        wake();
    }

    /** As {@link DurableWorker#cancel} does it. */
    void cancel(String key) {
        CallRow row = store.find(key);
        if (row == null || cutOff) return;
        history.add(What.CANCELLING, key, number, "");
        order(transaction -> transaction.cancel(key, world.millis())).thenAccept(yes -> {
            if (!alive || !yes) return;
            history.add(What.CANCELLED, key, number, "");
            sender.cancel(row.id());
        });
    }

    void redrive(String key) {
        history.add(What.REDRIVING, key, number, "");
        order(transaction -> transaction.redrive(key)).thenAccept(yes -> {
            if (alive && yes) history.add(What.REDRIVEN, key, number, "");
        });
    }

    private CompletableFuture<Boolean> order(Order.Step step) {
        Order order = new Order(step);
        writer.add(order);
        wake();
        return order.answer();
    }

    /** Whether it has nothing in hand; or will have nothing any more. */
    boolean isAtRest() {
        return !alive || !closing && world.nanos() >= stoppedUntil && writer.isIdle() && desk.isEmpty();
    }

    boolean isClosing() {
        return closing;
    }

    /** Something that a user does in it. */
    void run(Consumer<SimulatedProcess> action) {
        run(() -> action.accept(this));
    }

    boolean has(String callback) {
        return callbacks.contains(callback);
    }

    /** Lets the real program go on without it. */
    void forget() {
        alive = false;
        desk.close();
    }

    // What it does:

    private void passed(Probe.Point point) {
        if (alive && world.chance(simulation.dangers().deaths())) die();
    }

    private void handOver(Runnable task) {
        if (!alive) return;
        Long since = world.nanos();
        running.add(since);
        long quick =
                running.stream().filter(one -> world.nanos() - one < SLOW_NANOS).count();
        // After a failure of the store a callback may have been taken long before it is handed over.
        if (quick > mostCallbacks && !disturbed)
            simulation.broken(quick + " callbacks at a time, not " + mostCallbacks);
        long hang = world.upTo(world.chance(0.9) ? 0.2 : 25); // before it, as its worker does not see the difference
        later(hang, () -> {
            running.remove(since);
            task.run();
        });
    }

    @Override
    public void sends(int more) {
        sends += more;
        if (sends > mostSends)
            simulation.broken("process " + number + ": " + sends + " sends at a time, not " + mostSends);
    }

    private void called(
            DurableDelivery call, OpenAIChatCompletionsResult result, BiPredicate<String, Integer> throwing) {
        if (!alive) return;
        history.add(What.CALLED, call.key(), number, result.choice().message().text());
        if (world.chance(simulation.dangers().deaths())) {
            die();
            return;
        }
        if (throwing.test(call.key(), history.count(What.CALLED, call.key()))) {
            history.add(What.THREW, call.key(), number, "");
            throw new IllegalStateException("thrown by the simulation");
        }
        call.write(connection -> MemoryEffects.write(connection, call.key()));
        history.add(What.RETURNED, call.key(), number, "");
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public boolean isAlive() {
        return alive;
    }

    @Override
    public boolean isCutOff() {
        return cutOff;
    }

    @Override
    public Fault fault() {
        if (alive && world.chance(simulation.dangers().deaths())) die();
        if (!alive || !world.chance(simulation.dangers().faults())) return Fault.NONE;
        disturbed = true;
        history.add(What.FAULT, number);
        return world.chance(0.4) ? Fault.NOTHING_DONE : Fault.DONE_AND_NOBODY_KNOWS;
    }

    @Override
    public void committed() {
        if (alive && world.chance(simulation.dangers().deaths())) die();
    }

    private final class Told implements Ends {
        @Override
        public void done(CallRow call) {
            if (alive) history.add(What.TOLD_DONE, call.key(), number, "");
        }

        @Override
        public void dead(CallRow call, Failure failure) {
            if (alive) history.add(What.TOLD_DEAD, call.key(), number, failure.kind());
        }

        @Override
        public void clientClosed() {
            throw new AssertionError("nobody closes the client");
        }

        @Override
        public OpenAICall<?> handle(CallRow call) {
            return simulation.server.handle(SimulatedProcess.this, call.key());
        }

        @Override
        public long now() {
            return world.millis();
        }
    }
}
