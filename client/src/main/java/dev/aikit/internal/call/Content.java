package dev.aikit.internal.call;

import java.nio.ByteBuffer;

/** The body of an answer: taken in as it comes, on the loop, and then asked for, anywhere. */
public interface Content {
    /** No body. */
    Content NONE = Body.of(new byte[0]);

    /** These bytes, which are not copied. */
    static Content of(byte[] bytes) {
        return Body.of(bytes);
    }

    /**
     * Takes what remains in the buffer. False if this content is not made for what came: then it takes nothing more, and what
     * it has not taken still remains in the buffer.
     */
    boolean take(ByteBuffer bytes);

    /** Nothing more comes: from now on it may be asked by any thread. May be called more than once. */
    void end();

    /** How many bytes it has taken. */
    int size();

    /** What it has taken, byte for byte; not to be written into. */
    byte[] bytes();
}
