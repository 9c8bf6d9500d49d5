package dev.aikit.internal.call;

import dev.aikit.OpenAIResult;
import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One use of one function, before it is sent.
 *
 * @param function the kit's name of the function
 * @param path below the base URL, beginning with a slash; or the whole address of a {@linkplain #download download}
 * @param body JSON in UTF-8; null for none
 * @param stream whether the answer is asked for in pieces
 * @param reader makes what reads the answer
 * @param transfer what is not JSON of it
 * @param content makes what takes an answer in one piece; null for an array of its bytes
 */
public record Operation<R extends OpenAIResult>(
        String function,
        String method,
        String path,
        byte @Nullable [] body,
        boolean stream,
        Supplier<? extends ResultReader<R>> reader,
        Transfer transfer,
        @Nullable Supplier<? extends Content> content) {

    /** The address of nothing at all, as RFC 2397 has it. */
    private static final String LOCAL = "data:,";

    /** A call of JSON. */
    public Operation(
            String function,
            String method,
            String path,
            byte @Nullable [] body,
            boolean stream,
            Supplier<? extends ResultReader<R>> reader) {
        this(function, method, path, body, stream, reader, Transfer.NONE, null);
    }

    /** The same call, whose answer is taken in by something else than an array of bytes. */
    public Operation<R> into(Supplier<? extends Content> taker) {
        return new Operation<>(function, method, path, body, stream, reader, transfer, taker);
    }

    /** A call whose answer comes in one piece. */
    public static <R extends OpenAIResult> Operation<R> of(
            String function, String method, String path, byte @Nullable [] body, ResultReader<R> reader) {
        return new Operation<>(function, method, path, body, false, () -> reader);
    }

    /** A call that sends, or is answered by, something else than JSON. */
    public static <R extends OpenAIResult> Operation<R> transferring(
            String function, String method, String path, Transfer transfer, ResultReader<R> reader) {
        return new Operation<>(function, method, path, null, false, () -> reader, transfer, null);
    }

    /**
     * Fetches what is at an address that a server named. That may be anybody's: nothing of what the client knows goes there,
     * neither its key nor any of its headers.
     */
    public static <R extends OpenAIResult> Operation<R> download(String function, URI address, ResultReader<R> reader) {
        return of(function, "GET", address.toString(), null, reader);
    }

    /** A call whose reader has what would be fetched, or knows why it cannot be: nothing is sent. */
    public static <R extends OpenAIResult> Operation<R> local(String function, ResultReader<R> reader) {
        return of(function, "GET", LOCAL, null, reader);
    }

    boolean isDownload() {
        return !path.startsWith("/");
    }

    boolean isLocal() {
        return path.equals(LOCAL);
    }
}
