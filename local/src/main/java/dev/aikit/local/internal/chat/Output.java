package dev.aikit.local.internal.chat;

/** Receives an answer while it is written. */
public interface Output {
    /** Called once, before anything else, when the model has taken the request. */
    default void accepted() {}

    /** The next piece of the text, never empty. */
    void text(String piece);

    /** The next call of a tool. */
    void call(ToolCall call);
}
