package dev.aikit.testing;

import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIConfiguration;
import dev.aikit.OpenAIError;
import dev.aikit.chat.OpenAIChatCompletionsParameters;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIChatCompletionsStreamResult;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.json.Json;
import dev.aikit.testkit.Answers;
import dev.aikit.testkit.ReceivedRequest;
import dev.aikit.testkit.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** The ways to make one and the same chat call, for tests of what holds for all of them. */
public enum Way {
    /** No callback: the function waits. */
    WAITING,
    /** A callback: the function returns at once. */
    ASYNCHRONOUS,
    /** A stream that is waited for as a whole. */
    STREAMING_WAITING,
    /** A stream with callbacks. */
    STREAMING;

    /** What a call came to: the result, the pieces before it, and the names of the callbacks in their order. */
    public record Seen(
            OpenAIChatCompletionsResult result,
            List<OpenAIChatCompletionsStreamResult> pieces,
            List<String> callbacks) {
        /** The one error of a call that failed. */
        public OpenAIError error() {
            if (result.errors().size() != 1) throw new AssertionError("one error expected, not " + result);
            return result.errors().get(0);
        }

        /** The text of the first choice. */
        public String text() {
            return result.choice().text();
        }
    }

    /** A conversation. */
    public static final List<OpenAIMessage> QUESTION = List.of(OpenAIMessage.user("How are you?"));

    /** A generous limit for waiting. */
    public static final Duration LIMIT = Duration.ofSeconds(ScriptedServer.LIMIT_SECONDS);

    /** What the clients show to the server. */
    static final String KEY = "sk-test";

    /** A client for that server, with a key. */
    public static OpenAI client(ScriptedServer server) {
        return client(server, c -> c);
    }

    /** A client for that server, with a key and more settings. */
    public static OpenAI client(ScriptedServer server, UnaryOperator<OpenAIConfiguration> settings) {
        return OpenAI.create(
                c -> settings.apply(c.baseURL(server.uri("/v1").toString()).apiKey(KEY)));
    }

    /** Whether the server is asked for a stream. */
    public boolean streams() {
        return this == STREAMING || this == STREAMING_WAITING;
    }

    /** What a server answers to this way of asking: those pieces, or the whole that they make. */
    public ScriptedServer.Script answer(String... pieces) {
        if (streams()) return to -> to.answer(200, Answers.stream(pieces), "content-type: text/event-stream");
        return to -> to.answer(200, Answers.whole(String.join("", pieces)), "content-type: application/json");
    }

    /** Asks, and waits for the end whatever the way. */
    public Seen chat(OpenAI client) throws InterruptedException {
        return chat(client, QUESTION);
    }

    /** Asks that, and waits for the end whatever the way. */
    public Seen chat(OpenAI client, List<OpenAIMessage> messages) throws InterruptedException {
        return chat(client, messages, p -> p);
    }

    /** Asks that model, and waits for the end whatever the way. */
    public Seen chat(OpenAI client, String model) throws InterruptedException {
        return chat(client, QUESTION, p -> p.model(model));
    }

    /** Asks that with more parameters, and waits for the end whatever the way. */
    public Seen chat(
            OpenAI client,
            List<OpenAIMessage> messages,
            UnaryOperator<OpenAIChatCompletionsParameters<OpenAIChatCompletionsResult>> settings)
            throws InterruptedException {
        List<String> callbacks = new CopyOnWriteArrayList<>();
        List<OpenAIChatCompletionsStreamResult> pieces = new CopyOnWriteArrayList<>();
        OpenAIChatCompletionsResult result = switch (this) {
            case WAITING -> client.chat().completions().create(messages, p -> settings.apply(p));
            case STREAMING_WAITING -> client.chat().completions().create(messages, p -> settings.apply(p.stream(true)));
            case ASYNCHRONOUS ->
                ended(client.chat()
                        .completions()
                        .create(
                                messages,
                                p -> settings.apply(p)
                                        .onResponse(r -> callbacks.add("onResponse"))
                                        .onError(r -> callbacks.add("onError"))
                                        .onTerminate(r -> callbacks.add("onTerminate"))
                                        .formula(r -> callbacks.add("formula"))));
            case STREAMING ->
                ended(client.chat()
                        .completions()
                        .create(
                                messages,
                                p -> settings.apply(p)
                                        .onData(pieces::add)
                                        .onResponse(r -> callbacks.add("onResponse"))
                                        .onError(r -> callbacks.add("onError"))
                                        .onTerminate(r -> callbacks.add("onTerminate"))
                                        .formula(r -> callbacks.add("formula"))));
        };
        if (this == ASYNCHRONOUS || this == STREAMING) {
            String first = result.success() ? "onResponse" : "onError";
            if (!callbacks.equals(List.of(first, "onTerminate", "formula")))
                throw new AssertionError("each callback once and in order expected, not " + callbacks);
        }
        return new Seen(result, pieces, callbacks);
    }

    /** What is said in a request. */
    public static List<OpenAIMessage> messages(ReceivedRequest request) {
        return Json.parse(request.text()).get("messages").map(OpenAIMessage::new);
    }

    /** Waits for a call's end. */
    public static <R extends dev.aikit.OpenAIResult> R ended(OpenAICall<R> call) throws InterruptedException {
        return call.await(LIMIT).orElseThrow(() -> new AssertionError("the call did not end within " + LIMIT));
    }
}
