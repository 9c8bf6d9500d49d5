package dev.aikit.simulation;

import dev.aikit.Clients;
import dev.aikit.OpenAI;
import dev.aikit.OpenAIConfiguration;
import dev.aikit.internal.http.HttpCall;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Some calls of one client, everything around them simulated, all decided by one seed. */
final class Simulation {
    private static final int MOST_CALLS = 6;

    private final World world;
    private final Scripts scripts;
    private final Executors executors;
    private final Place users;
    private final OpenAI client;
    private final List<Caller> callers = new ArrayList<>();
    private final AtomicInteger reported = new AtomicInteger();
    private volatile boolean closed;

    private Simulation(World world) {
        this.world = world;
        scripts = new Scripts(world);
        executors = new Executors(world);
        users = world.pool();
        Network network = new Network(world, 1 + world.random.nextInt(2), this::script);
        OpenAIConfiguration configuration = OpenAIConfiguration.defaults()
                .baseURL("http://simulated.test/v1")
                .uncaughtExceptionHandler((call, thrown) -> reported.incrementAndGet());
        client = Clients.with(configuration, world, network, world.pool()::add);
    }

    /**
     * What a run came to.
     *
     * @param wrong the rules that were broken, by the oracle
     * @param endings of the calls, in order: "success", or the kind of the error
     */
    record Run(List<String> wrong, List<String> endings) {}

    static Run run(long seed) {
        return run(new World(seed));
    }

    /** The same with real threads. */
    static Run runOnThreads(long seed) {
        return run(new ThreadWorld(seed));
    }

    private static Run run(World world) {
        Simulation simulation = new Simulation(world);
        List<String> wrong = simulation.run();
        return new Run(
                wrong, simulation.callers.stream().map(Simulation::ending).toList());
    }

    private static String ending(Caller caller) {
        if (caller.results.isEmpty()) return "none";
        var result = caller.results.get(0);
        return result.success() ? "success" : result.errors().get(0).kind().name();
    }

    private Script script(HttpCall call, int number) {
        Caller caller = callers.get(Integer.parseInt(call.headers().get(Caller.HEADER)));
        Script script = scripts.of(number, caller.stream, caller.helper);
        caller.exchanges.add(script);
        return script;
    }

    private List<String> run() {
        int calls = 1 + world.random.nextInt(MOST_CALLS);
        for (int i = 0; i < calls; i++) {
            Caller caller = new Caller(world, i);
            callers.add(caller);
            world.byUser(soon(), users, () -> caller.begin(client, executors.any()));
            if (world.chance(0.3)) world.byUser(soon(), users, caller::cancel);
        }
        if (world.isExact()) {
            if (world.chance(0.15)) world.byUser(soon(), users, this::close);
        } else if (world.chance(0.5)) {
            closeWhileACallBegins();
        }
        world.run();
        for (Caller caller : callers) world.await(caller.call.future());
        world.run();
        List<String> wrong = new ArrayList<>();
        for (Caller caller : callers)
            for (String each : Oracle.judge(caller, closed)) wrong.add("call " + caller.number + ": " + each);
        int thrown = callers.stream().mapToInt(caller -> caller.thrown).sum();
        if (thrown != reported.get()) wrong.add(thrown + " exceptions of callbacks, " + reported + " reported");
        client.close();
        world.run();
        return wrong;
    }

    private void closeWhileACallBegins() {
        Caller last = new Caller(world, callers.size());
        callers.add(last);
        long when = soon();
        world.byUser(when, users, this::close);
        world.byUser(when, users, () -> last.begin(client, executors.any()));
    }

    private void close() {
        closed = true;
        client.close();
    }

    private long soon() {
        return world.upTo(TimeUnit.MILLISECONDS.toNanos(world.chance(0.7) ? 100 : 5_000));
    }
}
