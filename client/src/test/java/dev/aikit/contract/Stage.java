package dev.aikit.contract;

import dev.aikit.Clients;
import dev.aikit.HttpAgent;
import dev.aikit.OpenAI;
import dev.aikit.OpenAIConfiguration;
import dev.aikit.testing.Events;
import dev.aikit.testkit.ManualClock;
import dev.aikit.testkit.ScriptedServer;
import java.time.Duration;

/** Where a call may be when something happens to it. */
enum Stage {
    QUEUED,
    CONNECTING,
    WAITING_FOR_THE_ANSWER,
    WITHIN_THE_ANSWER,
    BETWEEN_RETRIES;

    /** A call that stays in that stage until something is done to it, its client and its server. */
    static final class Stuck implements AutoCloseable {
        /** Shorter than all other limits, so that the clock shows that it has been set. */
        private static final Duration MARK = Duration.ofSeconds(42);

        final ScriptedServer server = ScriptedServer.start();
        final ManualClock clock = new ManualClock();
        final OpenAI client;
        private final Stage stage;
        private final Observed call;

        Stuck(Stage stage, Way way) throws InterruptedException {
            this.stage = stage;
            String url = server.uri("/v1").toString();
            client = Clients.withClock(
                    OpenAIConfiguration.defaults()
                            .baseURL(stage == CONNECTING ? url.replace("http:", "https:") : url)
                            .connectTimeout(Duration.ofDays(1))
                            .httpAgent(HttpAgent.create(a -> a.maxSockets(1))),
                    clock);
            call = switch (stage) {
                case QUEUED -> queued(way);
                case CONNECTING -> connecting(way);
                case WAITING_FOR_THE_ANSWER -> waiting(way);
                case WITHIN_THE_ANSWER -> within(way);
                case BETWEEN_RETRIES -> betweenRetries(way);
            };
        }

        private Observed queued(Way way) {
            server.then(to -> to.awaitPeerClosed());
            client.models().list(p -> p.async());
            server.takeRequest();
            Observed queued = Observed.start(way, client, p -> p.timeout(MARK));
            clock.awaitTaskWithin(MARK);
            return queued;
        }

        /** The server speaks no TLS: it waits for a request, and the client for the server's part of the handshake. */
        private Observed connecting(Way way) {
            Observed connecting = Observed.start(way, client);
            Events.until(() -> server.connections() == 1, "the connection");
            return connecting;
        }

        private Observed waiting(Way way) {
            server.then(to -> to.awaitPeerClosed());
            Observed waiting = Observed.start(way, client);
            server.takeRequest();
            return waiting;
        }

        private Observed within(Way way) throws InterruptedException {
            server.then(to -> {
                if (ChatScripts.wantsStream(to)) ChatScripts.beginStream(to).chunk(ChatScripts.piece("so far"));
                else to.head(200, ChatScripts.JSON, "content-length: 1000").raw("{");
                to.awaitPeerClosed();
            });
            Observed within = Observed.start(way, client, p -> p.idleTimeout(MARK));
            clock.awaitTaskWithin(MARK);
            if (way == Way.STREAMING) within.awaitFirstPiece();
            return within;
        }

        private Observed betweenRetries(Way way) {
            server.then(ChatScripts.status(503, "{}"));
            Observed between = Observed.start(way, client);
            clock.awaitTaskWithin(Duration.ofSeconds(1));
            return between;
        }

        Observed call() {
            return call;
        }

        /** Waits until the server sees that the connection of the call was closed, if it had one to itself. */
        void awaitItsConnectionClosed() {
            if (stage != QUEUED && stage != BETWEEN_RETRIES) server.awaitPeerClosed(1);
        }

        @Override
        public void close() {
            client.close();
            server.close();
        }
    }
}
