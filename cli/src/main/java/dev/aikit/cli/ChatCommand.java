package dev.aikit.cli;

import dev.aikit.OpenAIAnswer;
import dev.aikit.OpenAICall;
import dev.aikit.chat.OpenAIChatCompletionsParameters;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIChatCompletionsStreamResult;
import dev.aikit.chat.OpenAIMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Puts a question and shows the answer as it comes. */
@Command(
        name = ChatCommand.NAME,
        description = "Puts a question to a model, and prints the answer as it comes.",
        footer = {
            "",
            "Examples:",
            "  aikit chat \"How do I cancel a call?\"",
            "  aikit chat --system \"Answer in one sentence.\" \"Why is the sky blue?\"",
            "  aikit chat --base-url http://localhost:11434/v1 --model llama3.2 \"Hello\"",
            "  git diff | aikit chat --system \"Write a commit message.\" -",
            "  aikit chat --no-stream --json \"Hello\"",
            "",
            "Ctrl-C cancels the call, so that the server stops working for it."
        })
final class ChatCommand implements Callable<Integer> {
    static final String NAME = "chat";
    static final String QUALIFIED_NAME = "aikit chat";

    private static final String LOCAL_MODEL = "aikit-guide";

    @ParentCommand
    Aikit options;

    @Parameters(
            arity = "0..*",
            paramLabel = "QUESTION",
            description = "The question; - reads standard input, and so does none in a pipe.")
    List<String> words = List.of();

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME",
            description = "The model. Default: aikit-guide on this machine, gpt-4o-mini elsewhere.")
    @Nullable
    String model;

    @Option(
            names = {"-s", "--system"},
            paramLabel = "TEXT",
            description = "What the model should be, or how it should answer.")
    @Nullable
    String system;

    @Option(names = "--max-tokens", paramLabel = "N", description = "The most tokens of the answer.")
    @Nullable
    Integer maxTokens;

    @Option(names = "--temperature", paramLabel = "T", description = "How free the choice of words is: 0 to 2.")
    @Nullable
    Double temperature;

    @Option(names = "--no-stream", description = "Print the answer when it is complete.")
    boolean whole;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "The longest that the call may take, such as 90s or 10m. Default: 10m.")
    @Nullable
    Duration timeout;

    private volatile @Nullable OpenAICall<?> running;
    private volatile String last = "\n";

    @Override
    public Integer call() throws Exception {
        checkNumbers();
        Terminal terminal = options.terminal;
        String question = String.join(" ", Input.texts(terminal, words, QUALIFIED_NAME, "a question"));
        List<OpenAIMessage> messages = new ArrayList<>();
        if (system != null) messages.add(OpenAIMessage.system(system));
        messages.add(OpenAIMessage.user(question));
        try (Connection connection =
                Connection.open(options, "answering from the local model " + LOCAL_MODEL, true, model, c -> c)) {
            if (model == null && connection.isLocal()) model = LOCAL_MODEL;
            var completions = connection.client().chat().completions();
            OpenAICall<OpenAIChatCompletionsResult> call = whole
                    ? completions.create(messages, p -> settings(p).async())
                    : completions.create(
                            messages, p -> settings(p).onData(this::show).async());
            running = call;
            return end(Interruptible.await(terminal, call));
        }
    }

    private void checkNumbers() {
        if (maxTokens != null && maxTokens < 1)
            throw new IllegalArgumentException("--max-tokens: 1 or more expected, not " + maxTokens);
        if (temperature != null && !(temperature >= 0 && temperature <= 2))
            throw new IllegalArgumentException("--temperature: 0 to 2 expected, not " + temperature);
    }

    private <T extends OpenAIAnswer> OpenAIChatCompletionsParameters<T> settings(
            OpenAIChatCompletionsParameters<T> start) {
        OpenAIChatCompletionsParameters<T> made = start;
        if (model != null) made = made.model(model);
        if (maxTokens != null) made = made.maxCompletionTokens(maxTokens);
        if (temperature != null) made = made.temperature(temperature);
        if (timeout != null) made = made.timeout(timeout);
        return made;
    }

    /** One piece of the answer, on a thread for callbacks. */
    private void show(OpenAIChatCompletionsStreamResult chunk) {
        String text = options.json
                ? Terminal.line(chunk.data())
                : chunk.choice().delta().text();
        if (text.isEmpty()) return;
        last = text;
        OpenAICall<?> call = running;
        if (!options.terminal.print(text) && call != null) call.cancel(); // nobody reads any more
    }

    private int end(OpenAIChatCompletionsResult result) {
        Terminal terminal = options.terminal;
        if (whole && result.success()) {
            String text = options.json
                    ? Terminal.line(result.json())
                    : result.choice().text();
            terminal.print(text);
            last = text;
        }
        if (!last.endsWith("\n")) terminal.print("\n");
        if (terminal.out().checkError()) return ExitCode.OK;
        if (!result.success()) return Trouble.report(options, result);
        String refusal = result.choice().message().refusal();
        if (!refusal.isEmpty()) terminal.say("the model will not answer: " + refusal);
        if (result.choice().finishReason().equals("length"))
            terminal.say("the answer ends here because it reached the most tokens that it may have");
        return ExitCode.OK;
    }
}
