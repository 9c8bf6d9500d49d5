package dev.aikit.durable.proof;

import dev.aikit.OpenAI;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.durable.DurableWorker;
import java.nio.file.Path;
import java.util.List;

/** Submits calls one after the other and sends none. Arguments: folder, number of calls. */
public final class SubmittingMain {
    private SubmittingMain() {}

    public static void main(String... arguments) throws Exception {
        try (OpenAI client = OpenAI.create(c -> c.baseURL("http://127.0.0.1:9/v1"));
                DurableWorker worker = DurableWorker.builder()
                        .store(TestStore.in(Path.of(arguments[0])).store())
                        .client(client)
                        .callback("prove", OpenAIChatCompletionsResult.class, (call, result) -> {})
                        .submitsOnly()
                        .open()) {
            for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
                String key = "call-" + i;
                client.chat()
                        .completions()
                        .create(List.of(OpenAIMessage.user("Hello")), p -> p.on(worker.call(key, "prove")));
            }
        }
    }
}
