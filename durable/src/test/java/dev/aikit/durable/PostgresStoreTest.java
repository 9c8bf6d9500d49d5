package dev.aikit.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.durable.internal.Probe;
import dev.aikit.durable.internal.Store;
import dev.aikit.durable.proof.LossyProxy;
import dev.aikit.durable.proof.ModelServer.Reply;
import dev.aikit.durable.proof.PostgresServer;
import dev.aikit.durable.proof.TestStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a store on a server can do, or suffer. */
class PostgresStoreTest {
    @TempDir
    Path folder;

    private final PostgresServer server = PostgresServer.shared();
    private Bench bench;

    @BeforeEach
    void begin() throws Exception {
        bench = new Bench(TestStore.create(TestStore.Kind.POSTGRESQL, folder));
    }

    @AfterEach
    void end() throws Exception {
        bench.close();
    }

    private void run(String sql) throws Exception {
        try (Connection connection = bench.database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void whileTheServerIsDownSubmittingFailsAloudAndAfterwardsWorkGoesOnByItself() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch up = new CountDownLatch(1);
        bench.server.rule((key, time) -> {
            asked.countDown();
            up.await();
            return Reply.ok("answer to " + key);
        });
        DurableWorker worker = bench.open(bench.builder());
        bench.submit(worker, "before");
        asked.await();

        server.stopAtOnce();
        try {
            assertThatThrownBy(() -> bench.submit(worker, "meanwhile"))
                    .isInstanceOf(DurableStoreException.class)
                    .hasMessageContaining("meanwhile");
            assertThatThrownBy(() -> worker.find("before")).isInstanceOf(DurableStoreException.class);
            assertThatThrownBy(() -> bench.builder().open()).isInstanceOf(DurableStoreException.class);
        } finally {
            server.start();
        }
        up.countDown();

        assertThat(bench.next().key()).isEqualTo("before");
        bench.submit(worker, "meanwhile");
        assertThat(bench.next().key()).isEqualTo("meanwhile");
        assertThat(bench.server.requests("before"))
                .as("its answer was waited for")
                .isEqualTo(1);
    }

    @Test
    void aCallThatIsBeingSentOutlivesTheConnectionsOfItsWorker() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        bench.server.rule((key, time) -> {
            asked.countDown();
            goOn.await();
            return Reply.ok("paid for once");
        });
        DurableWorker worker = bench.open(bench.builder());
        DurableWorker other = bench.open(bench.builder());
        bench.submit(worker, "long");
        asked.await();

        try (Connection connection = bench.database.connect()) {
            for (int i = 0; i < 5; i++) {
                PostgresServer.endOthers(connection);
                bench.submit(
                        worker.call("more-" + i, "note").notBefore(Instant.now().plusSeconds(3_600)), "more");
                bench.submit(other, "long");
            }
        }
        goOn.countDown();

        assertThat(bench.next().result().choice().message().text()).isEqualTo("paid for once");
        assertThat(bench.server.requests("long")).isEqualTo(1);
        assertThat(worker.find("long").orElseThrow().unclearSends()).isZero();
    }

    @Test
    void aCallWhoseCommitWasDoneAndNotConfirmedIsAcknowledgedAllTheSame() throws Exception {
        run("CREATE TABLE effect (key TEXT)");
        try (LossyProxy proxy = new LossyProxy(server.port())) {
            DurableWorker worker = bench.open(bench.bare()
                    .store(new TestStore(proxy.through(bench.database.url())).store())
                    .callback("note", OpenAIChatCompletionsResult.class, (call, result) -> {
                        bench.note(call, result);
                        call.write(store ->
                                store.createStatement().execute("INSERT INTO effect VALUES ('" + call.key() + "')"));
                    }));
            AtomicBoolean every = new AtomicBoolean(true); // each second one: else nothing would ever be known
            proxy.loses(() -> every.getAndSet(!every.get()));

            List<DurableCall<OpenAIChatCompletionsResult>> calls = new ArrayList<>();
            for (int i = 0; i < 10; i++) calls.add(bench.submit(worker, "call-" + i));
            for (var call : calls) assertThat(Bench.end(call).success()).isTrue();

            proxy.loses(() -> false);
            assertThat(proxy.lost()).isGreaterThanOrEqualTo(5);
            assertThat(bench.server.requests()).isEqualTo(10);
            assertThat(bench.came).hasSize(10);
            worker.close();
        }
        try (Connection connection = bench.database.connect();
                var rows =
                        connection.createStatement().executeQuery("SELECT count(*), count(DISTINCT key) FROM effect")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(10);
            assertThat(rows.getInt(2)).isEqualTo(10);
        }
    }

