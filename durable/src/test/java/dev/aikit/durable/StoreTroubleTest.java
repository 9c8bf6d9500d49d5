package dev.aikit.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.durable.FaultyStore.Fault;
import dev.aikit.durable.internal.CallRow;
import dev.aikit.durable.internal.Probe;
import dev.aikit.durable.proof.ModelServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreTroubleTest extends BenchTest {
    private DurableWorker open(Supplier<Fault> faults) {
        Registrations registrations =
                new Registrations(bench.client.configuration().baseURL());
        registrations.add("note", OpenAIChatCompletionsResult.class, (call, result) -> {
            bench.note(call, result);
            call.write(connection -> {
                try (var insert = connection.prepareStatement("INSERT INTO effect VALUES (?)")) {
                    insert.setString(1, call.key());
                    insert.executeUpdate();
                }
            });
        });
        return new DurableWorker(
                new FaultyStore(bench.database.store().open(), faults), bench.client, registrations, bench.bare());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void transactionsThatFailOrSeemToLoseNothingAndDoNothingTwice(long seed) throws Exception {
        Random random = new Random(seed);
        AtomicReference<Supplier<Fault>> faults = new AtomicReference<>(() -> Fault.NONE);
        Set<String> acked = new HashSet<>();
        try (Connection effects = bench.database.connect();
                Statement statement = effects.createStatement()) {
            statement.execute("CREATE TABLE effect (key TEXT)");
            try (DurableWorker worker = open(() -> faults.get().get())) {
                faults.set(() -> {
                    int dice = random.nextInt(10);
                    return dice == 0 ? Fault.NOTHING_DONE : dice < 3 ? Fault.DONE_AND_NOBODY_KNOWS : Fault.NONE;
                });
                for (int i = 0; i < 60; i++) {
                    String key = "call-" + i;
                    try {
                        bench.submit(worker, key);
                        acked.add(key);
                    } catch (DurableStoreException said) {
                        assertThat(said).hasMessageContaining(key);
                    }
                }
                assertThat(acked).isNotEmpty().hasSizeLessThan(60);
                Set<String> came = new HashSet<>();
                while (!came.containsAll(acked)) came.add(bench.next().key());
                faults.set(() -> Fault.NONE);
                for (String key : acked)
                    assertThat(Bench.end(bench.submit(worker, key)).success()).isTrue();
            }
            try (ResultSet twice = statement.executeQuery("SELECT key FROM effect GROUP BY key HAVING count(*) > 1")) {
                assertThat(twice.next()).isFalse();
            }
            Set<String> done = new HashSet<>();
            try (ResultSet rows = statement.executeQuery("SELECT key FROM effect")) {
                while (rows.next()) done.add(rows.getString(1));
            }
            assertThat(done).containsAll(acked);
        }
    }

    @Test
    void anAnswerWhoseCommitWasDoneAndNotConfirmedIsDelivered() throws Exception {
        AtomicBoolean first = new AtomicBoolean(true);
        AtomicBoolean losesReply = new AtomicBoolean();
        FaultyStore store = new FaultyStore(bench.database.store().open(), () -> Fault.NONE) {
            @Override
            public void write(Work work) throws Exception {
                super.write(work);
                if (losesReply.getAndSet(false)) throw new SQLException("the reply to COMMIT is lost, says the test");
            }
        };
        DurableWorkerBuilder settings = bench.bare().probe(point -> {
            if (point == Probe.Point.ANSWER_BEFORE_COMMIT && first.getAndSet(false)) losesReply.set(true);
        });
        Registrations registrations =
                new Registrations(bench.client.configuration().baseURL());
        registrations.add("note", OpenAIChatCompletionsResult.class, bench::note);
        try (DurableWorker worker = new DurableWorker(store, bench.client, registrations, settings)) {
            bench.submit(worker, "answered");

            assertThat(bench.next().key()).isEqualTo("answered");
            assertThat(first).isFalse();
            assertThat(bench.server.requests("answered")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"refused", "thrown"})
    void aDeadCallWhoseCommitWasDoneAndNotConfirmedIsTold(String why) throws Exception {
        BlockingQueue<StoredCall> dead = new LinkedBlockingQueue<>();
        AtomicBoolean first = new AtomicBoolean(true);
        FaultyStore store = new FaultyStore(bench.database.store().open(), () -> Fault.NONE) {
            @Override
            public void write(Work work) throws Exception {
                super.write(work);
                CallRow row = find("poison");
                if (row != null && row.state() == DurableState.DEAD && first.getAndSet(false))
                    throw new SQLException("the reply to COMMIT is lost, says the test");
            }
        };
        Registrations registrations =
                new Registrations(bench.client.configuration().baseURL());
        registrations.add("note", OpenAIChatCompletionsResult.class, (call, result) -> {
            throw new Error("never, says the test");
        });
        if (why.equals("refused")) bench.server.rule((key, time) -> ModelServer.Reply.error(400));
        DurableWorkerBuilder settings = bench.bare().maxDeliveries(1).onDead(dead::add);
        try (DurableWorker worker = new DurableWorker(store, bench.client, registrations, settings)) {
            bench.submit(worker, "poison");

            StoredCall told = dead.poll(Bench.LIMIT_SECONDS, TimeUnit.SECONDS);
            assertThat(told).isNotNull();
            assertThat(told.kind()).isEqualTo(why.equals("refused") ? "HTTP" : "CALLBACK");
            assertThat(first).isFalse();
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void aFullDiskIsSaidAloudAndWorkGoesOnWhenThereIsRoom() throws Exception {
        AtomicReference<Fault> fault = new AtomicReference<>(Fault.NONE);
        try (Connection effects = bench.database.connect();
                Statement statement = effects.createStatement()) {
            statement.execute("CREATE TABLE effect (key TEXT)");
            DurableWorker worker = open(fault::get);
            bench.submit(worker, "before");
            bench.next();
            fault.set(Fault.NOTHING_DONE); // perhaps while the end of that call is still to be written

            for (int i = 0; i < 3; i++)
                assertThatThrownBy(() -> bench.submit(worker, "meanwhile"))
                        .isInstanceOf(DurableStoreException.class)
                        .hasMessageContaining("meanwhile")
                        .hasMessageContaining("disk is full");

            fault.set(Fault.NONE);
            DurableCall<OpenAIChatCompletionsResult> after = bench.submit(worker, "meanwhile");
            assertThat(bench.next().key()).isEqualTo("meanwhile");
            assertThat(Bench.end(after).success()).isTrue();
            worker.close();
        }
    }

    @Test
    void aStoreOfANewerVersionIsLeftAlone() throws Exception {
        bench.builder().submitsOnly().open().close();
        try (Connection connection = bench.database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO aikit_schema VALUES (99)");
        }

        assertThatThrownBy(() -> bench.builder().open())
                .isInstanceOf(DurableStoreException.class)
                .hasMessageContaining("99");
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> bench.builder()
                        .store(SqliteStore.at(folder.resolve("missing/calls.db")))
                        .open())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("missing");
    }
}
