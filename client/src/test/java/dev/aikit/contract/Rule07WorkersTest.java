package dev.aikit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.OpenAI;
import dev.aikit.Worker;
import dev.aikit.testing.Events;
import dev.aikit.testkit.ScriptedServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rule 7: a worker is a named process that does one task after the other, or a thread of the program that pumps a queue. */
class Rule07WorkersTest {
    private static Thread threadOf(Worker worker) {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        worker.call(() -> thread.complete(Thread.currentThread()));
        return Events.await(thread);
    }

    private static Thread onNewThread(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        return thread;
    }

    @Test
    void tasksRunOneAtATimeAndInOrder() {
        Worker worker = Worker.named("in order");
        List<Integer> done = new ArrayList<>(); // not safe for use by several threads, and need not be
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        for (int i = 0; i < 1000; i++) {
            int number = i;
            Worker.named("in order").call(() -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                done.add(number);
                inside.decrementAndGet();
            });
        }
        threadOf(worker);

        assertThat(done).isEqualTo(IntStream.range(0, 1000).boxed().toList());
        assertThat(most).hasValue(1);
        worker.kill();
    }

    @Test
    void itStartsWithItsFirstTaskAndEndsByName() {
        Worker worker = Worker.named("by name");
        assertThat(Worker.running()).doesNotContain("by name");

        Thread first = threadOf(worker);
        assertThat(Worker.running()).contains("by name");
        assertThat(threadOf(worker)).isSameAs(first);

        Worker.kill("by name");
        Events.until(() -> !first.isAlive(), "the end of the worker");
        assertThat(Worker.running()).doesNotContain("by name");
        assertThat(threadOf(worker)).isNotSameAs(first);
        worker.kill();
    }

    @Test
    void killingLetsTheTasksThatWaitFinish() {
        Worker worker = Worker.named("killed");
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(3);
        worker.call(() -> Events.await(gate));
        for (int i = 0; i < 3; i++) worker.call(done::countDown);
        worker.kill();
        CompletableFuture<Thread> later = new CompletableFuture<>();
        worker.call(() -> later.complete(Thread.currentThread()));
        gate.countDown();

        Events.await(done);
        assertThat(Events.await(later).isAlive()).isTrue();
        worker.kill();
    }

    @Test
    void workersOfDifferentNamesRunAtTheSameTime() {
        CountDownLatch both = new CountDownLatch(2);
        for (String name : List.of("one", "two"))
            Worker.named(name).call(() -> {
                both.countDown();
                Events.await(both);
            });

        Events.await(both);
        Worker.kill("one");
        Worker.kill("two");
    }

    @Test
    void itKnowsWhoItIs() {
        CompletableFuture<Worker> current = new CompletableFuture<>();
        Worker.named("myself").call(() -> current.complete(Worker.current()));

        assertThat(Events.await(current)).isEqualTo(Worker.named("myself")).hasToString("Worker[myself]");
        assertThat(Worker.named("myself").isCurrentThread()).isFalse();
        assertThat(Worker.current()).isNull();
        Worker.kill("myself");
    }

    @Test
    void aTaskThatThrowsOrInterruptsDoesNotStopIt() {
        Worker worker = Worker.named("sturdy");
        Thread thread = threadOf(worker);
        CompletableFuture<Throwable> reported = new CompletableFuture<>();
        worker.call(() -> Thread.currentThread().setUncaughtExceptionHandler((t, thrown) -> reported.complete(thrown)));
        worker.call(() -> {
            throw new IllegalStateException("mine");
        });
        worker.call(() -> Thread.currentThread().interrupt());
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        worker.call(() -> interrupted.complete(Thread.currentThread().isInterrupted()));

        assertThat(Events.await(reported)).hasMessage("mine");
        assertThat(Events.await(interrupted)).isFalse();
        assertThat(threadOf(worker)).isSameAs(thread);
        worker.kill();
    }

    @Test
    void aProgramPumpsAWorkerOfItsOwnWhenItLikes() throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = OpenAI.create(c -> c.baseURL(server.uri("/v1").toString()))) {
            server.otherwise(ChatScripts.chat("a", "b", "c"));
            CompletableFuture<Thread> pumping = new CompletableFuture<>();
            CompletableFuture<Observed> pumped = new CompletableFuture<>();
            Thread program = onNewThread(() -> {
                Worker worker = Worker.here("pumped");
                pumping.complete(Thread.currentThread());
                Observed made = Observed.start(Way.STREAMING, client);
                Events.until(
                        () -> {
                            worker.runWaiting();
                            return made.isOver();
                        },
                        "the end of the call");
                pumped.complete(made);
                worker.kill();
                worker.runWaiting();
            });

            assertThat(Events.await(pumped).endedOnce().threads()).containsOnly(Events.await(pumping));
            program.join();
            assertThat(Worker.running()).doesNotContain("pumped");
        }
    }

    @Test
    void aPumpedWorkerRunsUntilAConditionHoldsOrItIsKilled() {
        CompletableFuture<List<String>> ran = new CompletableFuture<>();
        onNewThread(() -> {
            List<String> tasks = new ArrayList<>();
            Worker worker = Worker.here("until");
            worker.call(() -> tasks.add("one"));
            worker.call(() -> tasks.add("two"));
            worker.call(() -> tasks.add("three"));
            worker.call(worker::kill);
            try {
                worker.runUntil(() -> tasks.size() == 2);
                tasks.add("condition");
                worker.run();
                tasks.add("killed");
                ran.complete(tasks);
            } catch (InterruptedException interrupt) {
                ran.completeExceptionally(interrupt);
            }
        });

        assertThat(Events.await(ran)).containsExactly("one", "two", "condition", "three", "killed");
    }

    @Test
    void theTasksOfAPumpedWorkerRunEvenIfItsThreadHasEnded() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        Thread bound = onNewThread(() -> {
            Worker.here("orphan").call(done::countDown);
        });
        bound.join();

        Events.await(done);
        assertThat(threadOf(Worker.named("orphan"))).isNotSameAs(bound);
        Worker.kill("orphan");
    }

    @Test
    void callbacksReachAWorkerWhoseThreadHasEnded() throws InterruptedException {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = OpenAI.create(c -> c.baseURL(server.uri("/v1").toString()))) {
            CountDownLatch gate = new CountDownLatch(1);
            server.then(to -> ChatScripts.chat("Hi").run(to.await(gate)));
            CompletableFuture<Observed> made = new CompletableFuture<>();
            Thread bound = onNewThread(() -> {
                Worker.here("gone");
                made.complete(Observed.start(Way.STREAMING, client));
            });
            bound.join();
            gate.countDown();

            assertThat(Events.await(made).endedOnce().threads()).isNotEmpty().doesNotContain(bound);
            Worker.kill("gone");
        }
    }

    @Test
    void whatCannotBeIsRefusedWhereItIsAsked() {
        assertThatThrownBy(() -> Worker.named(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name");
        assertThatThrownBy(() -> Worker.here("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Worker.named("elsewhere").runWaiting()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Worker.named("elsewhere").call(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("task");
        threadOf(Worker.named("elsewhere"));
        assertThatThrownBy(() -> Worker.here("elsewhere"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("elsewhere");
        Worker.kill("elsewhere");
    }

    @Test
    void killedWithinANestedLoopItStillDoesOneTaskAfterTheOther() {
        List<Integer> done = new ArrayList<>(); // not safe for use by several threads, and need not be
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CompletableFuture<Thread> returned = new CompletableFuture<>();
        CountDownLatch all = new CountDownLatch(100);
        CountDownLatch begun = new CountDownLatch(1);
        Thread bound = onNewThread(() -> {
            Worker worker = Worker.here("nested loops");
            worker.call(() -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                worker.kill();
                loop(worker);
                for (int i = 0; i < 100; i++) {
                    int number = i;
                    worker.call(() -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        begun.countDown();
                        done.add(number);
                        inside.decrementAndGet();
                        all.countDown();
                    });
                }
                try {
                    begun.await(100, TimeUnit.MILLISECONDS); // what would run at the same time gets the chance to
                } catch (InterruptedException interrupt) {
                    throw new AssertionError(interrupt);
                }
                inside.decrementAndGet();
            });
            loop(worker);
            returned.complete(Thread.currentThread());
        });

        Events.await(all);
        assertThat(Events.await(returned)).isSameAs(bound);
        assertThat(done).isEqualTo(IntStream.range(0, 100).boxed().toList());
        assertThat(most).hasValue(1);
        Worker.kill("nested loops");
    }

    private static void loop(Worker worker) {
        try {
            worker.run();
        } catch (InterruptedException interrupt) {
            throw new AssertionError(interrupt);
        }
    }

    @Test
    void killedAThousandTimesItRunsWhatItIsGivenAllTheSame() {
        Worker worker = Worker.named("killed a thousand times");
        CountDownLatch gate = new CountDownLatch(1);
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<Thread> first = new CompletableFuture<>();
        CompletableFuture<Thread> last = new CompletableFuture<>();
        worker.call(() -> {
            Events.await(gate);
            first.complete(Thread.currentThread());
        });
        worker.call(() -> done.add("before"));
        for (int i = 0; i < 1000; i++) worker.kill();
        worker.call(() -> done.add("after"));
        worker.call(() -> last.complete(Thread.currentThread()));
        gate.countDown();

        assertThat(Events.await(last)).isNotSameAs(Events.await(first));
        assertThat(done).containsExactly("before", "after");
        assertThat(threadOf(worker)).isSameAs(Events.await(last)); // one kill, one new thread
        worker.kill();
    }
}
