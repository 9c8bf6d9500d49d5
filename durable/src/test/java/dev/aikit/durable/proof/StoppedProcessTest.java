package dev.aikit.durable.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that is stopped for a while is not dead: nobody takes its calls, and it goes on as if nothing had been. */
@DisabledOnOs(OS.WINDOWS) // which has no such signals
@ParameterizedClass
@EnumSource(TestStore.Kind.class)
class StoppedProcessTest {
    private static final int CALLS = 300;
    private static final int FREE = 75;

    @Parameter
    TestStore.Kind kind;

    @TempDir
    Path folder;

    @Test
    void whatItHasInHandIsNotDoneTwice() throws Exception {
        try (ModelServer server = new ModelServer();
                Journal sent = new Journal(folder.resolve("sent.log"))) {
            server.journal(sent::add);
            CountDownLatch stopped = new CountDownLatch(1);
            server.rule((key, time) -> {
                boolean ofTheFirst = Integer.parseInt(key.substring("call-".length())) < CALLS;
                if (ofTheFirst && server.requests() > FREE) stopped.await(); // so that it has something in hand
                return ModelServer.Reply.ok("answer to " + key);
            });
            TestStore.create(kind, folder).withEffects();
            Process first = Processes.start(folder, "w0", server.baseUrl(), "w0", "0", "" + CALLS);
            try {
                server.whenRequests(FREE + 5).get(60, TimeUnit.SECONDS);
                signal("STOP", first);
                CompletableFuture<Void> second = CompletableFuture.runAsync(() -> work(server));
                // It works meanwhile, unless the first one was stopped with the store's write lock in its hand.
                server.whenRequests(CALLS)
                        .completeOnTimeout(null, 5, TimeUnit.SECONDS)
                        .join();
                assertThat(first.isAlive()).isTrue();
                stopped.countDown();
                signal("CONT", first);
                assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(first.exitValue()).isZero();
                second.get(60, TimeUnit.SECONDS);
            } finally {
                first.destroyForcibly();
            }
        }
        Checker.Verdict verdict = Checker.check(folder, key -> false);
        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.acked()).isEqualTo(2 * CALLS);
        assertThat(verdict.sentAgain()).isZero();
        assertThat(verdict.deliveredAgain()).isZero();
    }

    private void work(ModelServer server) {
        try {
            ProofWorker.run(folder.toString(), server.baseUrl(), "w1", "" + CALLS, "" + 2 * CALLS);
        } catch (Exception error) {
            throw new IllegalStateException(error);
        }
    }

    private static void signal(String name, Process process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, "" + process.pid())
                        .start()
                        .waitFor())
                .isZero();
    }
}
