package dev.aikit.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.aikit.HttpAgent;
import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.Worker;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.testing.Events;
import dev.aikit.testing.Figures;
import dev.aikit.testing.Way;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Five thousand slow streams at once: each is whole, and they need a handful of threads, at every moment. */
class ManyStreamsTest {
    private static final int WANTED = Integer.getInteger("soak.streams", 5_000);
    private static final int ROUNDS = 5;
    /** A stream has a socket at either end, and both are here. */
    private static final int SOCKETS_OF_A_STREAM = 2;

    private static final int LEFT_FOR_OTHERS = 500;

    /** With callbacks on a worker, and on the client's own threads, which get more when one of them does not come on. */
    @ParameterizedTest
    @CsvSource({"on a worker, 8", "on threads of the client, 64"})
    void areWholeAndNeedAHandfulOfThreads(String place, int mostThreads) throws Exception {
        int streams = (int) Math.min(
                WANTED,
                (Resources.mostDescriptors() - Resources.descriptorsNow() - LEFT_FOR_OTHERS) / SOCKETS_OF_A_STREAM);
        if (streams < WANTED)
            System.out.println("ONLY " + streams + " STREAMS INSTEAD OF " + WANTED + ": the system allows "
                    + Resources.mostDescriptors() + " open files");
        assumeThat(streams).as("streams that the limit of open files allows").isPositive();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        try (SlowServer server = new SlowServer(streams);
                OpenAI client = OpenAI.create(c -> c.baseURL(server.baseURL())
                        .httpAgent(HttpAgent.create(a -> a.maxSockets(streams)))
                        .maxRetries(0))) {
            List<CountDownLatch> rounds = IntStream.range(0, ROUNDS)
                    .mapToObj(round -> new CountDownLatch(streams))
                    .toList();
            Worker worker = place.equals("on a worker") ? Worker.named("many-streams") : null;
            int threadsBefore = threads.getThreadCount();
            threads.resetPeakThreadCount();
            List<OpenAICall<OpenAIChatCompletionsResult>> calls = new ArrayList<>();
            for (int i = 0; i < streams; i++)
                calls.add(client.chat()
                        .completions()
                        .create(
                                Way.QUESTION,
                                p -> (worker == null ? p : p.on(worker)).onData(piece -> {
                                    String text = piece.choice().text();
                                    if (!text.isEmpty())
                                        rounds.get(Integer.parseInt(text.strip()))
                                                .countDown();
                                })));
            Events.await(server.allHere);
            long sockets = Resources.socketsNow();
            for (int round = 0; round < ROUNDS; round++) {
                server.say(round + " ");
                Events.await(rounds.get(round));
            }
            server.end();
            for (OpenAICall<OpenAIChatCompletionsResult> call : calls)
                assertThat(Way.ended(call).choice().text()).isEqualTo("0 1 2 3 4 ");

            if (worker != null) worker.kill();
            int peak = threads.getPeakThreadCount() - threadsBefore;
            assertThat(peak).as("threads more than before, at the most").isLessThanOrEqualTo(mostThreads);
            System.out.println(streams + " streams " + place + ": " + sockets + " sockets, " + peak + " threads more");
            if (worker == null) return;
            Figures.write("many-streams", "streams=" + streams + "\nthreads=" + peak + "\n");
        }
    }
}
