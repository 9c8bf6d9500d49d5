package dev.aikit.durable.internal;

/**
 * A call that is to be kept.
 *
 * @param digest of all that makes it this call and no other
 * @param settings headers, deadlines and number of retries, as JSON
 * @param notBefore in milliseconds since 1970; 0 for now
 * @param keep how long it is kept after its end, in milliseconds
 */
public record NewCall(
        String key,
        byte[] digest,
        String callback,
        String function,
        String method,
        String path,
        byte[] body,
        String settings,
        int priority,
        long notBefore,
        long keep) {}
