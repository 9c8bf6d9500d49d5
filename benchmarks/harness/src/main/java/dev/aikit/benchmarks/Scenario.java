package dev.aikit.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is measured.
 *
 * @param inFlight calls or streams at once
 * @param path what the server is asked for
 * @param size characters of an answer, chunks of a stream
 * @param messages what is asked
 * @param question bytes of each message
 */
record Scenario(String name, Kind kind, int inFlight, String path, int size, int messages, int question) {
    enum Kind {
        CALL,
        STREAM,
        EMBED,
        TIMES,
        FIRST,
        SLOW,
        START
    }

    /** By group; a group's name stands for all that is in it. */
    static final Map<String, List<Scenario>> GROUPS = groups();

    private static Map<String, List<Scenario>> groups() {
        Map<String, List<Scenario>> groups = new LinkedHashMap<>();
        groups.put("call64", List.of(calls(64)));
        groups.put("stream64", List.of(streams("stream64", 64, 500)));
        groups.put("paced64", List.of(new Scenario("paced64", Kind.STREAM, 64, "paced-500-5", 500, 2, 60)));
        groups.put("embeddings", List.of(embeddings(1), embeddings(4)));
        groups.put("sizes", List.of(size(7), size(9), size(16), size(64)));
        groups.put("first", List.of(new Scenario("first", Kind.FIRST, 1, "stamp", 1, 2, 60)));
        groups.put("slow5000", List.of(slow("slow5000", 10, 1000), slow("steady5000", 100, 100)));
        groups.put("start", List.of(start("start"), start("start-cds")));
        List<Scenario> curves = new ArrayList<>();
        for (int n : new int[] {1, 1000}) curves.add(calls(n));
        for (int n : new int[] {10, 100, 1000, 10_000, 100_000}) curves.add(streams("chunks" + n, 1, n));
        for (int n : new int[] {1, 10, 100})
            curves.add(new Scenario("answer" + n, Kind.CALL, 1, "text-" + n + "000000", n * 1_000_000, 2, 60));
        for (int n : new int[] {10, 100, 1000})
            curves.add(new Scenario("messages" + n, Kind.CALL, 1, ordinary(), Bodies.ORDINARY, n, 200));
        groups.put("curves", curves);
        return groups;
    }

    private static String ordinary() {
        return "text-" + Bodies.ORDINARY;
    }

    private static Scenario calls(int inFlight) {
        return new Scenario("call" + inFlight, Kind.CALL, inFlight, ordinary(), Bodies.ORDINARY, 2, 60);
    }

    private static Scenario streams(String name, int inFlight, int chunks) {
        return new Scenario(name, Kind.STREAM, inFlight, "stream-" + chunks, chunks, 2, 60);
    }

    private static Scenario slow(String name, int chunks, int period) {
        return new Scenario(name, Kind.SLOW, 5000, "slow-" + chunks + "-" + period, chunks, 2, 60);
    }

    private static Scenario embeddings(int inFlight) {
        return new Scenario("embed" + inFlight, Kind.EMBED, inFlight, "vectors", 0, 0, 0);
    }

    private static Scenario size(int kilobytes) {
        return new Scenario("size" + kilobytes, Kind.TIMES, 1, ordinary(), Bodies.ORDINARY, 1, kilobytes * 1024);
    }

    private static Scenario start(String name) {
        return new Scenario(name, Kind.START, 1, ordinary(), Bodies.ORDINARY, 2, 60);
    }

    static Scenario of(String name) {
        for (List<Scenario> group : GROUPS.values())
            for (Scenario scenario : group) if (scenario.name.equals(name)) return scenario;
        throw new IllegalArgumentException("no such scenario: " + name + "; there are " + GROUPS);
    }

    /** The scenarios of groups and single ones. */
    static List<Scenario> named(List<String> names) {
        List<Scenario> all = new ArrayList<>();
        for (String name : names) all.addAll(GROUPS.getOrDefault(name, List.of()));
        for (String name : names) if (!GROUPS.containsKey(name)) all.add(of(name));
        return all;
    }

    Question asked() {
        String text = "Could you explain me why 42 is a special number? ".repeat(question / 49 + 1);
        List<Question.Message> all = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            String role = i == 0 && messages > 1 ? "system" : i % 2 == messages % 2 ? "assistant" : "user";
            all.add(new Question.Message(role, text.substring(0, question)));
        }
        return new Question(all);
    }

    List<String> inputs() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < Bodies.INPUTS; i++) all.add("Why is 42 a special number? Passage " + i);
        return all;
    }
}
