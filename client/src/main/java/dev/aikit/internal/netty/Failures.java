package dev.aikit.internal.netty;

import dev.aikit.internal.FileErrors;
import dev.aikit.internal.http.TransportFailure;
import dev.aikit.internal.http.TransportFailure.Reason;
import io.netty.channel.ChannelException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http2.Http2Exception;
import java.net.SocketException;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** What went wrong, in words for the user. No header's value and no password is among them. */
final class Failures {
    private Failures() {}

    static TransportFailure closed() {
        return new TransportFailure(Reason.CLOSED, "the client has been closed", null);
    }

    static TransportFailure unknownHost(Origin origin, UnknownHostException cause) {
        return new TransportFailure(
                Reason.DNS, "no connection to " + origin + ": unknown host " + origin.host(), cause);
    }

    static TransportFailure noConnection(Origin origin, String via, String words, Throwable cause) {
        return new TransportFailure(Reason.CONNECT, "no connection to " + origin + via + ": " + words, cause);
    }

    static TransportFailure noTls(Origin origin, @Nullable Throwable cause) {
        String how = cause == null ? "closed by the server" : words(cause);
        return new TransportFailure(Reason.TLS, "no secure connection to " + origin + ": " + how, cause);
    }

    /** By name: the class itself is not to be loaded for a call without TLS. */
    private static boolean isTls(@Nullable Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause())
            if (t.getClass().getName().startsWith("javax.net.ssl.")) return true;
        return false;
    }

    static TransportFailure connectTimeout(Origin origin, long timeoutNanos, String stage) {
        String limit = timeoutNanos / 1_000_000 + " ms";
        return new TransportFailure(
                Reason.CONNECT_TIMEOUT, "no connection to " + origin + " within " + limit + ": " + stage, null);
    }

    static TransportFailure lost(Origin origin, boolean unanswered, boolean usedBefore, @Nullable Throwable cause) {
        String how = cause == null ? "closed by the server" : words(cause);
        if (unanswered && usedBefore)
            return new TransportFailure(
                    Reason.STALE, "the idle connection to " + origin + " had been given up: " + how, cause);
        if (unanswered && isTls(cause)) return noTls(origin, cause);
        String when = unanswered ? " before an answer came: " : " before the answer was complete: ";
        return new TransportFailure(Reason.LOST, "the connection to " + origin + " was lost" + when + how, cause);
    }

    /** Of an answer that could not be read; {@code cause} is what the decoder made of it. */
    static TransportFailure unreadable(Origin origin, String where, Throwable cause) {
        if (cause instanceof PrematureChannelClosureException) return lost(origin, false, false, null);
        if (cause instanceof TooLongFrameException || isHeaderListTooLarge(cause))
            return new TransportFailure(
                    Reason.TOO_LARGE,
                    "the head of the answer of " + origin + " is larger than the limit (maxHeaderBytes)",
                    cause);
        // The decoder's message may quote the answer.
        String kind = cause instanceof Http2Exception http2
                ? http2.error().name()
                : cause.getClass().getSimpleName();
        return protocol(origin, where + " (" + kind + ")");
    }

    private static boolean isHeaderListTooLarge(Throwable cause) {
        if (cause instanceof Http2Exception.HeaderListSizeException) return true;
        // Netty gives up the whole connection if a head is larger still, and says why in words only.
        return cause instanceof Http2Exception && words(cause).startsWith("Header size exceeded");
    }

    /** Of a stream that the server ended before its answer was complete, or before it did anything about the request. */
    static TransportFailure reset(Origin origin, boolean notProcessed, String how) {
        return new TransportFailure(
                notProcessed ? Reason.STALE : Reason.LOST, "no complete answer of " + origin + ": " + how, null);
    }

    static TransportFailure protocol(Origin origin, String what) {
        return new TransportFailure(
                Reason.PROTOCOL, "the answer of " + origin + " breaks the rules of HTTP " + what, null);
    }

    static TransportFailure flawed(Origin origin, String flaw) {
        return new TransportFailure(Reason.PROTOCOL, "the request to " + origin + " cannot be sent: " + flaw, null);
    }

    static TransportFailure unsendable(Throwable cause) {
        // Its message might quote the request.
        return new TransportFailure(
                Reason.PROTOCOL,
                "the request cannot be written: " + cause.getClass().getSimpleName(),
                null);
    }

    static TransportFailure source(Throwable cause) {
        return new TransportFailure(
                Reason.SOURCE, "what was to be sent could not be read: " + FileErrors.words(cause), cause);
    }

    static TransportFailure cutInside() {
        return new TransportFailure(Reason.LOST, "the answer ended inside its compressed body", null);
    }

    static TransportFailure notInflatable(Throwable cause) {
        return new TransportFailure(Reason.PROTOCOL, "the compressed body of the answer is damaged", cause);
    }

    static TransportFailure listener(Throwable error) {
        return new TransportFailure(
                Reason.PROTOCOL,
                "the answer could not be handled: " + error.getClass().getName(),
                error);
    }

    /** The message of the cause that says most: Netty wraps errors of decoders, and adds the address to those of sockets. */
    static String words(Throwable error) {
        Throwable inner = error;
        while (inner.getCause() != null
                && (inner instanceof DecoderException
                        || inner instanceof ChannelException
                        || inner instanceof SocketException
                        || inner.getMessage() == null)) inner = inner.getCause();
        String message = inner.getMessage();
        if (message == null || message.isEmpty()) return inner.getClass().getSimpleName();
        return message;
    }
}
