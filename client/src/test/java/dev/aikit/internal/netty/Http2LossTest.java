package dev.aikit.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.internal.http.TransportFailure.Reason;
import io.netty.handler.codec.http2.Http2Error;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a stream or a connection that does not hold. */
class Http2LossTest {
    private final H2Server server = new H2Server(100);
    private final Client client = new Client(agent -> agent.sslContext(H2Server.trust()));

    Http2LossTest() throws Exception {}

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private Recorder get() {
        return client.send(Client.get(server.uri("/v1")));
    }

    @Test
    void aConnectionOnWhichNothingIsHeardAnyMoreIsGivenUpAfterACancel() throws Exception {
        Recorder first = get();
        server.take().answer("ok");
        first.awaitEnd();
        // The server goes silent: it does not even answer a ping.
        server.fallSilent(0);
        Recorder cancelled = get();
        cancelled.awaitConnected();

        CountDownLatch afterwards = new CountDownLatch(1);
        client.on(cancelled, exchange -> {
            exchange.cancel();
            client.loop.schedule(afterwards::countDown, H2Connection.SILENCE_NANOS);
        });
        assertThat(afterwards.await(30, TimeUnit.SECONDS)).isTrue();

        Recorder next = get();
        H2Server.Stream stream = server.take();
        assertThat(stream.connection(server)).isEqualTo(1);
        stream.answer("ok");
        assertThat(next.awaitEnd()).isEqualTo("ok");
    }

    @Test
    void aConnectionThatAnswersPingsIsKeptAfterACancel() throws Exception {
        Recorder cancelled = get();
        H2Server.Stream first = server.take();
        CountDownLatch afterwards = new CountDownLatch(1);
        client.on(cancelled, exchange -> {
            exchange.cancel();
            client.loop.schedule(afterwards::countDown, H2Connection.SILENCE_NANOS);
        });
        assertThat(first.reset.get(30, TimeUnit.SECONDS)).isEqualTo(Http2Error.CANCEL.code());
        assertThat(afterwards.await(30, TimeUnit.SECONDS)).isTrue();

        Recorder next = get();
        server.take().answer("ok");
        assertThat(next.awaitEnd()).isEqualTo("ok");
        assertThat(server.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"REFUSED_STREAM, STALE", "INTERNAL_ERROR, LOST", "NO_ERROR, LOST"})
    void saysWhetherAResetStreamWasProcessed(Http2Error error, Reason reason) throws Exception {
        Recorder answer = get();
        server.take().reset(error);

        assertThat(answer.awaitFailure().reason()).isEqualTo(reason);
        assertThat(answer.awaitFailure()).hasMessageContaining(error.name());
    }

    @Test
    void reportsAResetInTheMiddleOfTheBodyAsCut() throws Exception {
        Recorder answer = get();
        H2Server.Stream stream = server.take().head("200", false).data("part", false);
        answer.awaitBody(4);
        stream.reset(Http2Error.INTERNAL_ERROR);

        assertThat(answer.awaitFailure().reason()).isEqualTo(Reason.LOST);
        assertThat(answer.text()).isEqualTo("part");
    }

    @Test
    void takesAnotherConnectionAfterAGoAwayAndLetsTheStreamsEnd() throws Exception {
        Recorder first = get();
        H2Server.Stream stream = server.take();
        server.goAway(stream);
        server.pingPong(0);

        Recorder second = get();
        server.take().answer("second");
        assertThat(second.awaitEnd()).isEqualTo("second");
        stream.answer("first");
        assertThat(first.awaitEnd()).isEqualTo("first");

        assertThat(server.connections()).isEqualTo(2);
        server.awaitClosed(0);
    }

    @Test
    void saysThatAStreamWasNotProcessedIfTheGoAwaySaysSo() throws Exception {
        Recorder first = get();
        H2Server.Stream known = server.take();
        Recorder unseen = get();
        server.take();
        server.goAway(known);

        assertThat(unseen.awaitFailure().reason()).isEqualTo(Reason.STALE);
        known.answer("first");
        assertThat(first.awaitEnd()).isEqualTo("first");
    }

    @Test
    void reportsALostConnectionToEachOfItsStreams() throws Exception {
        Recorder first = get();
        server.take().answer("ok");
        first.awaitEnd();
        Recorder unanswered = get();
        server.take();
        Recorder begun = get();
        server.take().head("200", false).data("part", false);
        begun.awaitBody(4);

        server.connection(0).close();

        assertThat(unanswered.awaitFailure().reason()).isEqualTo(Reason.STALE);
        assertThat(begun.awaitFailure().reason()).isEqualTo(Reason.LOST);
    }

    @Test
    void reportsAFreshConnectionThatIsLostAsLost() throws Exception {
        Recorder answer = get();
        server.take();
        server.connection(0).close();

        assertThat(answer.awaitFailure().reason()).isEqualTo(Reason.LOST);
    }

    @Test
    void reportsAnAnswerThatBreaksTheRules() throws Exception {
        Recorder noStatus = get();
        server.take().head("", false, "a", "b");
        assertThat(noStatus.awaitFailure().reason()).isEqualTo(Reason.PROTOCOL);

        Recorder endsWithoutHead = get();
        server.take().head("103", true);
        assertThat(endsWithoutHead.awaitFailure().reason()).isEqualTo(Reason.PROTOCOL);

        Recorder tooShort = get();
        server.take().head("200", false, "content-length", "10").data("short", true);
        assertThat(tooShort.awaitFailure().reason()).isEqualTo(Reason.PROTOCOL);
    }

    @Test
    void reportsAHeadOverTheLimit() throws Exception {
        Recorder answer = get();
        String half = "x".repeat(Client.MAX_HEADER_BYTES / 2);
        server.take().head("200", true, "a", half, "b", half, "c", half);

        assertThat(answer.awaitFailure().reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void closeEndsEveryStream() throws Exception {
        Recorder waiting = get();
        server.take();
        Recorder streaming = get();
        server.take().head("200", false).data("part", false);
        streaming.awaitBody(4);

        client.transport.close();

        assertThat(waiting.awaitFailure().reason()).isEqualTo(Reason.CLOSED);
        assertThat(streaming.awaitFailure().reason()).isEqualTo(Reason.CLOSED);
        server.awaitClosed(0);
    }
}
