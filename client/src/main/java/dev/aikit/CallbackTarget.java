package dev.aikit;

import java.util.concurrent.Executor;

/**
 * A place where callbacks run and that knows its own thread: a {@link Worker}, a {@link Form}, or one of your own for
 * another user interface toolkit. A call made on the target's thread calls back there without being told to.
 */
public interface CallbackTarget extends Executor {
    /** Whether the calling thread is where this target's tasks run. */
    boolean isCurrentThread();
}
