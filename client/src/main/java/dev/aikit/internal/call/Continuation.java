package dev.aikit.internal.call;

import java.time.Duration;

/** Work between two rounds of one call, such as running the tools that a model asks for. */
public interface Continuation {
    /** Begins the work; called where the callbacks run. It ends with {@code next}, from any thread. */
    void begin(Round round);

    /** The call has ended meanwhile: whatever comes of the work is not wanted any more. */
    void cancel();

    /** What the work has at hand. After the call's end all of it does nothing. */
    interface Round {
        /** Runs a task where callbacks run: on a worker or a form one after the other, elsewhere side by side. */
        void run(Runnable task);

        /** Runs a short task after a delay, unless the next request is sent before; one such task at a time. */
        void later(Duration delay, Runnable task);

        /** Sends the next request of the call. */
        void next(byte[] body);
    }
}
