package dev.aikit.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.internal.http.HttpHead;
import dev.aikit.internal.http.TransportFailure;
import dev.aikit.testkit.ScriptedServer;
import dev.aikit.testkit.ServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Many exchanges at a time, of all kinds of fate: each is told as it should be, and none is forgotten. */
class ManyExchangesTest {
    private static final long SEED = 20_261_122;
    private static final int COUNT = 2_000;
    private static final String[] FATES = {"answer", "chunks", "close", "cut", "reset", "nothing", "nonsense", "goodbye"
    };
    private static final String BODY = "x".repeat(3_000);

    private static void serve(ServerExchange to) throws IOException {
        switch (to.request().target()) {
            case "/answer" -> to.answer(200, BODY);
            case "/chunks" ->
                to.head(200, "transfer-encoding: chunked")
                        .chunk(BODY)
                        .chunk(BODY)
                        .chunk("");
            case "/close" -> to.head(200).raw(BODY).close();
            case "/cut" -> to.head(200, "content-length: 9000").raw(BODY).close();
            case "/reset" -> to.head(200, "content-length: 9000").raw(BODY).reset();
            case "/nothing" -> to.close();
            case "/nonsense" -> to.raw("nonsense\r\n\r\n").close();
            default -> to.answer(200, BODY, "connection: close");
        }
    }

    /** Cancels, releases or pauses at an event that chance has chosen, and checks that it hears what it should. */
    private static final class Moody extends Recorder {
        final CompletableFuture<Void> over = new CompletableFuture<>();
        private final Client client;
        private final int mood;
        private boolean deaf;

        Moody(Client client, int mood) {
            this.client = client;
            this.mood = mood;
        }

        private void heard(int moodThatActsHere) {
            if (deaf) over.completeExceptionally(new AssertionError("heard after the last: " + events));
            if (mood == moodThatActsHere) {
                deaf = true;
                exchange().cancel();
                over.complete(null);
            } else if (mood == moodThatActsHere + 1) {
                deaf = true;
                exchange().release();
                over.complete(null);
            } else if (mood == moodThatActsHere + 2) {
                exchange().reading(false);
                client.loop.execute(() -> exchange().reading(true));
            }
        }

        @Override
        public void head(HttpHead received) {
            super.head(received);
            heard(0);
        }

        @Override
        public void body(ByteBuffer bytes) {
            super.body(bytes);
            heard(3);
        }

        @Override
        public void end() {
            super.end();
            heard(100);
            deaf = true;
            over.complete(null);
        }

        @Override
        public void failed(TransportFailure reason) {
            super.failed(reason);
            heard(100);
            deaf = true;
            over.complete(null);
        }
    }

    @Test
    void eachEndsOnceOrIsGivenUpAndNoneIsForgotten() throws Exception {
        Random random = new Random(SEED);
        try (ScriptedServer server = ScriptedServer.start();
                Client client = new Client(agent -> agent.maxSockets(20))) {
            server.otherwise(ManyExchangesTest::serve);
            List<Moody> all = new ArrayList<>();
            for (int i = 0; i < COUNT; i++) {
                Moody moody = new Moody(client, random.nextInt(12));
                String fate = FATES[random.nextInt(FATES.length)];
                all.add(moody);
                client.send(Client.get(server.uri("/" + fate)), moody);
            }
            for (Moody moody : all) moody.over.get(ScriptedServer.LIMIT_SECONDS, TimeUnit.SECONDS);
            // What is told too late would be told by now.
            assertThat(client.send(Client.get(server.uri("/answer"))).awaitEnd())
                    .isEqualTo(BODY);
            for (Moody moody : all) {
                assertThat(moody.over).isCompleted();
                assertThat(String.join(" ", moody.events))
                        .matches("connected( head 200( body \\d+)*( end)?)?|.*connected.*failed (LOST|STALE|PROTOCOL)");
            }
        }
    }
}
