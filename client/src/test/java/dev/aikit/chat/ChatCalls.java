package dev.aikit.chat;

import dev.aikit.OpenAIError;
import dev.aikit.OpenAILimits;
import dev.aikit.internal.call.Engine;
import dev.aikit.internal.call.Operation;
import dev.aikit.internal.call.Plan;
import dev.aikit.internal.http.IoLoop;
import dev.aikit.testing.CannedLoop;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Chat calls over loops that are no network, one after the other, with all that their caller hears. */
public final class ChatCalls {
    private final OpenAILimits limits;
    private final Engine engine;
    private IoLoop next;

    /** Calls under these limits. */
    public ChatCalls(OpenAILimits limits) {
        this.limits = limits;
        this.engine = CannedLoop.engine(limits, () -> next);
    }

    /**
     * What the caller heard.
     *
     * @param heard the callbacks in order, those of pieces with the piece
     */
    public record Seen(List<String> heard, OpenAIChatCompletionsResult result) {
        /** All that may differ between two calls, as text. */
        public List<String> everything() {
            List<String> all = new ArrayList<>(heard);
            for (OpenAIError error : result.errors()) all.add(error.kind() + " " + error.message());
            all.add(result.json().toString());
            if (result.response() != null) all.add(result.response().text());
            return all;
        }
    }

    /** Makes a call that waits and has all callbacks as well. */
    public Seen chat(boolean stream, IoLoop loop) {
        next = loop;
        List<String> heard = new ArrayList<>();
        Operation<OpenAIChatCompletionsResult> operation = new Operation<>(
                "chat.completions.create",
                "POST",
                "/chat/completions",
                "{}".getBytes(StandardCharsets.UTF_8),
                stream,
                () -> new ChatReader(stream ? piece -> heard.add("onData " + piece.data()) : null, null, limits));
        Plan<OpenAIChatCompletionsResult> plan = Plan.<OpenAIChatCompletionsResult>empty()
                .withOnResponse(result -> heard.add("onResponse"))
                .withOnError(result -> heard.add("onError"))
                .withOnTerminate(result -> heard.add("onTerminate"))
                .withFormula(result -> heard.add("formula"));
        return new Seen(heard, engine.await(operation, plan));
    }
}
