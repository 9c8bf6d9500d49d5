package dev.aikit.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What tests came to, for {@code docs/promises.md}; a second JDK keeps its figures apart from those of the first. */
public final class Figures {
    private static final Path FOLDER = Path.of(System.getProperty("figures", "target/figures"));

    private Figures() {}

    /** Keeps the figures of that name, lines of {@code key=value}. */
    public static void write(String name, String figures) throws IOException {
        Files.writeString(Files.createDirectories(FOLDER).resolve(name + ".properties"), figures);
    }
}
