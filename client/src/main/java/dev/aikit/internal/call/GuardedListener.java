package dev.aikit.internal.call;

import dev.aikit.internal.http.ExchangeListener;
import dev.aikit.internal.http.HttpHead;
import dev.aikit.internal.http.TransportFailure;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Keeps what a listener throws from the transport, and tells of it: even a defect must not end a call without a word. Written
 * out, for this stands on the way of each piece, and a program that has just started would make a class for each step.
 */
record GuardedListener(ExchangeListener listener, Consumer<Throwable> defects) implements ExchangeListener {
    @Override
    public void connected() {
        try {
            listener.connected();
        } catch (Throwable defect) {
            defects.accept(defect);
        }
    }

    @Override
    public void sent(long bytes, long total, boolean waiting) {
        try {
            listener.sent(bytes, total, waiting);
        } catch (Throwable defect) {
            defects.accept(defect);
        }
    }

    @Override
    public void sentAll() {
        try {
            listener.sentAll();
        } catch (Throwable defect) {
            defects.accept(defect);
        }
    }

    @Override
    public void head(HttpHead head) {
        try {
            listener.head(head);
        } catch (Throwable defect) {
            defects.accept(defect);
        }
    }

    @Override
    public void body(ByteBuffer bytes) {
        try {
            listener.body(bytes);
        } catch (Throwable defect) {
            defects.accept(defect);
        }
    }

    @Override
    public void end() {
        try {
            listener.end();
        } catch (Throwable defect) {
            defects.accept(defect);
        }
    }

    @Override
    public void failed(TransportFailure failure) {
        try {
            listener.failed(failure);
        } catch (Throwable defect) {
            defects.accept(defect);
        }
    }

    static void guarded(Runnable step, Consumer<Throwable> defects) {
        try {
            step.run();
        } catch (Throwable defect) {
            defects.accept(defect);
        }
    }
}
