package dev.aikit.local.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.local.TestClient;
import dev.aikit.local.internal.Limits;
import dev.aikit.local.internal.chat.Answer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to the work on an answer when its client goes away, reads slowly, or when the server closes. */
class DisconnectTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String ASK =
            "{\"model\":\"fake\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}";

    private static Limits limits(int waiting, Duration stalledReader, Duration grace) {
        return new Limits(1 << 20, 1 << 20, waiting, stalledReader, grace);
    }

    private static Socket ask(FakeModels server, String content, boolean stream) throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.front.port());
        byte[] body = ASK.formatted(stream, content).getBytes(StandardCharsets.UTF_8);
        String head =
                "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body);
        return socket;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new CancellationException("interrupted");
        }
    }

    /** Goes on until it is told to stop, and says so. */
    private static void answerForEver(Answer answer, CountDownLatch started, CountDownLatch cancelled) {
        answer.begin(1);
        try {
            while (answer.piece("word ", 1)) started.countDown();
        } catch (CancellationException stopped) {
            cancelled.countDown();
            throw stopped;
        }
    }

    @Test
    void stopsAStreamWhoseClientDisconnects() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        try (FakeModels server = new FakeModels(
                limits(4, LONG, Duration.ZERO), (request, answer) -> answerForEver(answer, started, cancelled))) {
            Socket client = ask(server, "Hi", true);
            await(started);

            client.close();

            await(cancelled);
        }
    }

    @Test
    void stopsAPlainAnswerWhoseClientDisconnectsBeforeAnythingWasSent() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        try (FakeModels server = new FakeModels(
                limits(4, LONG, Duration.ZERO), (request, answer) -> answerForEver(answer, started, cancelled))) {
            Socket client = ask(server, "Hi", false);
            await(started);

            client.close();

            await(cancelled);
        }
    }

    @Test
    void neverStartsOnARequestWhoseClientDisconnectsWhileItWaits() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger answered = new AtomicInteger();
        try (FakeModels server = new FakeModels(limits(1, LONG, Duration.ZERO), (request, answer) -> {
            answered.incrementAndGet();
            busy.countDown();
            await(go);
            answer.begin(1);
            answer.end();
        })) {
            Socket first = ask(server, "first", false);
            await(busy);
            Socket waiting = ask(server, "waiting", false);
            while (server.lane.waiting() == 0) Thread.onSpinWait();

            waiting.close();
            while (server.lane.waiting() > 0) Thread.onSpinWait();
            go.countDown();

            assertThat(new TestClient(server.baseURL())
                            .chat("fake", "next", Map.of())
                            .status())
                    .isEqualTo(200);
            assertThat(answered).hasValue(2);
            first.close();
        }
    }

    @Test
    void refusesMoreThanMayWaitAndSaysWhenToTryAgain() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (FakeModels server = new FakeModels(limits(1, LONG, Duration.ZERO), (request, answer) -> {
            busy.countDown();
            await(go);
            answer.begin(1);
            answer.end();
        })) {
            Socket first = ask(server, "first", false);
            await(busy);
            Socket second = ask(server, "second", false);
            while (server.lane.waiting() == 0) Thread.onSpinWait();

            TestClient.Answer refused = new TestClient(server.baseURL()).chat("fake", "third", Map.of());

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("retry-after")).isEqualTo("1");
            assertThat(refused.json().get("error").get("type").asText()).isEqualTo("rate_limit_error");
            go.countDown();
            assertThat(statusLine(first)).contains(" 200 ");
            assertThat(statusLine(second)).contains(" 200 ");
        }
    }

    private static String statusLine(Socket socket) throws Exception {
        StringBuilder line = new StringBuilder();
        for (int c = socket.getInputStream().read();
                c != '\r' && c >= 0;
                c = socket.getInputStream().read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    @Test
    void writesNoFasterThanItsClientReads() throws Exception {
        AtomicInteger pieces = new AtomicInteger();
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        String piece = "x".repeat(10_000);
        int all = 5_000;
        try (FakeModels server = new FakeModels(limits(4, LONG, Duration.ZERO), (request, answer) -> {
            thread.complete(Thread.currentThread());
            answer.begin(1);
            while (pieces.get() < all && answer.piece(piece, 1)) pieces.incrementAndGet();
            answer.end();
        })) {
            Socket client = ask(server, "Hi", true);
            Thread model = thread.get(60, TimeUnit.SECONDS);
            while (model.getState() != Thread.State.TIMED_WAITING) Thread.onSpinWait();
            int written = pieces.get();

            // What the sockets and the server hold is a small part of the 50 MB of the whole answer.
            assertThat(written).isLessThan(all / 3);
            assertThat(readToDone(client.getInputStream())).isGreaterThan((long) all * piece.length());
            assertThat(pieces).hasValue(all);
        }
    }

    private static long readToDone(InputStream in) throws Exception {
        long bytes = 0;
        byte[] buffer = new byte[1 << 16];
        String end = "";
        while (!end.contains("data: [DONE]")) {
            int read = in.read(buffer);
            assertThat(read).isPositive();
            bytes += read;
            String text = end + new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
            end = text.substring(Math.max(0, text.length() - 40));
        }
        return bytes;
    }

    @Test
    void disconnectsAClientThatStopsReading() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        try (FakeModels server = new FakeModels(
                limits(4, Duration.ofMillis(200), Duration.ZERO),
                (request, answer) -> answerForEver(answer, started, cancelled))) {
            Socket client = ask(server, "Hi", true);

            await(cancelled);

            client.close();
        }
    }

    @Test
    void letsARunningAnswerEndWhenItCloses() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        FakeModels server = new FakeModels(limits(4, LONG, LONG), (request, answer) -> {
            started.countDown();
            await(go);
            answer.begin(1);
            answer.piece("complete", 1);
            answer.end();
        });
        TestClient client = new TestClient(server.baseURL());
        CompletableFuture<TestClient.Answer> running =
                CompletableFuture.supplyAsync(() -> client.chat("fake", "Hi", Map.of()));
        await(started);

        CompletableFuture<Void> closed = CompletableFuture.runAsync(server::close);
        go.countDown();

        assertThat(running.get(60, TimeUnit.SECONDS).text()).isEqualTo("complete");
        closed.get(60, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void endsAnAnswerThatTakesTooLongWithAnErrorWhenItCloses(boolean stream) throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        FakeModels server = new FakeModels(limits(4, LONG, Duration.ofMillis(1)), (request, answer) -> {
            answer.begin(1);
            answer.piece("begun", 1);
            started.countDown();
            try {
                await(new CountDownLatch(1));
            } finally {
                cancelled.countDown();
            }
        });
        Socket client = ask(server, "Hi", stream);
        await(started);

        server.close();

        await(cancelled);
        String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answer).startsWith(stream ? "HTTP/1.1 200 " : "HTTP/1.1 503 ");
        assertThat(answer).contains("the server is closing").doesNotContain("[DONE]");
        client.close();
    }

    @Test
    void answersWithAnErrorWhenAModelBreaks() {
        try (FakeModels server = new FakeModels(limits(4, LONG, Duration.ZERO), (request, answer) -> {
            if (request.messages().get(0).text().equals("late")) {
                answer.begin(1);
                answer.piece("so far", 1);
            }
            throw new LinkageError("broken on purpose");
        })) {
            TestClient client = new TestClient(server.baseURL());

            TestClient.Answer early = client.chat("fake", "early", Map.of("stream", true));
            TestClient.Answer late = client.chat("fake", "late", Map.of("stream", true));

            assertThat(early.status()).isEqualTo(500);
            assertThat(early.json().get("error").get("message").asText()).contains("broken on purpose");
            assertThat(late.status()).isEqualTo(200);
            assertThat(late.events())
                    .last()
                    .asString()
                    .contains("broken on purpose")
                    .contains("\"error\"");
            assertThat(late.body()).contains("so far").doesNotContain("[DONE]");
            assertThat(client.get("/models").status()).isEqualTo(200);
        }
    }
}
