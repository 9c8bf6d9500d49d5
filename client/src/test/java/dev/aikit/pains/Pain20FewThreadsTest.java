package dev.aikit.pains;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.OpenAICall;
import dev.aikit.Worker;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.testing.Way;
import dev.aikit.testkit.Answers;
import dev.aikit.testkit.ScriptedServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Pain 20: many streams at once need no thread each. */
class Pain20FewThreadsTest {
    private static final int STREAMS = 100;

    @Test
    void aHundredStreamsUnderWayNeedAFewThreads() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        CountDownLatch allBegun = new CountDownLatch(STREAMS);
        CountDownLatch gate = new CountDownLatch(1);
        Worker worker = Worker.named("pain-20");
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            server.otherwise(to -> to.head(200, "transfer-encoding: chunked")
                    .chunk(Answers.event(Answers.text("one")))
                    .await(gate)
                    .chunk(Answers.stream("two"))
                    .chunk(""));
            List<OpenAICall<OpenAIChatCompletionsResult>> calls = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++)
                calls.add(client.chat()
                        .completions()
                        .create(
                                Way.QUESTION,
                                p -> p.onData(piece -> {
                                            if (piece.choice().text().equals("one")) allBegun.countDown();
                                        })
                                        .on(worker)));
            assertThat(allBegun.await(30, TimeUnit.SECONDS)).isTrue();

            Set<String> ours = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> !before.contains(thread) && thread.isAlive())
                    .map(Thread::getName)
                    .filter(name -> !name.startsWith("scripted-server"))
                    .collect(Collectors.toSet());
            assertThat(ours).as("the worker, the network, and little else").hasSizeLessThan(8);

            gate.countDown();
            for (OpenAICall<OpenAIChatCompletionsResult> call : calls)
                assertThat(Way.ended(call).choice().text()).isEqualTo("onetwo");
        } finally {
            gate.countDown();
            worker.kill();
        }
    }
}
