package dev.aikit.benchmarks;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A client under test. Its class has a public constructor {@code (String baseURL, int inFlight)}; the URL ends in {@code /v1},
 * and it must be able to have that many calls in flight. Calls return at once; a client that only blocks brings its own pool.
 * The adapters use no lambdas where they can do without, so that a start measures the client.
 */
public interface Client {
    /** The model that is asked for. */
    String MODEL = "gpt-4.1-mini";

    void chat(Question question, Answer answer);

    void stream(Question question, Pieces pieces);

    void embed(List<String> inputs, Answer answer);

    /** Where an answer goes. */
    interface Answer {
        void text(String text);

        void vectors(float[][] vectors);

        /** An answer that was not read: of a floor. */
        void unread(int bytes);

        void failed(Throwable reason);
    }

    /** Where the pieces of a stream go. */
    interface Pieces {
        /** The text of one chunk. */
        void text(String text);

        /** Bytes of the body that were not read: of a floor. They are valid during the call only. */
        void unread(ByteBuffer bytes);

        /** The end, with the reason if it failed. */
        void end(Throwable reason);
    }
}
