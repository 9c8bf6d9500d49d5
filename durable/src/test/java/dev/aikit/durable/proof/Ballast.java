package dev.aikit.durable.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that takes all the room that a file system has left. */
final class Ballast {
    private final Path file;

    Ballast(Path folder) {
        file = folder.resolve("ballast");
    }

    /** Until the system says that there is no room for one byte more. */
    synchronized void fill() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (int size = 1 << 20; size > 0; size >>= 1) {
                try {
                    while (channel.write(ByteBuffer.allocate(size)) > 0) {
                        // there was room
                    }
                } catch (IOException full) {
                    // for a piece of that size
                }
            }
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    synchronized void remove() throws IOException {
        Files.deleteIfExists(file);
    }
}
