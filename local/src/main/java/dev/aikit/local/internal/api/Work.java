package dev.aikit.local.internal.api;

import dev.aikit.local.internal.ApiError;
import dev.aikit.local.internal.Lane;
import dev.aikit.local.internal.http.Exchange;
import java.util.concurrent.CancellationException;

/** Runs the work on an answer so that every request is answered, whatever happens to the work. */
final class Work {
    private static final System.Logger LOG = System.getLogger("dev.aikit.local");

    private Work() {}

    /** Runs on the lane's threads; stops when the client goes away. */
    static void run(Exchange exchange, Lane lane, Runnable work) {
        exchange.onCancel(lane.submit(() -> guard(exchange, work)));
    }

    /** Runs here and now; what it throws becomes the answer. */
    static void guard(Exchange exchange, Runnable work) {
        try {
            work.run();
        } catch (ApiError error) {
            if (error.getCause() != null) LOG.log(System.Logger.Level.WARNING, error.getMessage(), error.getCause());
            exchange.fail(error);
        } catch (CancellationException cancelled) {
            // The client has gone and reads no answer, or the server is closing.
            exchange.fail(ApiError.closing());
        } catch (Throwable failed) {
            LOG.log(System.Logger.Level.ERROR, "a request failed", failed);
            exchange.fail(ApiError.server("the request failed inside of the server: " + failed, failed));
        }
    }
}
