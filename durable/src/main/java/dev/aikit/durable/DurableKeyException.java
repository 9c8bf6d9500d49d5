package dev.aikit.durable;

/** A key that was used before, for a call that asks something else. Nothing was kept or sent. */
public final class DurableKeyException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final String key;

    /** Made by the library. */
    public DurableKeyException(String key) {
        super("key: \"" + key + "\" belongs to another call (another function, body, header or callback);"
                + " another key expected");
        this.key = key;
    }

    /** The key. */
    public String key() {
        return key;
    }
}
