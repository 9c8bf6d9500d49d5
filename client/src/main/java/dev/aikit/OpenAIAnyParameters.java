package dev.aikit;

import dev.aikit.internal.call.Plan;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of {@link OpenAI#call}. Fields set with {@link #field} are added to the body.
 *
 * @param <V> what the answer is turned into
 * @param <T> what the function returns with these parameters
 */
public final class OpenAIAnyParameters<V, T extends OpenAIAnswer>
        extends OpenAIParameters<
                OpenAIAnyResult<V>,
                T,
                OpenAIAnyParameters<V, T>,
                OpenAIAnyParameters<V, OpenAICall<OpenAIAnyResult<V>>>> {

    private final boolean stream;
    private final @Nullable Consumer<? super OpenAIAnyResult<V>> onData;

    OpenAIAnyParameters(Plan<OpenAIAnyResult<V>> plan, Mode<OpenAIAnyResult<V>, T> mode) {
        this(plan, mode, false, null);
    }

    private OpenAIAnyParameters(
            Plan<OpenAIAnyResult<V>> plan,
            Mode<OpenAIAnyResult<V>, T> mode,
            boolean stream,
            @Nullable Consumer<? super OpenAIAnyResult<V>> onData) {
        super(plan, mode);
        this.stream = stream;
        this.onData = onData;
    }

    /** Whether the answer is asked for, and read, in pieces; sent as {@code "stream"} in the body. */
    public OpenAIAnyParameters<V, T> stream(boolean wanted) {
        return new OpenAIAnyParameters<>(plan().withField("stream", wanted), mode(), wanted, onData);
    }

    /** Called with each piece of a stream, in order; asks for a stream. */
    public OpenAIAnyParameters<V, OpenAICall<OpenAIAnyResult<V>>> onData(
            Consumer<? super OpenAIAnyResult<V>> callback) {
        Objects.requireNonNull(callback, "onData");
        return new OpenAIAnyParameters<>(plan().withField("stream", true), Mode.asynchronous(), true, callback);
    }

    boolean streams() {
        return stream;
    }

    @Nullable
    Consumer<? super OpenAIAnyResult<V>> onData() {
        return onData;
    }

    @Override
    protected OpenAIAnyParameters<V, T> with(Plan<OpenAIAnyResult<V>> changed) {
        return new OpenAIAnyParameters<>(changed, mode(), stream, onData);
    }

    @Override
    protected OpenAIAnyParameters<V, OpenAICall<OpenAIAnyResult<V>>> asynchronously(Plan<OpenAIAnyResult<V>> changed) {
        return new OpenAIAnyParameters<>(changed, Mode.asynchronous(), stream, onData);
    }
}
