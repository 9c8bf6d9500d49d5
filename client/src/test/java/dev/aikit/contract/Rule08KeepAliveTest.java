package dev.aikit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.testing.Events;
import dev.aikit.testkit.ScriptedServer;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 8, the program: a call under way keeps the JVM alive until its callbacks were called, and not for longer. */
class Rule08KeepAliveTest {
    /** For a program to end: no more than a hung one needs to be told from a slow machine. */
    private static final int LIMIT_SECONDS = 50;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "asynchronous",
                "stream",
                "worker",
                "pumped worker",
                "pumped worker that is not pumped",
                "swing",
                "form",
                "two calls",
                "no handle"
            })
    void mainReturnsTheCallbackComesAndTheProgramEnds(String program, @TempDir Path folder) throws Exception {
        assertThat(errorOutput(program, folder)).isEmpty();
    }

    @Test
    void aCallbackThatThrowsIsPrintedAndTheProgramEndsAllTheSame(@TempDir Path folder) throws Exception {
        assertThat(errorOutput("throwing", folder)).contains("onResponse of chat.completions.create", "mine");
    }

    private static String errorOutput(String program, Path folder) throws Exception {
        Path errors = folder.resolve("errors.txt");
        CountDownLatch mainIsOver = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start()) {
            server.otherwise(to -> ChatScripts.chat("Hi").run(to.await(mainIsOver)));
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Djava.awt.headless=true",
                            "-Xmx64m",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            classPath(),
                            Programs.class.getName(),
                            program,
                            server.uri("/v1").toString())
                    .redirectError(errors.toFile())
                    .start();
            try (BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                assertThat(output.readLine()).isEqualTo("MAIN IS OVER");
                mainIsOver.countDown();
                assertThat(output.readLine())
                        .isEqualTo("CALLED BACK " + (program.equals("pumped worker") ? "main" : "Hi"));
                assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                        .as("the program ended")
                        .isTrue();
                assertThat(process.exitValue()).isZero();
            } finally {
                process.destroyForcibly();
            }
        }
        return Files.readString(errors);
    }

    /** Without what only tests bring along, and what speaks up on the error output. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("slf4j"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** A pool that keeps what it is given, and throws when it is asked whether it has ended. */
    private static final class BrokenPool extends AbstractExecutorService {
        private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
        private final CountDownLatch lookedTwice = new CountDownLatch(2);

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public boolean isTerminated() {
            lookedTwice.countDown();
            throw new OutOfMemoryError("simulated");
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean awaitTermination(long limit, TimeUnit unit) {
            return false;
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }
    }

    @Test
    void whatAPoolThrowsDoesNotEndTheThreadThatKeepsTheProgram() throws Exception {
        BrokenPool pool = new BrokenPool();
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = OpenAI.create(c -> c.baseURL(server.uri("/v1").toString()))) {
            server.then(to -> to.answer(200, "{\"data\":[]}"));
            CompletableFuture<Boolean> called = new CompletableFuture<>();
            client.models().list(p -> p.on(pool).formula(result -> called.complete(result.success())));
            assertThat(pool.lookedTwice.await(60, TimeUnit.SECONDS)).isTrue();

            pool.tasks.take().run();
            assertThat(called.get(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void afterTheLastCallbackNoThreadOfTheLibraryKeepsTheProgram() throws InterruptedException {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = OpenAI.create(c -> c.baseURL(server.uri("/v1").toString()))) {
            CountDownLatch gate = new CountDownLatch(1);
            server.otherwise(to -> ChatScripts.chat("Hi").run(to.await(gate)));
            Observed streaming = Observed.start(Way.STREAMING, client);
            Observed asynchronous = Observed.start(Way.ASYNCHRONOUS, client);

            assertThat(keepers()).isPositive();
            gate.countDown();
            streaming.endedOnce();
            asynchronous.endedOnce();

            Events.until(() -> keepers() == 0, "only daemons are left of the library's threads");
        }
    }

    private static long keepers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("aikit-") && !thread.isDaemon())
                .count();
    }
}
