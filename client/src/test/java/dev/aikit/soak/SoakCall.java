package dev.aikit.soak;

import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.OpenAIParameters;
import dev.aikit.OpenAIResult;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.files.FileSource;
import dev.aikit.files.OpenAIFileContentResult;
import dev.aikit.files.OpenAIFileResult;
import dev.aikit.models.OpenAIModelListResult;
import dev.aikit.testing.Way;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One call of a soak: what its caller saw of it, counted by the caller alone. */
final class SoakCall {
    private enum Act {
        NOTHING,
        THROW,
        CANCEL
    }

    private static final List<String> GOOD = List.of("onResponse", "onTerminate", "formula");
    private static final List<String> BAD = List.of("onError", "onTerminate", "formula");

    final int number;
    private final int kind;
    private final Random random;
    private final boolean cancelsAtRequest;
    private final AtomicInteger thrown;
    private final List<String> callbacks = Collections.synchronizedList(new ArrayList<>());
    private final List<String> violations = Collections.synchronizedList(new ArrayList<>());
    private final StringBuilder pieces = new StringBuilder();
    private volatile @Nullable OpenAICall<?> call;
    private volatile boolean cancelReturned;
    private volatile boolean cancelled;

    /**
     * @param thrown how many callbacks of all calls threw, to be added to
     */
    SoakCall(long seed, int number, AtomicInteger thrown) {
        this.number = number;
        this.thrown = thrown;
        this.random = new Random(seed * 7_919 + number);
        this.kind = random.nextInt(7);
        this.cancelsAtRequest = random.nextInt(20) == 0;
    }

    /** Begins it, and comes back at once. */
    OpenAICall<?> begin(OpenAI client) {
        byte[] file = Fates.text(number).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        OpenAICall<?> begun = switch (kind) {
            case 0, 1 -> client.chat().completions().create(Way.QUESTION, p -> with(p));
            case 2, 3, 4 ->
                client.chat()
                        .completions()
                        .create(
                                Way.QUESTION,
                                p -> with(p.onData(piece -> {
                                    if (cancelReturned) violations.add("a piece after cancel() had returned");
                                    pieces.append(piece.choice().delta().text());
                                    heard("piece");
                                })));
            case 5 -> client.models().list(p -> with(p));
            default ->
                random.nextBoolean()
                        ? client.files().create(FileSource.of("soak.txt", file), "batch", p -> with(p))
                        : client.files().content("file-1", p -> with(p));
        };
        call = begun;
        if (random.nextInt(40) == 0) cancel();
        return begun;
    }

    private <R extends OpenAIResult, P extends OpenAIParameters<R, ?, P, A>, A extends OpenAIParameters<R, ?, A, A>>
            A with(P parameters) {
        return parameters
                .extraHeader(Fates.HEADER, Integer.toString(number))
                .onResponse(r -> heard("onResponse"))
                .onError(r -> heard("onError"))
                .onTerminate(r -> heard("onTerminate"))
                .formula(r -> heard("formula"));
    }

    private void heard(String callback) {
        callbacks.add(callback);
        Act act;
        synchronized (random) {
            int chance = random.nextInt(callback.equals("piece") ? 500 : 100);
            act = chance < 3 ? Act.THROW : chance < 5 ? Act.CANCEL : Act.NOTHING;
        }
        if (act == Act.CANCEL) cancel();
        if (act != Act.THROW) return;
        thrown.incrementAndGet();
        throw new IllegalStateException("thrown by the soak");
    }

    private void cancel() {
        OpenAICall<?> known = call;
        if (known == null || !known.cancel()) return;
        cancelled = true;
        cancelReturned = true;
    }

    /** The server has its request. */
    void arrived() {
        if (cancelsAtRequest) cancel();
    }

    /** What of the contract was broken, and what of the server's doing is not to be found in the result. */
    List<String> judge(Fates fates, boolean clientClosed) {
        List<String> wrong = new ArrayList<>(violations);
        OpenAIResult result = call.future().getNow(null);
        if (result == null) return List.of("it did not end: " + callbacks);
        List<String> ends =
                callbacks.stream().filter(name -> !name.equals("piece")).toList();
        if (!ends.equals(result.success() ? GOOD : BAD)) wrong.add("it ended by " + ends);
        if (callbacks.lastIndexOf("piece") >= callbacks.size() - ends.size()) wrong.add("a piece after the end");
        Fates.Fate last = fates.last(number);
        if (result.success()) {
            if (!last.whole()) wrong.add("a success, but the server: " + last.name());
            if (!text(result).equals(Fates.text(number))) wrong.add("another text: " + text(result));
            if (!pieces.isEmpty() && !pieces.toString().equals(text(result))) wrong.add("other pieces: " + pieces);
            return wrong;
        }
        var error = result.errors().get(0);
        boolean neverCame = result.attempts().size() > fates.requests(number);
        boolean explained = error.kind() == Kind.CANCELLED
                ? cancelled
                : error.kind() == Kind.CLOSED ? clientClosed : !last.whole() || neverCame || error.isTimeout();
        if (!explained || error.kind() == Kind.INTERNAL) wrong.add(error + ", but the server: " + last.name());
        return wrong;
    }

    /** "success" or the kind of the error. */
    String ending() {
        OpenAIResult result = call.future().getNow(null);
        if (result == null) return "none";
        return result.success() ? "success" : result.errors().get(0).kind().name();
    }

    private static String text(OpenAIResult result) {
        if (result instanceof OpenAIChatCompletionsResult chat)
            return chat.choice().text();
        if (result instanceof OpenAIModelListResult models)
            return models.models().get(0).id();
        if (result instanceof OpenAIFileResult file) return file.file().filename();
        return ((OpenAIFileContentResult) result).text();
    }
}
