package dev.aikit.durable;

import dev.aikit.durable.internal.NewCall;
import dev.aikit.durable.internal.Probe;
import dev.aikit.durable.internal.StoreTransaction;
import dev.aikit.internal.call.KeptCall;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Keeps a call. */
final class Submit extends Change {
    private final NewCall call;
    private final Probe probe;
    private final CompletableFuture<Void> kept = new CompletableFuture<>();
    private boolean conflict;

    Submit(NewCall call, Probe probe) {
        super(Probe.Point.SUBMIT_BEFORE_COMMIT);
        this.call = call;
        this.probe = probe;
    }

    /** All that makes a call this one and no other. */
    static byte[] digest(KeptCall<?> call, String callback) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            Map<String, String> headers = new TreeMap<>(call.headers());
            for (String part :
                    new String[] {callback, call.function(), call.method(), call.path(), headers.toString()}) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                digest.update(bytes);
            }
            return digest.digest(call.body());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    CompletableFuture<Void> kept() {
        return kept;
    }

    @Override
    String order() {
        return call.key();
    }

    @Override
    void apply(StoreTransaction transaction, long now) throws SQLException {
        transaction.submit(call, now, so -> conflict = so);
    }

    @Override
    void committed() {
        probe.at(Probe.Point.SUBMIT_AFTER_COMMIT);
        if (conflict) kept.completeExceptionally(new DurableKeyException(call.key()));
        else kept.complete(null);
    }

    @Override
    boolean isAwaited() {
        return true;
    }

    @Override
    boolean failed(Throwable why) {
        kept.completeExceptionally(new DurableStoreException(
                "the call " + call.key() + " is not kept, as far as is known: " + why.getMessage()
                        + "; submit it again under the same key",
                why));
        return true;
    }
}
