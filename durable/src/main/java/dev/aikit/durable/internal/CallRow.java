package dev.aikit.durable.internal;

import dev.aikit.durable.DurableState;
import org.jspecify.annotations.Nullable;

/**
 * A call as it is in the store.
 *
 * @param submitted in milliseconds since 1970, as all times here
 * @param due 0 for none
 * @param kind of the failure: a name of OpenAIError.Kind, or {@link #CALLBACK}; "" if nothing went wrong
 */
public record CallRow(
        long id,
        String key,
        DurableState state,
        String function,
        String callback,
        String method,
        String path,
        int priority,
        long submitted,
        long due,
        int sends,
        int unclearSends,
        int deliveries,
        int unclearDeliveries,
        String kind,
        String reason,
        @Nullable StoredAnswer answer) {
    /** The kind of a call whose callback threw each time. */
    public static final String CALLBACK = "CALLBACK";

    /** The same, answered, when its callback is called. */
    public CallRow answered(StoredAnswer other) {
        return new CallRow(
                id,
                key,
                DurableState.DELIVERING,
                function,
                callback,
                method,
                path,
                priority,
                submitted,
                due,
                sends,
                unclearSends,
                deliveries + 1,
                unclearDeliveries,
                "",
                "",
                other);
    }
}
