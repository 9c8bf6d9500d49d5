package dev.aikit.internal.call;

import dev.aikit.internal.http.ExchangeListener;
import dev.aikit.internal.http.HttpHead;
import dev.aikit.internal.http.TransportFailure;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Keeps what a listener throws from the transport, and tells of it: even a defect must not end a call without a word. */
record GuardedListener(ExchangeListener listener, Consumer<Throwable> defects) implements ExchangeListener {
    @Override
    public void connected() {
        guarded(listener::connected, defects);
    }

    @Override
    public void sent(long bytes, long total, boolean waiting) {
        guarded(() -> listener.sent(bytes, total, waiting), defects);
    }

    @Override
    public void sentAll() {
        guarded(listener::sentAll, defects);
    }

    @Override
    public void head(HttpHead head) {
        guarded(() -> listener.head(head), defects);
    }

    @Override
    public void body(ByteBuffer bytes) {
        guarded(() -> listener.body(bytes), defects);
    }

    @Override
    public void end() {
        guarded(listener::end, defects);
    }

    @Override
    public void failed(TransportFailure failure) {
        guarded(() -> listener.failed(failure), defects);
    }

    static void guarded(Runnable step, Consumer<Throwable> defects) {
        try {
            step.run();
        } catch (Throwable defect) {
            defects.accept(defect);
        }
    }
}
