package dev.aikit.internal.netty;

import dev.aikit.testkit.ScriptedServer;
import org.junit.jupiter.api.AfterEach;

/** A test with a server and the bare transport as its client, which are closed when it is done. */
abstract class TransportTest {
    /** Does what its scripts say. */
    final ScriptedServer server = ScriptedServer.start();

    /** Sends exchanges, to any server. */
    final Client client = new Client();

    /** The client first, so that a server in the middle of a script sees it go. */
    @AfterEach
    final void closeClientAndServer() {
        client.close();
        server.close();
    }
}
