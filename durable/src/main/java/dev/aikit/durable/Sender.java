package dev.aikit.durable;

import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIError;
import dev.aikit.OpenAIResponse;
import dev.aikit.durable.internal.Claim;
import dev.aikit.durable.internal.Deliverable;
import dev.aikit.durable.internal.Failure;
import dev.aikit.durable.internal.KeptCalls;
import dev.aikit.durable.internal.Probe;
import dev.aikit.durable.internal.RetryRules;
import dev.aikit.durable.internal.SendSettings;
import dev.aikit.durable.internal.Sendable;
import dev.aikit.durable.internal.Sent;
import dev.aikit.durable.internal.StoreTransaction;
import dev.aikit.durable.internal.StoredAnswer;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends what the desk has taken, once each, and has the end written: an answer, another try later, or a dead letter. */
final class Sender {
    private final BiFunction<Sendable, Consumer<Sent>, OpenAICall<Sent>> calls;
    private final RetryRules rules;
    private final Writer writer;
    private final Desk desk;
    private final Consumer<Deliverable> deliverer;
    private final Ends ends;
    private final Permits permits;
    private final Probe probe;
    private final Map<Long, OpenAICall<Sent>> running = new ConcurrentHashMap<>();

    Sender(
            OpenAI client,
            RetryRules rules,
            Writer writer,
            Desk desk,
            Consumer<Deliverable> deliverer,
            Ends ends,
            Permits permits,
            Probe probe) {
        this(new KeptCalls(client)::send, rules, writer, desk, deliverer, ends, permits, probe);
    }

    /** With another way to send than a client. */
    Sender(
            BiFunction<Sendable, Consumer<Sent>, OpenAICall<Sent>> calls,
            RetryRules rules,
            Writer writer,
            Desk desk,
            Consumer<Deliverable> deliverer,
            Ends ends,
            Permits permits,
            Probe probe) {
        this.calls = calls;
        this.rules = rules;
        this.writer = writer;
        this.desk = desk;
        this.deliverer = deliverer;
        this.ends = ends;
        this.permits = permits;
        this.probe = probe;
    }

    void send(Sendable call) {
        cancel(call.claim().id()); // under an older claim, whose answer is nobody's any more
        if (!permits.areInTime()) {
            writer.add(new GivenBack(call.claim(), false));
            return;
        }
        OpenAICall<Sent> sent;
        try {
            sent = calls.apply(call, result -> {
                try {
                    came(call, result);
                } catch (RuntimeException | Error defect) {
                    String why = "its answer could not be taken: " + defect;
                    give(call, new Failure(OpenAIError.Kind.INTERNAL.name(), why, null), rules.backOff(1));
                    throw defect;
                }
            });
        } catch (RuntimeException | Error cannotBeMade) {
            give(call, new Failure(OpenAIError.Kind.INTERNAL.name(), "it cannot be sent: " + cannotBeMade, null), -1);
            return;
        }
        running.put(call.claim().id(), sent);
        sent.future().thenRun(() -> running.remove(call.claim().id(), sent));
        probe.at(Probe.Point.SENT);
    }

    /** Ends the sends that run: their calls go back. */
    void cancelAll() {
        running.values().forEach(OpenAICall::cancel);
    }

    /** Ends the send of a call that is being sent here. */
    void cancel(long id) {
        OpenAICall<Sent> call = running.get(id);
        if (call != null) call.cancel();
    }

    private void came(Sendable call, Sent result) {
        probe.at(Probe.Point.ANSWER_CAME);
        permits.heard(call, result, ends.now());
        OpenAIResponse response = result.response();
        StoredAnswer answer = response == null ? null : StoredAnswer.of(response, result.attempts());
        if (result.success() && answer != null) {
            writer.add(new Answered(call, answer));
            return;
        }
        OpenAIError error = result.errors().get(0);
        switch (error.kind()) {
            case CANCELLED -> writer.add(new GivenBack(call.claim(), true));
            case CLOSED -> {
                ends.clientClosed();
                writer.add(new GivenBack(call.claim(), true));
            }
            default -> failed(call, error, answer);
        }
    }

    private void failed(Sendable call, OpenAIError error, @Nullable StoredAnswer answer) {
        int failures = call.call().sends() - call.call().unclearSends();
        boolean again = RetryRules.isWorthIt(error)
                && failures < SendSettings.of(call.settings()).mostSends(rules.mostSends());
        Failure failure = new Failure(error.kind().name(), error.toString(), answer);
        give(call, failure, again ? rules.wait(error, failures, ends.now()) : -1);
    }

    /** Later, or with a wait below zero never again. */
    private void give(Sendable call, Failure failure, long wait) {
        writer.add(new Failed(call, failure, wait));
    }

    private final class Answered extends Change {
        private final Sendable call;
        private final StoredAnswer answer;
        private boolean deliver;
        private boolean mine;

        Answered(Sendable call, StoredAnswer answer) {
            super(Probe.Point.ANSWER_BEFORE_COMMIT);
            this.call = call;
            this.answer = answer;
        }

        /** After callbacks that have ended, which make room. */
        @Override
        String order() {
            return AFTER_ALL;
        }

        @Override
        void apply(StoreTransaction transaction, long now) throws SQLException {
            desk.ends(call.claim());
            deliver = desk.reserve();
            transaction.answered(call.claim(), answer, deliver, so -> mine = so);
        }

        @Override
        void committed() {
            desk.sent(call.claim());
            probe.at(Probe.Point.ANSWER_AFTER_COMMIT);
            if (mine) desk.answered(call.claim(), deliver);
            else desk.lookAgain(); // another one's by now; or ours, by a commit that was taken for failed
            if (mine && deliver)
                deliverer.accept(new Deliverable(call.claim(), call.call().answered(answer)));
        }
    }

    private final class GivenBack extends Change {
        private final Claim claim;
        private final boolean sent;

        /** @param sent it has gone, and nobody knows how far it came */
        GivenBack(Claim claim, boolean sent) {
            super(null);
            this.claim = claim;
            this.sent = sent;
        }

        @Override
        void apply(StoreTransaction transaction, long now) throws SQLException {
            desk.ends(claim);
            if (sent) transaction.release(claim);
            else transaction.unsent(claim);
        }

        @Override
        void committed() {
            desk.sent(claim);
        }
    }

    private final class Failed extends Change {
        private final Sendable call;
        private final Failure failure;
        private final long wait;
        private boolean mine;

        Failed(Sendable call, Failure failure, long wait) {
            super(null);
            this.call = call;
            this.failure = failure;
            this.wait = wait;
        }

        @Override
        void apply(StoreTransaction transaction, long now) throws SQLException {
            desk.ends(call.claim());
            mine = wait < 0
                    ? transaction.dead(call.claim(), failure)
                    : transaction.later(call.claim(), failure, now, wait);
        }

        @Override
        void committed() {
            desk.sent(call.claim());
            if (mine && wait < 0) ends.dead(call.call(), failure);
        }
    }
}
