package dev.aikit.simulation;

import dev.aikit.internal.http.HttpHead;
import dev.aikit.internal.http.TransportFailure.Reason;
import dev.aikit.testkit.Answers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Writes scripts by chance: answers of every kind, good and bad, that end well, badly, or never. */
final class Scripts {
    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int[] ERRORS = {400, 401, 404, 408, 409, 422, 429, 429, 500, 503, 529};
    private static final Reason[] NO_CONNECTION = {Reason.DNS, Reason.CONNECT, Reason.TLS, Reason.CONNECT};

    private final World world;

    Scripts(World world) {
        this.world = world;
    }

    private long delay() {
        // Mostly soon, sometimes late, now and then so late that a deadline passes.
        double kind = world.random.nextDouble();
        return world.upTo(kind < 0.8 ? 20 * MILLISECOND : kind < 0.97 ? 900 * MILLISECOND : 20_000 * MILLISECOND);
    }

    Script of(int number, boolean stream, boolean mayAskForTools) {
        if (world.chance(0.03)) return new Script(false);
        Script script = new Script(true);
        if (world.chance(0.08)) {
            Reason reason = NO_CONNECTION[world.random.nextInt(NO_CONNECTION.length)];
            script.thenFail(delay(), reason);
            return world.chance(0.3) ? script.inPlace() : script;
        }
        script.thenConnected(delay());
        if (world.chance(0.04)) return script.thenFail(delay(), world.chance(0.5) ? Reason.STALE : Reason.LOST);
        if (world.chance(0.02)) return script.thenFail(delay(), Reason.PROTOCOL);
        if (world.chance(0.03)) return script; // silence
        if (world.chance(0.04)) return redirect(script);
        if (world.chance(0.2)) return error(script);
        boolean streamed = stream && world.chance(0.9);
        if (streamed) stream(script, number, mayAskForTools);
        else whole(script, number, mayAskForTools);
        return script;
    }

    private static HttpHead head(int status, Map<String, String> headers) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        return new HttpHead(status, "", all);
    }

    private Script redirect(Script script) {
        String location = world.chance(0.7) ? "http://simulated.test/v1/elsewhere" : "http://other.test/v1";
        return script.then(delay(), head(307, Map.of("location", location))).thenEnd(delay(), false);
    }

    private Script error(Script script) {
        int status = ERRORS[world.random.nextInt(ERRORS.length)];
        Map<String, String> headers = new LinkedHashMap<>();
        if (world.chance(0.3)) headers.put("retry-after", world.chance(0.7) ? "1" : "86400");
        script.then(delay(), head(status, headers));
        byte[] body = bytes("{\"error\":{\"message\":\"simulated\"}}");
        if (world.chance(0.8)) {
            script.then(delay(), body, false).thenEnd(delay(), false);
        } else {
            script.then(delay(), java.util.Arrays.copyOf(body, world.random.nextInt(body.length)), false);
            if (world.chance(0.5)) script.thenFail(delay(), Reason.LOST);
        }
        return script;
    }

    private void whole(Script script, int number, boolean mayAskForTools) {
        script.text = "answer " + number;
        String body = Answers.whole(script.text);
        if (mayAskForTools && world.chance(0.5)) {
            body = toolCalls();
            script.text = "";
            script.asksForTools = true;
        } else if (world.chance(0.05)) {
            body = "{\"error\":{\"message\":\"not this time\"}}";
            script.flaw = "an error under status 200";
        } else if (world.chance(0.05)) {
            body = "<html>busy</html>";
            script.flaw = "not JSON";
        }
        script.then(
                delay(), head(200, Map.of("content-type", script.flaw == null ? "application/json" : "text/plain")));
        body(script, bytes(body), -1);
        if (world.chance(0.85)) script.thenEnd(delay(), script.flaw == null);
        else if (world.chance(0.5)) script.thenFail(delay(), Reason.LOST);
    }

    private static String toolCalls() {
        Map<String, Object> call =
                Map.of("id", "call_1", "type", "function", "function", Map.of("name", "tool", "arguments", "{}"));
        return Answers.whole(Map.of("role", "assistant", "tool_calls", List.of(call)), "tool_calls");
    }

    private void stream(Script script, int number, boolean mayAskForTools) {
        script.then(delay(), head(200, Map.of("content-type", "text/event-stream")));
        List<String> events = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        int pieces = world.random.nextInt(6);
        for (int i = 0; i < pieces; i++) {
            String piece = number + "." + i + " é ";
            if (world.chance(0.1)) events.add(": still here\n\n");
            events.add(Answers.event(Answers.text(piece)));
            text.append(piece);
        }
        if (world.chance(0.06)) {
            boolean named = world.chance(0.5);
            script.flaw = "an error within the stream";
            events.add(named ? "event: error\ndata: {\"message\":\"no\"}\n\n" : "data: {\"error\":\"no\"}\n\n");
        } else if (world.chance(0.04)) {
            script.flaw = "an event that is not JSON";
            events.add("data: what?\n\n");
        }
        boolean tools = mayAskForTools && script.flaw == null && world.chance(0.5);
        if (tools) {
            script.asksForTools = true;
            events.add(Answers.event(Answers.piece(
                    "{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"function\":{\"name\":\"tool\",\"arguments\":\"{}\"}}]}",
                    "null")));
        }
        int wholeFrom = Integer.MAX_VALUE;
        double ending = world.random.nextDouble();
        if (ending < 0.9) {
            events.add(Answers.event(Answers.piece("{}", tools ? "\"tool_calls\"" : "\"stop\"")));
            wholeFrom = length(events);
        }
        if (ending < 0.75 || ending > 0.95) {
            events.add(Answers.done());
            wholeFrom = Math.min(wholeFrom, length(events));
        }
        script.text = text.toString();
        body(script, bytes(String.join("", events)), script.flaw == null ? wholeFrom : Integer.MAX_VALUE);
        if (world.chance(0.7)) script.thenEnd(delay(), false);
        else if (world.chance(0.6)) script.thenFail(delay(), Reason.LOST);
    }

    /** Where the last event is there: its blank line may be missing at a stream's end. */
    private static int length(List<String> events) {
        return bytes(String.join("", events)).length - 2;
    }

    /** In pieces; now and then not all of it comes. */
    private void body(Script script, byte[] body, int wholeFrom) {
        int end = world.chance(0.12) ? world.random.nextInt(body.length + 1) : body.length;
        boolean cut = end < body.length;
        for (int at = 0; at < end; ) {
            int to = Math.min(end, at + 1 + world.random.nextInt(world.chance(0.3) ? 4 : 200));
            boolean marks = wholeFrom > at && wholeFrom <= to;
            script.then(delay(), java.util.Arrays.copyOfRange(body, at, to), marks);
            at = to;
        }
        if (cut) script.thenFail(delay(), Reason.LOST);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
