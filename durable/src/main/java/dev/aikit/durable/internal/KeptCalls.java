package dev.aikit.durable.internal;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIAPIResource;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAICommonParameters;
import dev.aikit.internal.call.Operation;
import java.util.function.Consumer;

/** Sends kept calls with a client, which adds its address and its key. */
public final class KeptCalls extends OpenAIAPIResource {
    /** Of that client. */
    public KeptCalls(OpenAI client) {
        super(client);
    }

    /** Sends a call once; does not wait. */
    public OpenAICall<Sent> send(Sendable call, Consumer<Sent> callback) {
        byte[] body = call.body().length == 0 ? null : call.body();
        return make(
                Operation.of(
                        call.call().function(),
                        call.call().method(),
                        call.call().path(),
                        body,
                        Sent::new),
                SendSettings.of(call.settings())
                        .apply(OpenAICommonParameters.of(Sent.class))
                        .formula(callback));
    }
}
