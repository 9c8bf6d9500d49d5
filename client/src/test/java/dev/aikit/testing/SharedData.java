package dev.aikit.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files beside the repository that the tests compare with. They may be absent; the test is skipped then, and says so. */
public final class SharedData {
    private SharedData() {}

    /** The text of a file in the folder {@code shared} beside the repository. */
    public static String text(String name) throws IOException {
        Path file = repository().resolveSibling("shared").resolve(name);
        assumeTrue(Files.isReadable(file), "skipped: there is no ../shared/" + name + " beside this repository");
        return Files.readString(file);
    }

    /** The folder of this repository. */
    private static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("LICENSE")) && folder.getParent() != null) folder = folder.getParent();
        return folder;
    }
}
