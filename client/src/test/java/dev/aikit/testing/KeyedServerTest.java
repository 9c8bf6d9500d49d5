package dev.aikit.testing;

import dev.aikit.OpenAIConfiguration;
import java.util.function.UnaryOperator;

/** A test with a server and a client for it, as {@link Way} makes one: with a key. */
public abstract class KeyedServerTest extends ServerTest {
    /** A client with a key and no other settings. */
    protected KeyedServerTest() {
        this(c -> c);
    }

    /** A client with a key and those settings. */
    protected KeyedServerTest(UnaryOperator<OpenAIConfiguration> settings) {
        super(c -> settings.apply(c.apiKey(Way.KEY)));
    }
}
