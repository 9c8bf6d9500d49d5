package dev.aikit.durable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.durable.internal.CallRow;
import dev.aikit.durable.internal.Claim;
import dev.aikit.durable.internal.Failure;
import dev.aikit.durable.internal.NewCall;
import dev.aikit.durable.internal.Store;
import dev.aikit.durable.internal.StoreTransaction;
import dev.aikit.durable.internal.StoredAnswer;
import dev.aikit.durable.proof.TestStore;
import dev.aikit.durable.simulation.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The fake store of the simulation does what the real ones do: steps by chance, of two workers, on both, with the same
 * answers and the same rows. So the real ones keep what the simulation relies on.
 */
@ParameterizedClass
@EnumSource(TestStore.Kind.class)
class StoreModelTest {
    private static final int TRANSACTIONS = 120;
    private static final int KEYS = 5;
    private static final List<String> NAMES = List.of("first", "second");
    private static final long START = 1_900_000_000_000L;

    @Parameter
    TestStore.Kind kind;

    @TempDir
    Path folder;

    /** A step, on either store: what it says. */
    private interface Step {
        Object in(Side side, StoreTransaction transaction) throws Exception;
    }

    /** One of the two stores, with two workers, and the claims that were made, the same ones in the same order. */
    private static final class Side {
        private final List<Store> stores;
        private final List<Claim> claims = new ArrayList<>();

        private Side(Store first, Store second) {
            stores = List.of(first, second);
        }

        private List<Object> write(int worker, List<Step> steps) throws Exception {
            List<Object> said = new ArrayList<>();
            stores.get(worker).write(transaction -> {
                for (Step step : steps) said.add(step.in(this, transaction));
            });
            return said.stream()
                    .map(one -> one instanceof boolean[] told ? told[0] : one)
                    .toList();
        }