    @Test
    void aCommitThatNeverCameToTheServerIsMadeAgainBeforeItIsAcknowledged() throws Exception {
        try (LossyProxy proxy = new LossyProxy(server.port())) {
            AtomicBoolean armed = new AtomicBoolean();
            AtomicBoolean first = new AtomicBoolean(true);
            proxy.losesRequest(() -> armed.getAndSet(false));
            DurableWorker worker = bench.open(bench.builder()
                    .submitsOnly()
                    .probe(point -> {
                        if (point == Probe.Point.SUBMIT_BEFORE_COMMIT && first.getAndSet(false)) armed.set(true);
                    })
                    .store(new TestStore(proxy.through(bench.database.url()) + "?prepareThreshold=0").store()));

            for (int i = 0; i < 3; i++) bench.submit(worker, "call-" + i);

            try (Connection connection = bench.database.connect();
                    var rows = connection.createStatement().executeQuery("SELECT count(*) FROM aikit_call")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(3);
            }
            assertThat(proxy.lost()).isEqualTo(1);
        }
    }

    @Test
    void theServersClockCountsAndNotThatOfTheMachine() throws Exception {
        // What the store takes for the server's clock goes wrong by as much as the table says.
        run("CREATE TABLE wrong (by interval)");
        run("INSERT INTO wrong VALUES ('0')");
        run("CREATE FUNCTION clock_timestamp() RETURNS timestamptz LANGUAGE sql AS"
                + " 'SELECT pg_catalog.clock_timestamp() + by FROM public.wrong'");
        run("ALTER DATABASE " + bench.database.url().replaceAll(".*/", "") + " SET search_path = public, pg_catalog");
        bench.server.rule((key, time) -> time == 1 ? Reply.error(503).with("retry-after", "1800") : Reply.ok("later"));
        DurableWorker worker = bench.open(bench.builder());
        bench.submit(worker, "half an hour");
        while (worker.find("half an hour").orElseThrow().due().isEmpty()) Thread.onSpinWait();

        run("UPDATE wrong SET by = '1 hour'");

        assertThat(bench.next().key()).isEqualTo("half an hour");
        bench.submit(worker, "set back");
        while (worker.find("set back").orElseThrow().due().isEmpty()) Thread.onSpinWait();

        run("UPDATE wrong SET by = '-1 hour'");

        assertThat(bench.next().key()).isEqualTo("set back");
    }

    @Test
    void workersThatKeepTheSameCallsAtTheSameTimeDoNotWaitForEachOther() throws Exception {
        DurableWorker first = bench.open(bench.builder().submitsOnly());
        DurableWorker second = bench.open(bench.builder().submitsOnly());
        List<DurableCall<?>> calls = new ArrayList<>();
        CountDownLatch bothWait = new CountDownLatch(2);
        CompletableFuture<Void> together = new CompletableFuture<>();
        // Both write all of them at the same moment, in one group each.
        for (DurableWorker each : List.of(first, second))
            CompletableFuture.runAsync(() -> each.write(connection -> {
                bothWait.countDown();
                together.join();
            }));
        assertThat(bothWait.await(Bench.LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 300; i++) {
            String up = "call-" + i;
            String down = "call-" + (299 - i);
            calls.add(bench.submit(first.call(up, "note").unconfirmed(), up));
            calls.add(bench.submit(second.call(down, "note").unconfirmed(), down));
        }
        together.complete(null);

        for (DurableCall<?> call : calls) call.kept().get(Bench.LIMIT_SECONDS, TimeUnit.SECONDS);

        assertThat(first.counts().get(DurableState.READY)).isEqualTo(300);
        try (Connection connection = bench.database.connect();
                var row = connection
                        .createStatement()
                        .executeQuery("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")) {
            row.next();
            assertThat(row.getInt(1)).isZero();
        }
    }

    @Test
    void anEffectThatGoesOnAfterAnErrorCountsAsThrown() throws Exception {
        run("CREATE TABLE effect (key TEXT)");
        DurableWorker worker =
                bench.open(bench.bare().callback("note", OpenAIChatCompletionsResult.class, (call, result) -> {
                    bench.note(call, result);
                    call.write(connection -> {
                        Statement statement = connection.createStatement();
                        statement.execute("INSERT INTO effect VALUES ('" + call.number() + "')");
                        try {
                            if (call.number() == 1) statement.execute("INSERT INTO nowhere VALUES (1)");
                        } catch (java.sql.SQLException ignored) {
                            // PostgreSQL takes nothing more in this transaction.
                        }
                    });
                }));

        assertThat(Bench.end(bench.submit(worker, "ignored")).success()).isTrue();

        assertThat(bench.came).extracting(Bench.Came::number).containsExactly(1, 2);
    }

    @Test
    void aKilledSessionThatDoesNotComeBackIsTakenOver() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        bench.server.rule((key, time) -> {
            asked.countDown();
            if (time == 1) never.await();
            return Reply.ok("answer to " + key);
        });
        DurableWorker first = bench.builder().open();
        bench.submit(first, "left behind");
        asked.await();
        DurableWorker second = bench.open(bench.builder());

        first.close(Duration.ZERO);

        assertThat(bench.next().key()).isEqualTo("left behind");
        never.countDown();
        assertThat(second.find("left behind").orElseThrow().unclearSends()).isEqualTo(1);
    }

