package dev.aikit.durable;

import dev.aikit.durable.SimulatedProcess.Dangers;
import dev.aikit.durable.internal.CallRow;
import dev.aikit.durable.internal.NewCall;
import dev.aikit.durable.simulation.FakeServer;
import dev.aikit.durable.simulation.FakeServer.Reply;
import dev.aikit.durable.simulation.History;
import dev.aikit.durable.simulation.History.What;
import dev.aikit.durable.simulation.MemoryStore;
import dev.aikit.durable.simulation.Oracle;
import dev.aikit.durable.simulation.World;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A store, its processes, their users and their server for some minutes, everything that can happen, all by one seed. */
final class Simulation {
    private static final int MOST_KEYS = 6;
    private static final double LONGEST_REST_SECONDS = 6 * 3_600; // the clock may have been set back by as much
    private static final long HOUR_MILLIS = 3_600_000;
    private static final Oracle.Rules RULES = new Oracle.Rules(
            SimulatedProcess.MOST_SENDS,
            SimulatedProcess.MOST_DELIVERIES,
            SimulatedProcess.FIRST_WAIT.toMillis(),
            8_000);

    /** A call as its user means it. */
    private record Key(String name, String callback, int priority, double notBefore, int throwing, Reply always) {}

    /**
     * What a run came to.
     *
     * @param wrong the promises that were broken, by the oracle
     * @param ends of the calls: their states, and the kind of those that are dead
     */
    record Run(List<String> wrong, List<String> ends, List<History.Event> events) {}

    final World world;
    final History history;
    final MemoryStore.Disk disk = new MemoryStore.Disk();
    final FakeServer server;
    private final List<SimulatedProcess> processes = new ArrayList<>();
    private final List<Key> keys = new ArrayList<>();
    private Dangers dangers;
    private List<String> callbacks = List.of("first", "second");
    private final List<String> wrong = new ArrayList<>();
    private boolean calm;
    private long slowFrom = Long.MAX_VALUE;

    private Simulation(long seed) {
        world = new World(seed);
        history = new History(world);
        server = new FakeServer(world, history, this::reply);
        dangers = new Dangers(world.chance(0.5) ? 0 : 0.2 * world.random.nextDouble(), world.chance(0.5) ? 0 : 0.03);
    }

    static Run run(long seed) {
        return new Simulation(seed).run();
    }

    /** Says that a promise was. */
    void broken(String how) {
        wrong.add(how);
    }

    Dangers dangers() {
        return dangers;
    }

    /** How long an idle worker waits for something to do, in nanoseconds. Longer when only clocks have to move on. */
    long tick() {
        return world.nanos() < slowFrom ? 100_000_000L : 10_000_000_000L;
    }

    private Run run() {
        double seconds = 5 + 40 * world.random.nextDouble();
        open();
        if (world.chance(0.5)) open();
        int count = 1 + world.random.nextInt(MOST_KEYS);
        for (int i = 0; i < count; i++) user(key(i), seconds);
        if (!world.chance(0.3)) trouble(seconds);
        world.after((long) (seconds * 1e9), this::calmDown);
        String rest = untilRest(seconds + LONGEST_REST_SECONDS);
        if (rest.isEmpty() && redriveSome()) rest = untilRest(world.nanos() / 1e9 + LONGEST_REST_SECONDS);
        if (!rest.isEmpty()) wrong.add(rest);
        List<String> ends = new ArrayList<>();
        for (Key key : keys) {
            CallRow end = disk.find(key.name);
            long effects = disk.effects().stream().filter(key.name::equals).count();
            boolean registered = processes.stream().anyMatch(one -> one.isAlive() && one.has(key.callback));
            wrong.addAll(Oracle.judge(RULES, key.name, history, end, effects, registered));
            ends.add(end == null ? "none" : end.state() + (end.kind().isEmpty() ? "" : " " + end.kind()));
        }
        processes.forEach(SimulatedProcess::forget);
        return new Run(wrong, ends, history.events());
    }

    // Users:

    private Key key(int number) {
        Reply always = world.chance(0.9) ? null : Reply.values()[1 + world.random.nextInt(Reply.values().length - 1)];
        Key key = new Key(
                "key-" + number,
                callbacks.get(world.random.nextInt(callbacks.size())),
                world.random.nextInt(3),
                world.chance(0.8) ? 0 : 40 * world.random.nextDouble(),
                world.chance(0.7) ? 0 : world.chance(0.3) ? Integer.MAX_VALUE : 1 + world.random.nextInt(2),
                always);
        keys.add(key);
        return key;
    }

    private void user(Key key, double seconds) {
        world.after(world.upTo(seconds / 2), () -> submit(key));
        if (world.chance(0.2)) world.after(world.upTo(seconds), () -> submitNow(key, ""));
        if (world.chance(0.2)) world.after(world.upTo(seconds), () -> submitAnother(key));
        if (world.chance(0.15)) world.after(world.upTo(seconds), () -> withAny(key, one -> one.cancel(key.name)));
        if (world.chance(0.2)) world.after(world.upTo(seconds), () -> withAny(key, one -> one.redrive(key.name)));
    }