        private String rows(long now) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < KEYS; i++) {
                CallRow row = stores.get(0).find("key-" + i);
                if (row == null) continue;
                StoredAnswer answer = row.answer();
                all.append(row.key() + " " + row.state() + " " + row.callback() + " " + row.submitted() + " due "
                        + row.due() + " sends " + row.sends() + " " + row.unclearSends() + " deliveries "
                        + row.deliveries() + " " + row.unclearDeliveries() + " " + row.kind() + " " + row.reason() + " "
                        + (answer == null ? "-" : answer.status() + new String(answer.body(), StandardCharsets.UTF_8))
                        + "\n");
            }
            return all + "next " + stores.get(0).nextDue(NAMES, true, now) + " "
                    + stores.get(0).nextDue(NAMES.subList(0, 1), false, now) + " idle "
                    + stores.get(0).isIdle() + " "
                    + stores.get(0).counts();
        }
    }

    /** A process that nothing happens to. */
    private static final class Quiet implements MemoryStore.Host {
        @Override
        public boolean isAlive() {
            return true;
        }

        @Override
        public boolean isCutOff() {
            return false;
        }

        @Override
        public MemoryStore.Fault fault() {
            return MemoryStore.Fault.NONE;
        }

        @Override
        public void committed() {}
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void theFakeStoreDoesWhatTheRealOneDoes(long seed) throws Exception {
        Random random = new Random(seed);
        MemoryStore.Disk disk = new MemoryStore.Disk();
        TestStore database = TestStore.create(kind, Files.createDirectory(folder.resolve("" + seed)));
        try (Store first = database.store().open();
                Store second = database.store().open()) {
            Side real = new Side(first, second);
            Side fake = new Side(
                    new MemoryStore(disk, new Quiet(), () -> START), new MemoryStore(disk, new Quiet(), () -> START));
            long now = START;
            for (int i = 0; i < TRANSACTIONS; i++) {
                now += random.nextInt(10) > 0 ? random.nextInt(1_500) : random.nextInt(20_000) - 10_000;
                List<Step> steps = new ArrayList<>();
                for (int count = 1 + random.nextInt(3); count > 0; count--) steps.add(step(random, now));
                int worker = random.nextInt(2);
                List<Object> expected = fake.write(worker, steps);

                assertThat(real.write(worker, steps)).as("transaction %s", i).isEqualTo(expected);
                assertThat(real.rows(now)).as("transaction %s", i).isEqualTo(fake.rows(now));
            }
            assertThat(disk.find("key-0")).isNotNull();
            assertThat(real.claims).hasSizeGreaterThan(KEYS);
        }
    }

    private static Step step(Random random, long now) {
        String key = "key-" + random.nextInt(KEYS);
        int limit = 1 + random.nextInt(3);
        int which = random.nextInt(100);
        boolean coin = random.nextBoolean();
        List<String> names = List.of(NAMES.subList(0, 1), NAMES, Store.ANY).get(random.nextInt(3));
        String name = random.nextInt(4) == 0 ? "" : NAMES.get(random.nextInt(2)); // of Store.ANY
        // Recent claims, which are not always the last ones.
        int back = random.nextInt(4);
        return switch (random.nextInt(16)) {
            case 0, 1 ->
                (side, transaction) -> {
                    boolean[] told = new boolean[1];
                    transaction.submit(call(key, which, now), now, so -> told[0] = so);
                    return told;
                };
            case 2, 3 ->
                (side, transaction) -> transaction.claimSends(names, limit).stream()
                        .peek(one -> side.claims.add(one.claim()))
                        .map(one -> one.call().key()
                                + one.call().state()
                                + one.claim().run()
                                + new String(one.body(), StandardCharsets.UTF_8))
                        .toList();
            case 4, 5 ->
                (side, transaction) -> transaction.claimDeliveries(names, limit).stream()
                        .peek(one -> side.claims.add(one.claim()))
                        .map(one -> one.call().key()
                                + one.call().deliveries()
                                + one.claim().run())
                        .toList();
            case 6, 7 ->
                claimed(back, (transaction, claim) -> {
                    boolean[] told = new boolean[1];
                    transaction.answered(claim, answer(200, "yes " + which), coin, so -> told[0] = so);
                    return told;
                });
            case 8 ->
                claimed(back, (transaction, claim) -> transaction.later(claim, failure(which), now, 100L * which));
            case 9 -> claimed(back, coin ? StoreTransaction::release : StoreTransaction::unsent);
            case 10 -> claimed(back, (transaction, claim) -> transaction.dead(claim, failure(which % 3)));
            case 11 ->
                claimed(back, (transaction, claim) -> {
                    transaction.done(claim, now, List.of());
                    return "done";
                });
            case 12 -> (side, transaction) -> transaction.cancel(key, now);
            case 13 -> (side, transaction) -> transaction.redrive(key);
            case 14 -> (side, transaction) -> transaction.promote(now) + " " + transaction.expire(now, 10);
            default ->
                which < 40
                        ? (side, transaction) -> transaction.register(List.of(name))
                        : which < 60
                                ? (side, transaction) ->
                                        transaction.park().stream().sorted().toList()
                                : (side, transaction) -> transaction.releaseUnknown(
                                        side.claims.subList(Math.max(0, side.claims.size() - 2), side.claims.size()));
        };
    }

    /** What is done under a claim. */
    private interface Claimed {
        Object with(StoreTransaction transaction, Claim claim) throws Exception;
    }

    private static Step claimed(int back, Claimed step) {
        return (side, transaction) -> {
            int index = side.claims.size() - 1 - back;
            return index < 0 ? "none" : step.with(transaction, side.claims.get(index));
        };
    }

    /** With an answer where there must be one: no callback is called without. */
    private static Failure failure(int which) {
        String[] kinds = {"HTTP", "TIMEOUT", CallRow.CALLBACK};
        return new Failure(kinds[which % 3], "no " + which % 3, which % 3 == 1 ? null : answer(500, "no"));
    }

    private static StoredAnswer answer(int status, String body) {
        return new StoredAnswer(status, "{}", body.getBytes(StandardCharsets.UTF_8));
    }

    private static NewCall call(String key, int which, long now) {
        byte[] body = (key + which % 2).getBytes(StandardCharsets.UTF_8);
        long notBefore = which % 5 == 0 ? now + 2_000 : 0;
        long keep = which % 7 == 0 ? 5_000 : 86_400_000;
        return new NewCall(
                key, body, NAMES.get(which % 2), "chat", "POST", "/c", body, "{}", which % 3, notBefore, keep);
    }
}
