package dev.aikit.durable.compare;

import dev.aikit.OpenAI;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.durable.DurableState;
import dev.aikit.durable.DurableWorker;
import java.time.Duration;
import java.util.List;

/** A durable worker. Calls wait for their answers without a thread; effect and end of a call are one commit. */
final class Ours implements Contender {
    private final OpenAI client;
    private final DurableWorker worker;
    private final int atATime;

    Ours(Database database, OpenAI client, int atATime) {
        this.client = client;
        this.atATime = atATime;
        worker = DurableWorker.builder()
                .store(database.store().store())
                .client(client)
                .maxInFlight(atATime)
                .maxCallbacks(atATime)
                .callback("effect", OpenAIChatCompletionsResult.class, (call, result) -> {
                    if (!result.choice().text().equals("answer to " + call.key()))
                        throw new IllegalStateException("another call's answer");
                    call.write(connection -> Database.effect(connection, call.key()));
                })
                .open();
    }

    @Override
    public String name() {
        return "durable worker, " + atATime + " calls and " + atATime + " callbacks at a time";
    }

    @Override
    public void run(List<String> keys) throws Exception {
        for (String key : keys)
            client.chat()
                    .completions()
                    .create(Asking.MESSAGES, p -> p.user(key)
                            .on(worker.call(key, "effect").unconfirmed()));
        if (!worker.awaitIdle(Duration.ofMinutes(30))) throw new IllegalStateException("nothing moves");
        long dead = worker.counts().getOrDefault(DurableState.DEAD, 0L);
        if (dead > 0) throw new IllegalStateException(dead + " are dead");
    }

    @Override
    public void close() {
        worker.close();
    }
}
