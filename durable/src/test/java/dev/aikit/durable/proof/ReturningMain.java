package dev.aikit.durable.proof;

import dev.aikit.OpenAI;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.durable.DurableWorker;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A program whose main returns at once, and closes nothing. Arguments: folder, base URL, what to do. */
public final class ReturningMain {
    private ReturningMain() {}

    public static void main(String... arguments) throws Exception {
        Journal delivered = new Journal(Path.of(arguments[0], "delivered-main.log"));
        OpenAI client = OpenAI.create(c -> c.baseURL(arguments[1]));
        DurableWorker worker = DurableWorker.builder()
                .store(TestStore.in(Path.of(arguments[0])).store())
                .client(client)
                .callback("prove", OpenAIChatCompletionsResult.class, (call, result) -> delivered.add(call.key()))
                .open();
        if (arguments[2].equals("nothing")) return;
        var submission = worker.call("call-1", "prove");
        client.chat()
                .completions()
                .create(
                        List.of(OpenAIMessage.user("Hello")),
                        p -> p.user("call-1")
                                .on(
                                        arguments[2].equals("deferred")
                                                ? submission.notBefore(
                                                        Instant.now().plusSeconds(3_600))
                                                : submission));
    }
}
