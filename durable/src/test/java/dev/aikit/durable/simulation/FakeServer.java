package dev.aikit.durable.simulation;

import dev.aikit.OpenAICall;
import dev.aikit.OpenAIError;
import dev.aikit.OpenAIRequest;
import dev.aikit.OpenAIResponse;
import dev.aikit.durable.internal.Sendable;
import dev.aikit.durable.internal.Sent;
import dev.aikit.durable.simulation.History.What;
import dev.aikit.internal.call.Outcome;
import dev.aikit.internal.http.HttpHead;
import dev.aikit.json.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** A fake of a model's server together with the client that sends to it: what comes of each send is scripted. */
public final class FakeServer {
    /** What comes of a send. */
    public enum Reply {
        OK(200, null),
        TOO_MANY(429, null),
        BROKEN(500, null),
        POISON(400, null),
        LOST(0, OpenAIError.Kind.CONNECTION_LOST),
        /** The client gives up waiting for an answer. */
        NEVER(0, OpenAIError.Kind.TIMEOUT);

        private final int status;
        private final OpenAIError.Kind kind;

        Reply(int status, OpenAIError.Kind kind) {
            this.status = status;
            this.kind = kind;
        }
    }

    /** The sender of a request. */
    public interface Client {
        int number();

        boolean isAlive();

        /** So many more requests are under way. */
        void sends(int more);

        /** Does it there, if it is still alive. */
        void later(long delayNanos, Runnable task);
    }

    static final double TIMEOUT_SECONDS = 30;
    private static final int LONGEST_RETRY_AFTER = 12;
    private static final OpenAIRequest REQUEST =
            new OpenAIRequest("chat.completions.create", "POST", URI.create("http://fake.test/v1"), Set.of(), 0);

    private final World world;
    private final History history;
    private final BiFunction<String, Integer, Reply> script;

    /** @param script what comes of a key's n-th send */
    public FakeServer(World world, History history, BiFunction<String, Integer, Reply> script) {
        this.world = world;
        this.history = history;
        this.script = script;
    }

    public static String answer(String key) {
        return "answer to " + key;
    }

    /** As a client sends a call. */
    public OpenAICall<Sent> send(Client client, Sendable call, Consumer<Sent> callback) {
        String key = call.call().key();
        int number = history.count(What.SENT, key) + 1;
        Call made = new Call(client, key, number, callback);
        if (!client.isAlive()) return made; // it is a process no more
        history.add(What.SENT, key, client.number(), "" + number);
        client.sends(1);
        Reply reply = script.apply(key, number);
        long delay = reply == Reply.NEVER ? (long) (TIMEOUT_SECONDS * 1e9) : world.upTo(world.chance(0.9) ? 0.5 : 8);
        int after = reply == Reply.TOO_MANY && world.chance(0.8) ? world.random.nextInt(LONGEST_RETRY_AFTER) : -1;
        client.later(delay, () -> made.end(outcome(reply, key, after), reply.toString(), after));
        return made;
    }

    /** The handle of a call, as a callback's exception names it. */
    public OpenAICall<Sent> handle(Client client, String key) {
        return new Call(client, key, 0, sent -> {});
    }

    private static Outcome outcome(Reply reply, String key, int retryAfter) {
        if (reply.kind != null) return failed(OpenAIError.of(reply.kind, reply.toString(), null, null));
        Map<String, List<String>> headers = retryAfter < 0 ? Map.of() : Map.of("retry-after", List.of("" + retryAfter));
        String body = reply != Reply.OK
                ? "{\"error\":{\"message\":\"no, says the simulation\"}}"
                : "{\"id\":\"chatcmpl-1\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"role\":"
                        + "\"assistant\",\"content\":\"" + answer(key) + "\"}}]}";
        OpenAIResponse response =
                new OpenAIResponse(new HttpHead(reply.status, "", headers), body.getBytes(StandardCharsets.UTF_8));
        Outcome outcome = new Outcome(REQUEST, response, response.json(), List.of(), List.of(), true);
        return reply == Reply.OK
                ? outcome
                : outcome.failed(OpenAIError.of(OpenAIError.Kind.HTTP, "status " + reply.status, response, null));
    }

    private static Outcome failed(OpenAIError error) {
        return new Outcome(REQUEST, null, Json.missing(), List.of(error), List.of(), true);
    }

    private final class Call extends OpenAICall<Sent> {
        private final Client client;
        private final String key;
        private final int number;
        private final Consumer<Sent> callback;
        private final CompletableFuture<Sent> future = new CompletableFuture<>();
        private boolean over;
        private boolean cancelled;

        private Call(Client client, String key, int number, Consumer<Sent> callback) {
            this.client = client;
            this.key = key;
            this.number = number;
            this.callback = callback;
        }

        private void end(Outcome outcome, String reply, int retryAfter) {
            if (over) return;
            over = true;
            if (!cancelled) client.sends(-1);
            history.add(What.REPLIED, key, client.number(), reply + " " + number + " " + retryAfter);
            Sent sent = new Sent(outcome);
            try {
                callback.accept(sent);
            } finally {
                future.complete(sent);
            }
        }

        @Override
        public boolean cancel() {
            if (over) return false;
            if (!cancelled) client.sends(-1);
            cancelled = true;
            Outcome cancelled = failed(OpenAIError.of(OpenAIError.Kind.CANCELLED, "cancelled", null, null));
            client.later(world.upTo(0.01), () -> end(cancelled, "CANCELLED", -1));
            return true;
        }

        @Override
        public boolean isDone() {
            return future.isDone();
        }

        @Override
        public Sent await() {
            return future.join();
        }

        @Override
        public Optional<Sent> await(Duration limit) {
            return Optional.ofNullable(future.getNow(null));
        }

        @Override
        public CompletableFuture<Sent> future() {
            return future;
        }

        @Override
        public String function() {
            return REQUEST.function();
        }

        @Override
        public long id() {
            return 0;
        }
    }
}
