package dev.aikit.internal.http;

import java.io.IOException;
import java.io.InputStream;

/** What one attempt sends after its head. */
public sealed interface HttpBody {
    /** No body. */
    HttpBody NONE = new Bytes(new byte[0]);

    /** How many bytes; -1 if that is known only when it is opened, or not even then. */
    long length();

    /** Whether it can be sent now, perhaps again. */
    boolean isSendable();

    /** The call has ended: nobody will send it again. May block. */
    void over();

    /** In memory. */
    record Bytes(byte[] bytes) implements HttpBody {
        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public boolean isSendable() {
            return true;
        }

        @Override
        public void over() {
            // Nothing is held.
        }
    }

    /** Read while it is sent, on a thread where reading may block; opened anew for each attempt. */
    non-sealed interface Source extends HttpBody {
        @Override
        default long length() {
            return -1;
        }

        /** Begins to read it; may block. */
        Opened open() throws IOException;
    }

    /**
     * A source that can be read.
     *
     * @param length -1 if it is not known
     * @param stream closed by whoever opened it, perhaps while it is being read
     */
    record Opened(long length, InputStream stream) {}
}
