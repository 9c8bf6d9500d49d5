package dev.aikit.json.internal;

import org.jspecify.annotations.Nullable;

/** Where a JSON value comes from that need not be read from its bytes. */
public interface JsonSource {
    /** The value as plain Java, unmodifiable. */
    @Nullable
    Object value();

    /** The bytes that stand for it. */
    byte[] bytes();
}
