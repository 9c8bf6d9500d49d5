package dev.aikit.internal.call;

import dev.aikit.internal.WholeFile;
import dev.aikit.internal.threads.FileThreads;
import dev.aikit.internal.threads.KeepAlive;
import dev.aikit.internal.threads.SerialQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the answer of one attempt to a file: beside its target, and in the target's place when it is whole. Called on a
 * loop; what blocks is done on the threads for files.
 */
final class Saving {
    private interface Step {
        void run() throws IOException;
    }

    private final Path target;
    private final Path part;
    private final Consumer<@Nullable Throwable> ended;
    private final Backpressure backpressure;
    private final SerialQueue<Step> steps;
    private volatile boolean aborted;
    private boolean failed;
    private boolean cleanedUp;
    private @Nullable FileChannel file;

    /**
     * Begins.
     *
     * @param pressure runs when {@link #isBehind} has changed
     * @param ended hears the end, once: what went wrong, or null if the target is there; not after {@link #abort}
     */
    Saving(Path target, Runnable pressure, Consumer<@Nullable Throwable> ended) {
        this.target = target;
        this.part = WholeFile.partOf(target);
        this.ended = ended;
        this.backpressure = new Backpressure(pressure);
        this.steps = new SerialQueue<>(FileThreads.shared(), FileThreads.shared(), this::take, Saving::report);
        KeepAlive.INSTANCE.acquire(); // or else a program that ends now would leave its part behind
        steps.add(this::open);
    }

    private void open() throws IOException {
        if (Files.isDirectory(target))
            throw new FileSystemException(target.toString(), null, "a file expected, but it is a directory");
        file = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private void take(Step step) {
        if (failed) return;
        try {
            step.run();
        } catch (Throwable thrown) {
            failed = true;
            cleanUp();
            if (!aborted) ended.accept(thrown);
        }
    }

    /** Whether so much waits for the disk that reading should rest. */
    boolean isBehind() {
        return backpressure.isStopped();
    }

    void write(ByteBuffer bytes) {
        ByteBuffer copy =
                ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
        int length = copy.remaining();
        backpressure.added(length);
        steps.add(() -> {
            try {
                while (file != null && copy.hasRemaining() && !aborted) file.write(copy);
            } finally {
                backpressure.removed(length);
            }
        });
    }

    /** All has been written. */
    void finish() {
        steps.add(() -> {
            if (aborted || file == null) return;
            file.close();
            WholeFile.move(part, target);
            file = null;
            ended.accept(null);
        });
    }

    /** Nothing of it is wanted any more; if it has not finished, the target stays as it was. */
    void abort() {
        aborted = true;
        steps.add(this::cleanUp);
    }

    private void cleanUp() {
        FileChannel open = file;
        file = null;
        try {
            if (open != null) remove(open);
        } catch (IOException error) {
            report("what was downloaded of it could not be removed: " + part, error);
        }
        if (!cleanedUp) KeepAlive.INSTANCE.release();
        cleanedUp = true;
    }

    private void remove(FileChannel open) throws IOException {
        try {
            open.close();
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void report(String what, @Nullable Throwable why) {
        System.getLogger("dev.aikit").log(System.Logger.Level.WARNING, what, why);
    }
}
