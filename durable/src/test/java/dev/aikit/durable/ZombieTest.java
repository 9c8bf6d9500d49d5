package dev.aikit.durable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.durable.internal.Store;
import java.sql.DriverManager;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A worker that others take for dead, as if its lock had been lost, and that goes on. */
class ZombieTest extends BenchTest {
    private final CountDownLatch firstEntered = new CountDownLatch(1);
    private final CountDownLatch firstGoesOn = new CountDownLatch(1);
    private final CountDownLatch secondEntered = new CountDownLatch(1);
    private final CountDownLatch secondGoesOn = new CountDownLatch(1);
    private final AtomicReference<String> takenForDead = new AtomicReference<>();

    private DurableWorker open(DurableCallback<OpenAIChatCompletionsResult> callback) {
        Registrations registrations =
                new Registrations(bench.client.configuration().baseURL());
        registrations.add("note", OpenAIChatCompletionsResult.class, callback);
        Store store = SqliteStore.at(bench.file).open();
        takenForDead.compareAndSet(null, store.owner());
        FaultyStore misled = new FaultyStore(store, () -> FaultyStore.Fault.NONE) {
            @Override
            public List<String> deadOwners() {
                String dead = takenForDead.get();
                return dead.equals(store.owner()) ? List.of() : List.of(dead);
            }
        };
        return new DurableWorker(misled, bench.client, registrations, bench.bare());
    }

    @Test
    void whatAZombieDoesChangesNothing() throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + bench.file);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE effect (worker TEXT)");
            DurableWorker first = open((call, result) -> {
                bench.note(call, result);
                firstEntered.countDown();
                firstGoesOn.await();
                call.write(store -> store.createStatement().execute("INSERT INTO effect VALUES ('zombie')"));
            });
            bench.submit(first, "taken");
            firstEntered.await();
            DurableWorker second = open((call, result) -> {
                bench.note(call, result);
                secondEntered.countDown();
                secondGoesOn.await();
                call.write(store -> store.createStatement().execute("INSERT INTO effect VALUES ('heir')"));
            });
            secondEntered.await();

            firstGoesOn.countDown();
            first.close(); // waits until the zombie's end has been written, or not
            secondGoesOn.countDown();

            assertThat(Bench.end(bench.submit(second, "taken")).success()).isTrue();
            try (var effects = statement.executeQuery("SELECT group_concat(worker) FROM effect")) {
                assertThat(effects.getString(1)).isEqualTo("heir");
            }
            StoredCall call = second.find("taken").orElseThrow();
            assertThat(call.deliveries()).isEqualTo(2);
            assertThat(call.unclearDeliveries()).isEqualTo(1);
            assertThat(bench.came).extracting(Bench.Came::number).containsExactly(1, 2);
            second.close();
        }
    }
}
