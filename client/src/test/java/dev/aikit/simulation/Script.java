package dev.aikit.simulation;

import dev.aikit.internal.http.ExchangeListener;
import dev.aikit.internal.http.HttpHead;
import dev.aikit.internal.http.TransportFailure;
import dev.aikit.internal.http.TransportFailure.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of one exchange, step by step, and how far it has come. */
final class Script {
    /** Something that happens on the wire. */
    record Step(
            long delay,
            @Nullable HttpHead head,
            byte @Nullable [] body,
            @Nullable Reason failure,
            boolean isLast,
            boolean marksWhole) {
        void tell(ExchangeListener listener) {
            if (head != null) listener.head(head);
            else if (body != null) listener.body(ByteBuffer.wrap(body));
            else if (failure != null) listener.failed(new TransportFailure(failure, "simulated", null));
            else if (isLast) listener.end();
            else listener.connected();
        }
    }

    private final List<Step> steps = new ArrayList<>();
    private final boolean connects;
    private boolean failsInPlace;
    private int at;
    private boolean over;
    private boolean freed;
    /** How it ended, if by a failure. */
    @Nullable
    Reason failure;

    int status;
    /** Whether all that makes an answer whole has been handed over. */
    boolean whole;
    /** Whether what was sent makes no sense, or is an error under status 200. */
    @Nullable
    String flaw;
    /** The text that a reader has when all is handed over. */
    String text = "";

    boolean asksForTools;
    long lastAt;

    Script(boolean connects) {
        this.connects = connects;
    }

    Script then(long delay, HttpHead head) {
        steps.add(new Step(delay, head, null, null, false, false));
        return this;
    }

    Script then(long delay, byte[] body, boolean marksWhole) {
        steps.add(new Step(delay, null, body, null, false, marksWhole));
        return this;
    }

    Script thenConnected(long delay) {
        steps.add(new Step(delay, null, null, null, false, false));
        return this;
    }

    Script thenEnd(long delay, boolean marksWhole) {
        steps.add(new Step(delay, null, null, null, true, marksWhole));
        return this;
    }

    Script thenFail(long delay, Reason reason) {
        steps.add(new Step(delay, null, null, reason, true, false));
        return this;
    }

    Script inPlace() {
        failsInPlace = true;
        return this;
    }

    boolean connects() {
        return connects;
    }

    boolean failsInPlace() {
        return failsInPlace;
    }

    boolean hasNext() {
        return at < steps.size();
    }

    boolean isAtConnect() {
        return at == 0;
    }

    long nextDelay() {
        return steps.get(at).delay();
    }

    Step take() {
        Step step = steps.get(at++);
        if (step.head() != null) status = step.head().status();
        if (step.failure() != null) failure = step.failure();
        if (step.marksWhole()) whole = true;
        return step;
    }

    void failedWith(Reason reason) {
        failure = reason;
    }

    void ended() {
        over = true;
    }

    void freed() {
        freed = true;
    }

    /** Whether the client hung up. */
    boolean wasFreed() {
        return freed;
    }

    /** Whether nothing more can happen on this exchange. */
    boolean over() {
        return over;
    }
}
