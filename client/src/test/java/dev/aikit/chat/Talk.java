package dev.aikit.chat;

import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.testing.Way;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A conversation in one of the ways of making calls, with the pieces that it hears. */
final class Talk {
    private final OpenAIChatHelper<?> helper;
    private final Function<List<OpenAIMessage>, Callable<OpenAIChatCompletionsResult>> ask;
    private final List<String> pieces;

    private <T extends dev.aikit.OpenAIAnswer> Talk(
            OpenAIChatHelper<T> helper, Function<T, Callable<OpenAIChatCompletionsResult>> end, List<String> pieces) {
        this.helper = helper;
        this.ask = said -> end.apply(helper.prompt(said));
        this.pieces = pieces;
    }

    static Talk of(Way way, OpenAI client) {
        return of(way, client, "gpt-4o-mini");
    }

    static Talk of(Way way, OpenAI client, String model) {
        List<String> pieces = new CopyOnWriteArrayList<>();
        Function<OpenAICall<OpenAIChatCompletionsResult>, Callable<OpenAIChatCompletionsResult>> ended =
                call -> () -> Way.ended(call);
        OpenAIChatAPI chat = client.chat();
        return switch (way) {
            case WAITING -> new Talk(chat.create("Be short.", p -> p.model(model)), r -> () -> r, pieces);
            case STREAMING_WAITING ->
                new Talk(chat.create("Be short.", p -> p.model(model).stream(true)), r -> () -> r, pieces);
            case ASYNCHRONOUS ->
                new Talk(chat.create("Be short.", p -> p.model(model).async()), ended, pieces);
            case STREAMING ->
                new Talk(
                        chat.create(
                                "Be short.",
                                p -> p.model(model)
                                        .onData(piece ->
                                                pieces.add(piece.choice().text()))),
                        ended,
                        pieces);
        };
    }

    OpenAIChatHelper<?> helper() {
        return helper;
    }

    /** The texts of the pieces that came; empty ones are left out. */
    List<String> pieces() {
        return pieces.stream().filter(text -> !text.isEmpty()).toList();
    }

    /** Says that, and waits for the end. */
    OpenAIChatCompletionsResult prompt(String text) throws Exception {
        return prompt(OpenAIMessage.user(text));
    }

    /** Says that, and waits for the end. */
    OpenAIChatCompletionsResult prompt(OpenAIMessage... said) throws Exception {
        return ask.apply(List.of(said)).call();
    }
}
