package dev.aikit.durable;

import dev.aikit.OpenAI;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.durable.proof.ModelServer;
import dev.aikit.durable.proof.TestStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What the tests of the worker need: a fake server, a client, a store, and the callbacks that came. */
final class Bench {
    static final long LIMIT_SECONDS = 60;

    /** That a callback was called. */
    record Came(String key, int number, OpenAIChatCompletionsResult result) {}

    final ModelServer server = new ModelServer();
    final OpenAI client;
    final TestStore database;
    final BlockingQueue<Came> came = new LinkedBlockingQueue<>();
    private final List<AutoCloseable> opened = new ArrayList<>();

    Bench(TestStore database) {
        this.database = database;
        client = OpenAI.create(c -> c.baseURL(server.baseUrl()).apiKey("sk-secret-of-the-client"));
    }

    /** With the callback "note", which notes that it came, and short waits. */
    DurableWorkerBuilder builder() {
        return bare().callback("note", OpenAIChatCompletionsResult.class, this::note);
    }

    DurableWorkerBuilder bare() {
        return DurableWorker.builder()
                .store(database.store())
                .client(client)
                .backOff(Duration.ofMillis(5), Duration.ofMillis(20));
    }

    void note(DurableDelivery call, OpenAIChatCompletionsResult result) {
        came.add(new Came(call.key(), call.number(), result));
    }

    DurableWorker open(DurableWorkerBuilder builder) {
        DurableWorker worker = builder.open();
        opened.add(() -> worker.close(Duration.ZERO));
        return worker;
    }

    /** Submits a call under that key, for "note". */
    DurableCall<OpenAIChatCompletionsResult> submit(DurableWorker worker, String key) {
        return submit(worker.call(key, "note"), key);
    }

    DurableCall<OpenAIChatCompletionsResult> submit(DurableSubmission submission, String user) {
        return (DurableCall<OpenAIChatCompletionsResult>) client.chat()
                .completions()
                .create(List.of(OpenAIMessage.user("Hello")), p -> p.user(user).on(submission));
    }

    /** Waits for the next callback. */
    Came next() throws InterruptedException {
        Came next = came.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (next == null) throw new AssertionError("no callback came");
        return next;
    }

    static OpenAIChatCompletionsResult end(DurableCall<OpenAIChatCompletionsResult> call) throws InterruptedException {
        return call.await(Duration.ofSeconds(LIMIT_SECONDS)).orElseThrow();
    }

    void close() throws Exception {
        for (AutoCloseable each : opened) each.close();
        client.close();
        server.close();
    }
}
