package dev.aikit.durable;

import dev.aikit.OpenAIResponse;
import dev.aikit.durable.internal.CallRow;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call as the store knows it, at the moment of asking. */
public final class StoredCall {
    private final CallRow row;

    /** Made by the library. */
    StoredCall(CallRow row) {
        this.row = row;
    }

    long id() {
        return row.id();
    }

    /** Its key, which never changes. */
    public String key() {
        return row.key();
    }

    /** Where it is on its way. */
    public DurableState state() {
        return row.state();
    }

    /** The function's name in the kit, such as "chat.completions.create". */
    public String function() {
        return row.function();
    }

    /** The name of its callback. */
    public String callback() {
        return row.callback();
    }

    /** Higher ones go first. */
    public int priority() {
        return row.priority();
    }

    /** When it was submitted, by that machine's clock. */
    public Instant submittedAt() {
        return Instant.ofEpochMilli(row.submitted());
    }

    /** When it is tried again or first sent; empty if at once, or if it is not waiting. */
    public Optional<Instant> due() {
        return row.due() == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(row.due()));
    }

    /** How often it was sent, or begun to be, since it was submitted or redriven: each may have been billed. */
    public int sends() {
        return row.sends();
    }

    /** How many of these ended with their process, so that nobody knows what became of them. */
    public int unclearSends() {
        return row.unclearSends();
    }

    /** How often its callback was called, or begun to be. */
    public int deliveries() {
        return row.deliveries();
    }

    /** How many of these ended with their process. */
    public int unclearDeliveries() {
        return row.unclearDeliveries();
    }

    /** Why it is dead, or why it is tried again; "" if nothing went wrong. */
    public String reason() {
        return row.reason();
    }

    /** Of what kind the reason is: a name of {@link dev.aikit.OpenAIError.Kind}, "CALLBACK" if its callback threw, or "". */
    public String kind() {
        return row.kind();
    }

    /** The answer as it came over the wire; null if none is kept. */
    public @Nullable OpenAIResponse response() {
        return row.answer() == null ? null : row.answer().response();
    }

    /** Key, state and reason; nothing of what was asked or answered. */
    @Override
    public String toString() {
        return key() + " " + state() + (reason().isEmpty() ? "" : ": " + reason());
    }
}
