package dev.aikit;

import dev.aikit.internal.Checks;
import java.util.function.Consumer;

/**
 * How much of a server's answer is taken in. What goes beyond a limit ends the call with an error of the kind
 * {@link OpenAIError.Kind#TOO_LARGE}, whose message names the limit; what had come by then is kept. Immutable: each setter
 * returns a changed copy.
 *
 * <pre>{@code
 * OpenAI client = OpenAI.create(c -> c.limits(l -> l.maxBodyBytes(1 << 20)));
 * }</pre>
 */
public final class OpenAILimits {
    private static final OpenAILimits DEFAULTS = new OpenAILimits();

    private int maxHeaderBytes = 64 * 1024;
    private int maxBodyBytes = 64 << 20;
    private int maxEventBytes = 16 << 20;
    private int maxStreamBytes = 256 << 20;
    private int maxChoices = 1000;
    private int maxToolCalls = 1000;

    private OpenAILimits() {}

    /** The limits that each setter names. */
    public static OpenAILimits defaults() {
        return DEFAULTS;
    }

    private OpenAILimits changed(Consumer<OpenAILimits> change) {
        OpenAILimits copy = new OpenAILimits();
        copy.maxHeaderBytes = maxHeaderBytes;
        copy.maxBodyBytes = maxBodyBytes;
        copy.maxEventBytes = maxEventBytes;
        copy.maxStreamBytes = maxStreamBytes;
        copy.maxChoices = maxChoices;
        copy.maxToolCalls = maxToolCalls;
        change.accept(copy);
        return copy;
    }

    /** The longest status line, and the most that all headers of an answer may have, in bytes. By default 64 KB. */
    public OpenAILimits maxHeaderBytes(int bytes) {
        Checks.positive("maxHeaderBytes", bytes);
        return changed(copy -> copy.maxHeaderBytes = bytes);
    }

    /**
     * The largest answer in one piece, in bytes, unpacked if it came compressed. By default 64 MB. Read as JSON, an answer
     * may take many times its size.
     */
    public OpenAILimits maxBodyBytes(int bytes) {
        Checks.positive("maxBodyBytes", bytes);
        return changed(copy -> copy.maxBodyBytes = bytes);
    }

    /** The largest event of a stream, in bytes. By default 16 MB. */
    public OpenAILimits maxEventBytes(int bytes) {
        Checks.positive("maxEventBytes", bytes);
        return changed(copy -> copy.maxEventBytes = bytes);
    }

    /** The longest stream of events, comments and all, in bytes, unpacked if it came compressed. By default 256 MB. */
    public OpenAILimits maxStreamBytes(int bytes) {
        Checks.positive("maxStreamBytes", bytes);
        return changed(copy -> copy.maxStreamBytes = bytes);
    }

    /** The most choices of one chat answer. By default 1,000. */
    public OpenAILimits maxChoices(int number) {
        Checks.positive("maxChoices", number);
        return changed(copy -> copy.maxChoices = number);
    }

    /** The most tool calls of one choice. By default 1,000. */
    public OpenAILimits maxToolCalls(int number) {
        Checks.positive("maxToolCalls", number);
        return changed(copy -> copy.maxToolCalls = number);
    }

    /** The longest status line, and the most that all headers may have, in bytes. */
    public int maxHeaderBytes() {
        return maxHeaderBytes;
    }

    /** The largest answer in one piece, in bytes. */
    public int maxBodyBytes() {
        return maxBodyBytes;
    }

    /** The largest event of a stream, in bytes. */
    public int maxEventBytes() {
        return maxEventBytes;
    }

    /** The longest stream, in bytes. */
    public int maxStreamBytes() {
        return maxStreamBytes;
    }

    /** The most choices of one answer. */
    public int maxChoices() {
        return maxChoices;
    }

    /** The most tool calls of one choice. */
    public int maxToolCalls() {
        return maxToolCalls;
    }
}