    /** Until it is acknowledged, as {@link DurableStoreException} tells. */
    private void submit(Key key) {
        if (history.count(What.ACKNOWLEDGED, key.name) > 0) return;
        submitNow(key, "");
        world.after(2_000_000_000L + world.upTo(8), () -> submit(key));
    }

    private void submitAnother(Key key) {
        if (history.count(What.ACKNOWLEDGED, key.name) > 0) submitNow(key, "another");
    }

    private void submitNow(Key key, String body) {
        withAny(key, process -> {
            history.add(What.SUBMITTED, key.name, process.number(), body);
            process.submit(call(key, body), failure -> {
                What what = failure == null
                        ? What.ACKNOWLEDGED
                        : failure instanceof DurableKeyException ? What.CONFLICT : What.REFUSED;
                history.add(what, key.name, process.number(), body);
            });
        });
    }

    private NewCall call(Key key, String body) {
        long notBefore = key.notBefore == 0 ? 0 : world.millis() + (long) (1_000 * key.notBefore);
        byte[] bytes = (key.name + body).getBytes(StandardCharsets.UTF_8);
        return new NewCall(
                key.name,
                bytes,
                key.callback,
                "chat.completions.create",
                "POST",
                "/chat/completions",
                bytes,
                "{}",
                key.priority,
                notBefore,
                24 * HOUR_MILLIS);
    }

    private void withAny(Key key, Consumer<SimulatedProcess> action) {
        List<SimulatedProcess> there = processes.stream()
                .filter(one -> one.isAlive() && !one.isClosing() && one.has(key.callback))
                .toList();
        if (!there.isEmpty()) there.get(world.random.nextInt(there.size())).run(action);
    }

    private Reply reply(String name, int time) {
        Reply always =
                keys.stream().filter(key -> key.name.equals(name)).findFirst().orElseThrow().always;
        if (always != null) return always;
        return world.chance(0.6) ? Reply.OK : Reply.values()[world.random.nextInt(Reply.values().length)];
    }

    private boolean throwing(String name, int time) {
        return keys.stream().anyMatch(key -> key.name.equals(name) && time <= key.throwing);
    }

    // Processes:

    private void open() {
        processes.add(new SimulatedProcess(this, processes.size() + 1, callbacks, this::throwing));
    }

    private SimulatedProcess any() {
        List<SimulatedProcess> there =
                processes.stream().filter(SimulatedProcess::isAlive).toList();
        return there.isEmpty() ? null : there.get(world.random.nextInt(there.size()));
    }

    /** Now and then, until it is calm. */
    private void trouble(double seconds) {
        world.after(world.upTo(seconds / 3), () -> {
            if (calm) return;
            SimulatedProcess process = any();
            if (process == null) {
                open();
            } else {
                switch (world.random.nextInt(7)) {
                    case 0 -> process.die();
                    case 1 -> process.stopFor(world.upTo(20));
                    case 2 -> {
                        process.cutOff(true);
                        world.after(world.upTo(15), () -> process.cutOff(false));
                    }
                    case 3 -> process.close();
                    case 4 -> setClock();
                    default -> open();
                }
            }
            trouble(seconds);
        });
    }

    private void setClock() {
        history.add(What.CLOCK_SET, 0);
        world.setClockBy(world.chance(0.5) ? HOUR_MILLIS : -HOUR_MILLIS);
    }

    /** Nothing goes wrong from now on. After an upgrade, perhaps, that has forgotten a callback. */
    private void calmDown() {
        calm = true;
        slowFrom = world.nanos() + 60_000_000_000L;
        dangers = Dangers.NONE;
        processes.forEach(process -> process.cutOff(false));
        if (world.chance(0.15)) {
            callbacks = List.of("first");
            for (SimulatedProcess process : processes)
                if (world.chance(0.5)) process.die();
                else if (process.isAlive() && !process.isClosing()) process.close();
        }
        open();
    }

    /** Why it does not come to rest; "" if it does. */
    private String untilRest(double limitSeconds) {
        long look = world.nanos();
        while (world.nanos() < limitSeconds * 1e9) {
            if (!world.step()) return "it does not come to an end";
            if (world.nanos() < look) continue;
            look = world.nanos() + 500_000_000L;
            boolean submitted = keys.stream()
                    .allMatch(
                            key -> history.count(What.ACKNOWLEDGED, key.name) > 0 || !callbacks.contains(key.callback));
            if (calm && submitted && disk.isIdle() && processes.stream().allMatch(SimulatedProcess::isAtRest))
                return "";
        }
        return "it does not come to rest";
    }

    private boolean redriveSome() {
        boolean some = false;
        for (Key key : keys) {
            CallRow row = disk.find(key.name);
            if (row == null || row.state() != DurableState.DEAD || !world.chance(0.4)) continue;
            withAny(key, one -> one.redrive(key.name));
            some = true;
        }
        return some;
    }
}
