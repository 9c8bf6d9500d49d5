package dev.aikit.testkit;

import dev.aikit.testkit.ScriptedServer.ConnectionScript;
import dev.aikit.testkit.ScriptedServer.Script;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * The ways in which servers fail, as scripts:
 *
 * <pre>{@code
 * server.then(Faults.after(200, Fault.RESET, ChatScripts.says("Hello", " world")));
 * }</pre>
 *
 * <p>A server that refuses connections is {@link ScriptedServer#refuse}, one whose certificate is bad {@link TestCertificate}.
 */
public final class Faults {
    private static final int PIECE = 64 * 1024;

    private Faults() {}

    /**
     * Does what the script says, up to that byte of the answer (head and body), and then fails. With 0 nothing of it is sent.
     *
     * @throws IllegalArgumentException if {@code bytes} is negative; that the script sends fewer is a failure of the test
     */
    public static Script after(long bytes, Fault fault, Script script) {
        if (bytes < 0) throw new IllegalArgumentException("bytes must not be negative, but is " + bytes);
        return to -> {
            to.failAfter(bytes, fault);
            script.run(to);
            to.requireFailed();
        };
    }

    /** Does what the script says in pieces of so many bytes, each sent on its own, with a pause of that length between them. */
    public static Script trickle(int bytes, Duration pause, Script script) {
        return to -> {
            to.pace(bytes, pause);
            script.run(to);
        };
    }

    /** Fails without an answer. */
    public static Script instead(Fault fault) {
        return after(0, fault, to -> to.raw(new byte[1]));
    }

    /** An answer that says {@code missing} bytes more than come; then the end. */
    public static Script tooShort(int status, String body, int missing, String... headers) {
        return to -> {
            to.head(status, with(headers, "content-length: " + (bytes(body).length + missing)))
                    .raw(body);
            to.close();
        };
    }

    /** An answer that says fewer bytes than come: {@code surplus} follow that belong to nothing. */
    public static Script tooLong(int status, String body, String surplus, String... headers) {
        return to -> to.head(status, with(headers, "content-length: " + bytes(body).length))
                .raw(body + surplus);
    }

    /** An answer that says it is compressed, and is not. */
    public static Script falseGzip(int status, String body, String... headers) {
        return to -> to.answer(status, body, with(headers, "content-encoding: gzip"));
    }

    /** An answer with a header of so many bytes. */
    public static Script longHeader(int bytes) {
        return to -> to.answer(200, "{}", "x-long: " + "a".repeat(bytes));
    }

    /** A body of zeros without an end, until the client closes. */
    public static Script endless(int status, String... headers) {
        return to -> {
            to.head(status, headers);
            while (true) to.writeAll(PIECE);
        };
    }

    /** A stream of events, the same one again and again without an end, until the client closes. */
    public static Script endlessStream(String event) {
        return to -> {
            to.head(200, "content-type: text/event-stream");
            byte[] bytes = bytes(event);
            while (true) to.raw(bytes);
        };
    }

    /** For {@link ScriptedServer#thenConnection}: the connection is reset as soon as it is there. */
    public static ConnectionScript resetOnConnect() {
        return ServerConnection::reset;
    }

    /** For {@link ScriptedServer#thenConnection}: says nothing, not even a greeting of TLS, until the client closes. */
    public static ConnectionScript silence() {
        return ServerConnection::awaitPeerClosed;
    }

    /** For {@link ScriptedServer#thenConnection}: bytes that are neither HTTP nor TLS, and the end. */
    public static ConnectionScript noise() {
        return connection -> connection.raw(garbage()).close();
    }

    static byte[] garbage() {
        return new byte[] {0, -1, -2, 0x7f, 1, 2, 3, '\r', '\n', '\r', '\n', 0, -128, 64, 3, '\n'};
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String[] with(String[] headers, String header) {
        String[] all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = header;
        return all;
    }
}
