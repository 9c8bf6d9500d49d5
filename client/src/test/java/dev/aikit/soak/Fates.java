package dev.aikit.soak;

import dev.aikit.testkit.Answers;
import dev.aikit.testkit.Fault;
import dev.aikit.testkit.Faults;
import dev.aikit.testkit.ScriptedServer;
import dev.aikit.testkit.ScriptedServer.Script;
import dev.aikit.testkit.ServerExchange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** A server that does well by two requests of three, and fails with the third in one of all the ways that the test kit has. */
final class Fates {
    /** The header by which it knows whose request it is. */
    static final String HEADER = "x-soak";

    private static final String JSON = "content-type: application/json";
    private static final String EVENTS = "content-type: text/event-stream";
    private static final int[] STATUSES = {400, 401, 408, 429, 500, 502, 503};
    private static final Fault[] FAULTS = Fault.values();

    /** What was done to the last request of a call. */
    record Fate(String name, boolean whole) {}

    private final long seed;
    private final ScriptedServer server;
    private final IntConsumer arrived;
    private final Map<Integer, Integer> requests = new ConcurrentHashMap<>();
    private final Map<Integer, Fate> last = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> counts;

    /**
     * @param arrived hears of each request before it is answered
     * @param counts how often each fate was met, to be added to
     */
    Fates(long seed, ScriptedServer server, Map<String, AtomicInteger> counts, IntConsumer arrived) {
        this.seed = seed;
        this.server = server;
        this.counts = counts;
        this.arrived = arrived;
        server.otherwise(this::serve);
    }

    static String text(int call) {
        return ("call " + call + " é ").repeat(20);
    }

    /** How many requests of the call have come. */
    int requests(int call) {
        return requests.getOrDefault(call, 0);
    }

    Fate last(int call) {
        return last.getOrDefault(call, new Fate("nothing came", false));
    }

    private void serve(ServerExchange to) throws Exception {
        server.takeRequest(); // nobody else looks at it, and all of them would fill the memory
        int call = Integer.parseInt(to.request().header(HEADER));
        int attempt = requests.merge(call, 1, Integer::sum);
        Random random = new Random(seed * 1_000_003 + call * 31L + attempt);
        if (random.nextInt(50) == 0) badConnection(random.nextInt(2));
        boolean streams = to.request().text().contains("\"stream\":true");
        Script good = good(to.request().target(), call, streams, random);
        if (random.nextInt(3) > 0) {
            note(call, "well", true);
            arrived.accept(call);
            good.run(to);
        } else {
            boolean anythingGoes = to.request().target().endsWith("/content"); // then no body is an error
            bad(call, random.nextInt(anythingGoes ? 17 : 18), streams, random, good, to);
        }
    }

    /** For whoever is the next to connect. */
    private void badConnection(int kind) {
        note(-1, kind == 0 ? "reset on connect" : "noise on connect", false);
        server.thenConnection(kind == 0 ? Faults.resetOnConnect() : Faults.noise());
    }

    private void note(int call, String name, boolean whole) {
        if (call >= 0) last.put(call, new Fate(name, whole));
        counts.computeIfAbsent(name, any -> new AtomicInteger()).incrementAndGet();
    }

    private static Script good(String target, int call, boolean streams, Random random) {
        String text = text(call);
        String whole = Answers.whole(text);
        if (target.endsWith("/models")) whole = "{\"object\":\"list\",\"data\":[{\"id\":\"" + text + "\"}]}";
        if (target.endsWith("/files")) whole = "{\"id\":\"file-1\",\"filename\":\"" + text + "\"}";
        if (target.endsWith("/content")) whole = text;
        String body = whole;
        if (!streams) {
            boolean compressed = random.nextInt(5) == 0;
            return to -> {
                if (compressed) to.gzip(200, body, JSON);
                else to.answer(200, body, JSON);
            };
        }
        if (random.nextInt(4) == 0)
            return Faults.trickle(
                    400, Duration.ofMillis(1), to -> to.answer(200, Answers.stream(text.split("(?<= )")), EVENTS));
        return to -> {
            to.events();
            for (String piece : text.split("(?<= é )")) to.chunk(Answers.event(Answers.text(piece)));
            to.chunk(Answers.event(Answers.piece("{}", "\"stop\"")) + Answers.done())
                    .chunk("");
        };
    }

    private void bad(int call, int kind, boolean streams, Random random, Script good, ServerExchange to)
            throws Exception {
        String type = streams ? EVENTS : JSON;
        String body = streams ? Answers.unfinished(text(call)) : Answers.whole(text(call));
        Fault fault = FAULTS[kind % FAULTS.length];
        // Every good answer has more bytes than that; where its head ends is among them.
        int bytes = 1 + random.nextInt(120);
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        switch (kind) {
            case 0, 1, 2, 3, 4, 5 -> fail(call, fault + " in the answer", Faults.after(bytes, fault, good), to);
            case 6, 7, 8, 9, 10, 11 -> fail(call, fault + " instead", Faults.instead(fault), to);
            case 12 -> fail(call, "too short", Faults.tooShort(200, body, 1 + random.nextInt(length), type), to);
            case 13 -> fail(call, "false gzip", Faults.falseGzip(200, body, type), to);
            case 14 -> fail(call, "long header", Faults.longHeader(100_000), to);
            case 15 ->
                fail(
                        call,
                        "endless",
                        streams ? Faults.endlessStream(Answers.event(Answers.text("more"))) : Faults.endless(200, JSON),
                        to);
            case 16 -> {
                int status = STATUSES[random.nextInt(STATUSES.length)];
                fail(call, "status", x -> x.answer(status, Answers.error("no"), JSON), to);
            }
            default ->
                fail(
                        call,
                        "an error under 200",
                        x -> x.answer(200, streams ? "data: {\"error\":\"no\"}\n\n" : "{\"error\":\"no\"}", type),
                        to);
        }
    }

    private void fail(int call, String name, Script script, ServerExchange to) throws Exception {
        note(call, name, false);
        arrived.accept(call);
        script.run(to);
    }
}
