package dev.aikit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.Form;
import dev.aikit.testing.Events;
import dev.aikit.testing.ServerTest;
import java.awt.EventQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javafx.application.Platform;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules 6 and 7, forms: the user interface thread of Swing, of JavaFX and of any other toolkit is a place for callbacks. */
class Rule06FormsTest extends ServerTest {
    private static final Executor SWING = EventQueue::invokeLater;
    private static final Executor JAVAFX = Platform::runLater;

    @BeforeAll
    static void startJavaFx() {
        CountDownLatch started = new CountDownLatch(1);
        Platform.setImplicitExit(false);
        try {
            Platform.startup(started::countDown);
            Events.await(started);
        } catch (IllegalStateException runningAlready) {
            // Another test has started it; it stays.
        }
    }

    @BeforeEach
    void answer() {
        server.otherwise(ChatScripts.chat("Hi", "there"));
    }

    static Stream<Arguments> toolkits() {
        return Stream.of(
                Arguments.of(SWING, Form.swing(), Way.ASYNCHRONOUS),
                Arguments.of(SWING, Form.swing(), Way.STREAMING),
                Arguments.of(JAVAFX, Form.javafx(), Way.ASYNCHRONOUS),
                Arguments.of(JAVAFX, Form.javafx(), Way.STREAMING));
    }

    private static Thread threadOf(Executor toolkit) {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        toolkit.execute(() -> thread.complete(Thread.currentThread()));
        return Events.await(thread);
    }

    @ParameterizedTest
    @MethodSource("toolkits")
    void fromTheToolkitsThreadTheyComeBackThere(Executor toolkit, Form form, Way way) {
        CompletableFuture<Observed> made = new CompletableFuture<>();
        toolkit.execute(() -> made.complete(Observed.start(way, client)));

        assertThat(Events.await(made).endedOnce().threads()).isNotEmpty().containsOnly(threadOf(toolkit));
    }

    @ParameterizedTest
    @MethodSource("toolkits")
    void fromElsewhereTheyComeToTheFormThatIsNamed(Executor toolkit, Form form, Way way) {
        Observed observed = Observed.start(way, client, p -> p.on(form)).endedOnce();

        assertThat(observed.threads()).isNotEmpty().containsOnly(threadOf(toolkit));
    }

    @ParameterizedTest
    @MethodSource("toolkits")
    void awaitingOnTheToolkitsThreadRunsThemThere(Executor toolkit, Form form, Way way) {
        CompletableFuture<Observed> awaited = new CompletableFuture<>();
        toolkit.execute(() -> {
            Observed made = Observed.start(way, client);
            try {
                made.call().await();
                awaited.complete(made.endedOnce());
            } catch (Throwable thrown) {
                awaited.completeExceptionally(thrown);
            }
        });

        assertThat(Events.await(awaited).threads()).isNotEmpty().containsOnly(threadOf(toolkit));
    }

    @ParameterizedTest
    @MethodSource("toolkits")
    void aFormKnowsItsThread(Executor toolkit, Form form, Way way) {
        CompletableFuture<Form> current = new CompletableFuture<>();
        toolkit.execute(() -> current.complete(form.isCurrentThread() ? Form.current() : null));

        assertThat(Events.await(current)).isSameAs(form);
        assertThat(form.isCurrentThread()).isFalse();
        assertThat(Form.current()).isNull();
    }

    @Test
    void anyOtherToolkitIsAFormAsWell() {
        ExecutorService toolkit = Executors.newSingleThreadExecutor();
        Thread thread = threadOf(toolkit);
        Form form = Form.of("Toolkit", toolkit, () -> Thread.currentThread() == thread);
        try {
            Observed observed =
                    Observed.start(Way.STREAMING, client, p -> p.on(form)).endedOnce();

            assertThat(observed.threads()).isNotEmpty().containsOnly(thread);
        } finally {
            toolkit.shutdown();
        }
    }
}
