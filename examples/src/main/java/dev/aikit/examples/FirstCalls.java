package dev.aikit.examples;

import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.local.LocalServer;
import java.io.PrintStream;
import java.util.List;

/** The first calls, each with a callback: what {@code ./aikit demo} runs. */
public final class FirstCalls {
    private static final List<OpenAIMessage> QUESTION =
            List.of(OpenAIMessage.user("May main return before the callback comes?"));

    private FirstCalls() {}

    /** Runs them. */
    public static void main(String... arguments) throws InterruptedException {
        run(System.out);
    }

    /** Runs them, and tells of them there. */
    public static void run(PrintStream out) throws InterruptedException {
        try (LocalServer server = LocalServer.start();
                OpenAI client = OpenAI.create(c -> c.baseURL(server.baseURL()))) {
            out.println("A local server with real models: " + server.baseURL());
            out.println("Its chat model aikit-guide is extractive: it answers with passages of this kit's");
            out.println("documentation. It is not a large language model.");

            out.println("\n== 1. The list of models, received in a callback");
            client.models()
                    .list(p -> p.formula(result -> result.models().forEach(model -> out.println("   " + model.id()))))
                    .await();

            out.println("\n== 2. A question, put without waiting: "
                    + QUESTION.get(0).text());
            OpenAICall<OpenAIChatCompletionsResult> call = client.chat()
                    .completions()
                    .create(QUESTION, p -> p.model("aikit-guide").formula(result -> answered(out, result)));
            out.println(
                    "   asked, not waiting (thread " + Thread.currentThread().getName() + ")");
            call.await();

            out.println("\n== 3. The same, streamed piece by piece");
            client.chat()
                    .completions()
                    .create(
                            QUESTION,
                            p -> p.model("aikit-guide")
                                    .onData(chunk ->
                                            piece(out, chunk.choice().delta().text()))
                                    .onTerminate(result -> ended(out, result)))
                    .await();
        }
    }

    private static void answered(PrintStream out, OpenAIChatCompletionsResult result) {
        out.println("   the answer arrived (thread " + Thread.currentThread().getName() + "):\n");
        out.println(result.success() ? result.choice().text() : result.errors());
    }

    private static void piece(PrintStream out, String text) {
        out.print(text);
        out.flush();
    }

    private static void ended(PrintStream out, OpenAIChatCompletionsResult result) {
        out.println(result.success() ? "\n\n   the end: " + result.choice().finishReason() : "\n" + result.errors());
    }
}
