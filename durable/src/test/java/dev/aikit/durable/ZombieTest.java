package dev.aikit.durable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.durable.internal.Store;
import dev.aikit.durable.proof.PostgresServer;
import dev.aikit.durable.proof.TestStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** A worker that others take for dead, as its lock has been lost, and that goes on. */
class ZombieTest extends BenchTest {
    private final CountDownLatch firstEntered = new CountDownLatch(1);
    private final CountDownLatch firstGoesOn = new CountDownLatch(1);
    private final CountDownLatch secondEntered = new CountDownLatch(1);
    private final CountDownLatch secondGoesOn = new CountDownLatch(1);
    private final AtomicReference<String> takenForDead = new AtomicReference<>("nobody");
    private volatile CountDownLatch connected = new CountDownLatch(0);

    private DurableWorker open(DurableStore opened, DurableCallback<OpenAIChatCompletionsResult> callback) {
        Registrations registrations =
                new Registrations(bench.client.configuration().baseURL());
        registrations.add("note", OpenAIChatCompletionsResult.class, callback);
        Store store = opened.open();
        takenForDead.compareAndSet("nobody", store.owner());
        if (kind == TestStore.Kind.POSTGRESQL)
            return new DurableWorker(store, bench.client, registrations, bench.bare());
        FaultyStore misled = new FaultyStore(store, () -> FaultyStore.Fault.NONE) {
            @Override
            public List<String> deadOwners() {
                String dead = takenForDead.get();
                return dead.equals(store.owner()) ? List.of() : List.of(dead);
            }
        };
        return new DurableWorker(misled, bench.client, registrations, bench.bare());
    }

    /** In PostgreSQL the lock is lost with the connection, and for as long as there is no other. */
    private DurableStore firstStore() {
        if (kind != TestStore.Kind.POSTGRESQL) return bench.database.store();
        PGSimpleDataSource source = new PGSimpleDataSource() {
            private static final long serialVersionUID = 1L;

            @Override
            public Connection getConnection(String user, String password) throws SQLException {
                try {
                    connected.await();
                } catch (InterruptedException nobodyDoesThis) {
                    throw new SQLException(nobodyDoesThis);
                }
                return super.getConnection(user, password);
            }
        };
        source.setUrl(bench.database.url());
        source.setUser(PostgresServer.USER);
        source.setPassword(PostgresServer.PASSWORD);
        return PostgresStore.of(source);
    }

    private void cutOffTheFirst(Connection connection) throws SQLException {
        if (kind != TestStore.Kind.POSTGRESQL) return;
        connected = new CountDownLatch(1);
        PostgresServer.endOthers(connection);
    }

    @Test
    void whatAZombieDoesChangesNothing() throws Exception {
        try (var connection = bench.database.connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE effect (worker TEXT)");
            DurableWorker first = open(firstStore(), (call, result) -> {
                bench.note(call, result);
                firstEntered.countDown();
                firstGoesOn.await();
                call.write(store -> store.createStatement().execute("INSERT INTO effect VALUES ('zombie')"));
            });
            bench.submit(first, "taken");
            firstEntered.await();
            cutOffTheFirst(connection);
            DurableWorker second = open(bench.database.store(), (call, result) -> {
                bench.note(call, result);
                secondEntered.countDown();
                secondGoesOn.await();
                call.write(store -> store.createStatement().execute("INSERT INTO effect VALUES ('heir')"));
            });
            secondEntered.await();

            firstGoesOn.countDown();
            connected.countDown();
            // Whoever was taken over is a worker again, under another number.
            bench.submit(first.call("new", "note").notBefore(Instant.now().plusSeconds(3_600)), "new");
            first.close(); // waits until the zombie's end has been written, or not
            secondGoesOn.countDown();

            assertThat(Bench.end(bench.submit(second, "taken")).success()).isTrue();
            try (var effects = statement.executeQuery("SELECT worker FROM effect")) {
                assertThat(effects.next()).isTrue();
                assertThat(effects.getString(1)).isEqualTo("heir");
                assertThat(effects.next()).isFalse();
            }
            StoredCall call = second.find("taken").orElseThrow();
            assertThat(call.deliveries()).isEqualTo(2);
            assertThat(call.unclearDeliveries()).isEqualTo(1);
            assertThat(bench.came).extracting(Bench.Came::number).containsExactly(1, 2);
            second.close();
        }
    }
}
