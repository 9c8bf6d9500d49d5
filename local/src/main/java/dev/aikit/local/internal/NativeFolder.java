package dev.aikit.local.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A temporary folder for native libraries that come in a jar. The libraries could unpack themselves, but would leave folders
 * behind, print, or write to one file that all programs of the machine share.
 */
public final class NativeFolder {
    private final Path path;
    private final List<Path> files = new ArrayList<>();

    private NativeFolder(Path path) {
        this.path = path;
        path.toFile().deleteOnExit(); // the first that is registered is the last that is deleted
    }

    /** An empty one. */
    public static NativeFolder create() {
        try {
            return new NativeFolder(Files.createTempDirectory("aikit-native"));
        } catch (IOException error) {
            throw new UncheckedIOException("cannot make a temporary folder", error);
        }
    }

    /**
     * Unpacks libraries.
     *
     * @param resources the folder on the class path
     * @param libraries names without prefix and suffix
     * @return null if one of them is not on the class path
     */
    public static @Nullable NativeFolder unpack(ClassLoader loader, String resources, String... libraries) {
        NativeFolder folder = create();
        for (String library : libraries) {
            String file = System.mapLibraryName(library);
            try (InputStream in = loader.getResourceAsStream(resources + "/" + file)) {
                if (in == null) {
                    folder.deleteNow();
                    return null;
                }
                folder.add(file, in);
            } catch (IOException error) {
                throw new UncheckedIOException("cannot unpack " + file + " to " + folder.path(), error);
            }
        }
        return folder;
    }

    private void add(String name, InputStream in) throws IOException {
        Path file = path.resolve(name);
        files.add(file);
        file.toFile().deleteOnExit();
        Files.copy(in, file);
    }

    /** Where the libraries are. */
    public Path path() {
        return path;
    }

    /** For when the libraries have been loaded: most systems need the files no more. Others delete them at the exit. */
    public void deleteNow() {
        files.forEach(NativeFolder::delete);
        delete(path);
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException stillInUse) {
            // It goes at the exit.
        }
    }
}
