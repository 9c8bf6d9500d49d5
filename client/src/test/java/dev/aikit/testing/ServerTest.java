package dev.aikit.testing;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIConfiguration;
import dev.aikit.testkit.ScriptedServer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/** A test with a server and a client for it, which are closed when it is done. */
public abstract class ServerTest {
    /** Does what its scripts say. */
    protected final ScriptedServer server = ScriptedServer.start();

    /** Calls the server. */
    protected final OpenAI client;

    /** A client with no settings but its address. */
    protected ServerTest() {
        this(c -> c);
    }

    /** A client with those settings. */
    protected ServerTest(UnaryOperator<OpenAIConfiguration> settings) {
        client = OpenAI.create(c -> settings.apply(c.baseURL(server.uri("/v1").toString())));
    }

    /** The client first, so that a server in the middle of a script sees it go. */
    @AfterEach
    public final void closeClientAndServer() {
        client.close();
        server.close();
    }
}
