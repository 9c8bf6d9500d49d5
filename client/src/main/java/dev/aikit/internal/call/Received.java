package dev.aikit.internal.call;

import dev.aikit.OpenAIAttempt;
import dev.aikit.OpenAIError;
import dev.aikit.OpenAIResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the input/output side of a call hands to the side where its callbacks run. */
sealed interface Received {
    /** How many callbacks it stands for. */
    default int callbacks() {
        return 1;
    }

    /**
     * Events of a stream, with the head of the answer that they belong to.
     *
     * @param size how many bytes they take in memory, about
     */
    record Events(List<ServerEvent> events, OpenAIResponse head, int size) implements Received {
        /** What an event costs beside its data, so that a million empty ones count as well. */
        private static final int BYTES_OF_AN_EVENT = 128;

        Events(List<ServerEvent> events, OpenAIResponse head) {
            this(events, head, size(events));
        }

        @Override
        public int callbacks() {
            return events.size();
        }

        private static int size(List<ServerEvent> events) {
            int size = 0;
            for (ServerEvent event : events) size += event.size() + BYTES_OF_AN_EVENT;
            return size;
        }
    }

    /** There is something to be taken from the call's {@link ProgressFeed}. */
    record Progress() implements Received {}

    /** The call has gone over to another place: what comes from here on comes from there. */
    record Rerouted(Route route) implements Received {}

    /** Work between two rounds. */
    record Task(Runnable work) implements Received {}

    /**
     * Nothing more will come.
     *
     * @param response as far as one came
     * @param failure what went wrong; null if the answer ended as it should
     * @param body of a success in one piece, as in the response; else empty
     * @param streamed whether the answer came in events
     * @param marked whether a stream ended by its own mark, {@code [DONE]}
     */
    record End(
            @Nullable OpenAIResponse response,
            @Nullable OpenAIError failure,
            Content body,
            boolean streamed,
            boolean marked,
            List<OpenAIAttempt> attempts)
            implements Received {
        End failed(OpenAIError error) {
            return new End(response, error, body, streamed, marked, attempts);
        }
    }
}
