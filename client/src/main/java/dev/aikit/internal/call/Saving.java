package dev.aikit.internal.call;

import dev.aikit.internal.WholeFile;
import dev.aikit.internal.threads.FileThreads;
import dev.aikit.internal.threads.KeepAlive;
import dev.aikit.internal.threads.SerialQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the answer of one attempt to a file: beside its target, and, when it is whole and the call is settled, in the
 * target's place. Called on a loop; what blocks is done on the threads for files.
 */
final class Saving {
    private interface Step {
        void run() throws IOException;
    }

    /** What a piece costs beside its bytes, so that a million small ones count as well. */
    private static final int BYTES_OF_A_PIECE = 128;

    private final Path target;
    private final Consumer<@Nullable Throwable> written;
    private final Backpressure backpressure;
    private final SerialQueue<Step> steps;
    private volatile boolean aborted;
    private boolean failed;
    private boolean cleanedUp;
    private @Nullable Path place;
    private @Nullable Path part;
    private @Nullable FileChannel file;

    /**
     * Begins.
     *
     * @param pressure runs when {@link #isBehind} has changed
     * @param written hears once what went wrong, or null if all has been written beside the target; not after {@link #abort}
     */
    Saving(Path target, Runnable pressure, Consumer<@Nullable Throwable> written) {
        this.target = target;
        this.written = written;
        this.backpressure = new Backpressure(pressure);
        this.steps =
                new SerialQueue<>(FileThreads.shared(), FileThreads.shared(), this::take, step -> 1, Saving::report);
        KeepAlive.INSTANCE.acquire(); // or else a program that ends now would leave its part behind
        steps.add(this::open);
    }

    private void open() throws IOException {
        if (aborted) return;
        place = WholeFile.placeOf(target);
        Path beside = WholeFile.partOf(place);
        file = FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        part = beside;
    }

    private void take(Step step) {
        if (failed) return;
        try {
            step.run();
        } catch (Throwable thrown) {
            failed = true;
            cleanUp();
            if (!aborted) written.accept(inTermsOfTarget(thrown));
        }
    }

    /** Whether so much waits for the disk that reading should rest. */
    boolean isBehind() {
        return backpressure.isStopped();
    }

    void write(ByteBuffer bytes) {
        ByteBuffer copy =
                ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
        int length = copy.remaining() + BYTES_OF_A_PIECE;
        backpressure.added(length);
        steps.add(() -> {
            try {
                while (file != null && copy.hasRemaining() && !aborted) file.write(copy);
            } finally {
                backpressure.removed(length);
            }
        });
    }

    private Throwable inTermsOfTarget(Throwable thrown) {
        return thrown instanceof IOException failure ? WholeFile.inTermsOf(target, failure) : thrown;
    }

    /** Nothing more comes. */
    void finish() {
        steps.add(() -> {
            if (aborted || file == null) return;
            file.close();
            file = null;
            written.accept(null);
        });
    }

    /**
     * Gives what has been written its place. It cannot be aborted any more.
     *
     * @param moved hears once, on a thread for files, what went wrong; null if the target is there
     */
    void keep(Consumer<@Nullable Throwable> moved) {
        steps.add(() -> {
            Throwable failure = null;
            try {
                WholeFile.move(Objects.requireNonNull(part), Objects.requireNonNull(place));
                part = null;
            } catch (Throwable thrown) {
                failure = inTermsOfTarget(thrown);
            }
            try {
                moved.accept(failure);
            } finally {
                cleanUp();
            }
        });
    }

    /** Nothing of it is wanted any more; if it has not finished, the target stays as it was. */
    void abort() {
        aborted = true;
        steps.add(this::cleanUp);
    }

    private void cleanUp() {
        FileChannel open = file;
        Path left = part;
        file = null;
        part = null;
        try {
            try {
                if (open != null) open.close();
            } finally {
                if (left != null) Files.deleteIfExists(left);
            }
        } catch (IOException error) {
            report("what was downloaded of it could not be removed: " + left, error);
        }
        if (!cleanedUp) KeepAlive.INSTANCE.release();
        cleanedUp = true;
    }

    private static void report(String what, @Nullable Throwable why) {
        System.getLogger("dev.aikit").log(System.Logger.Level.WARNING, what, why);
    }
}
