package dev.aikit.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.testing.Events;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the network hears of the disk. */
class SavingTest {
    @TempDir
    Path folder;

    @Test
    void readingRestsAsSoonAsMuchWaitsAndGoesOnWhenItIsWritten() throws Exception {
        List<Boolean> behind = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> goesOn = new CompletableFuture<>();
        CompletableFuture<Optional<Throwable>> written = new CompletableFuture<>();
        CompletableFuture<Optional<Throwable>> moved = new CompletableFuture<>();
        AtomicReference<Saving> saving = new AtomicReference<>();
        Path target = folder.resolve("data");
        saving.set(new Saving(
                target,
                () -> {
                    behind.add(saving.get().isBehind());
                    if (behind.size() == 2) goesOn.complete(null);
                },
                thrown -> written.complete(Optional.ofNullable(thrown))));

        saving.get().write(ByteBuffer.allocate(1 << 20));
        Events.await(goesOn);
        assertThat(behind).containsExactly(true, false);

        saving.get().finish();
        assertThat(Events.await(written)).isEmpty();
        assertThat(target).doesNotExist();
        saving.get().keep(thrown -> moved.complete(Optional.ofNullable(thrown)));
        assertThat(Events.await(moved)).isEmpty();
        assertThat(Files.size(target)).isEqualTo(1 << 20);
    }

    @Test
    void whatIsAbortedAfterItsLastByteLeavesTheTargetAsItWas() throws Exception {
        CompletableFuture<Optional<Throwable>> written = new CompletableFuture<>();
        Path target = Files.writeString(folder.resolve("data"), "before");
        Saving saving = new Saving(target, () -> {}, thrown -> written.complete(Optional.ofNullable(thrown)));
        saving.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        saving.finish();
        assertThat(Events.await(written)).isEmpty();
        saving.abort();
        long end = System.nanoTime() + 60_000_000_000L;
        while (folder.toFile().list().length > 1) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
        assertThat(target).hasContent("before");
    }
}