    @Test
    void aLivingWorkerIsNotTakenOverWhoeverTakesItForDead() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        DurableWorker first =
                bench.open(bench.bare().callback("note", OpenAIChatCompletionsResult.class, (call, result) -> {
                    entered.countDown();
                    goOn.await();
                    bench.note(call, result);
                }));
        bench.submit(first, "in hand");
        entered.await();
        CountDownLatch looks = new CountDownLatch(3);
        Registrations registrations =
                new Registrations(bench.client.configuration().baseURL());
        registrations.add("note", OpenAIChatCompletionsResult.class, bench::note);
        FaultyStore misled = new FaultyStore(bench.database.store().open(), () -> FaultyStore.Fault.NONE) {
            @Override
            public List<String> deadOwners() {
                looks.countDown();
                return List.of("1"); // the first worker's number in a new database
            }
        };
        DurableWorker second = new DurableWorker(misled, bench.client, registrations, bench.bare());

        looks.await();
        goOn.countDown();

        assertThat(bench.next().number()).isEqualTo(1);
        second.close();
        assertThat(first.awaitIdle(Duration.ofSeconds(Bench.LIMIT_SECONDS))).isTrue();
        assertThat(first.find("in hand").orElseThrow().unclearDeliveries()).isZero();
    }

    @Test
    void aWorkerThatFindsItsOwnLockFreeDoesNotTakeItselfOver() throws Exception {
        bench.open(bench.builder().submitsOnly()); // makes the tables
        run("INSERT INTO aikit_registered VALUES ('another', 'note')"); // else the call would be parked meanwhile
        CountDownLatch looks = new CountDownLatch(1);
        CountDownLatch submitted = new CountDownLatch(1);
        Registrations registrations =
                new Registrations(bench.client.configuration().baseURL());
        registrations.add("note", OpenAIChatCompletionsResult.class, bench::note);
        FaultyStore misled = new FaultyStore(bench.database.store().open(), () -> FaultyStore.Fault.NONE) {
            @Override
            public List<String> deadOwners() {
                if (looks.getCount() == 0) return List.of();
                looks.countDown();
                try {
                    submitted.await();
                } catch (InterruptedException nobodyDoesThis) {
                    throw new AssertionError(nobodyDoesThis);
                }
                return List.of(owner());
            }
        };
        try (DurableWorker worker = new DurableWorker(misled, bench.client, registrations, bench.bare())) {
            looks.await();
            bench.submit(worker.call("in the same group", "note").unconfirmed(), "in the same group");
            submitted.countDown();

            assertThat(bench.next().key()).isEqualTo("in the same group");
            assertThat(misled.owner()).isEqualTo("2");
        }
    }

    @Test
    void aLockThatIsFreeOnceAfterEachOfTwoOutagesIsNobodysDeath() throws Exception {
        try (Store first = bench.database.store().open();
                Store second = bench.database.store().open();
                Connection connection = bench.database.connect()) {
            for (int outages = 0; outages < 2; outages++) {
                PostgresServer.endOthers(connection);

                assertThat(first.deadOwners()).isEmpty();

                first.write(transaction -> {});
                second.write(transaction -> {});
            }
        }
    }

    @Test
    void textsThatPostgresqlDoesNotTakeDoNotStopTheWork() throws Exception {
        bench.server.rule(
                (key, time) -> Reply.error(400).withBody("{\"error\":{\"message\":\"a\\u0000b \\ud800 c\"}}"));
        DurableWorker worker = bench.open(bench.builder());

        DurableCall<OpenAIChatCompletionsResult> call = bench.submit(worker, "odd");

        assertThat(Bench.end(call).success()).isFalse();
        assertThat(worker.find("odd").orElseThrow().state()).isEqualTo(DurableState.DEAD);
        assertThatThrownBy(() -> worker.call("a\0b", "note")).hasMessageContaining("key");
    }

    @Test
    void thePasswordIsWrittenNowhere() throws Exception {
        String url = bench.database.url();
        String secret = "not-the-password";

        assertThat(PostgresStore.at(url + "?sslmode=disable", "postgres", secret)
                        .toString())
                .isEqualTo("PostgresStore[" + url + "]");
        assertThatThrownBy(() -> bench.builder()
                        .store(PostgresStore.at(url, "postgres", secret))
                        .open())
                .isInstanceOf(DurableStoreException.class)
                .hasMessageContaining("authentication failed")
                .satisfies(error -> assertThat(everything(error)).doesNotContain(secret));
        assertThatThrownBy(() -> PostgresStore.at(url + "?user=me&password=" + secret, "postgres", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("jdbcUrl")
                .hasMessageNotContaining(secret);
        assertThatThrownBy(() -> PostgresStore.at("jdbc:mysql://me:" + secret + "@host/db", "me", secret))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(secret);
        assertThat(server.log()).doesNotContain(secret).doesNotContain(PostgresServer.PASSWORD);
    }

    private static String everything(Throwable error) {
        java.io.StringWriter text = new java.io.StringWriter();
        error.printStackTrace(new java.io.PrintWriter(text, true));
        return text.toString();
    }
}
