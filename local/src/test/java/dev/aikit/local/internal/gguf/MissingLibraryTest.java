package dev.aikit.local.internal.gguf;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MissingLibraryTest {
    /** Loads the server's classes anew, and knows no class of the library. */
    private static final class WithoutLibrary extends ClassLoader {
        WithoutLibrary() {
            super(MissingLibraryTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("de.kherud.")) throw new ClassNotFoundException(name);
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null || !name.startsWith("dev.aikit.local."))
                return loaded != null ? loaded : super.loadClass(name, resolve);
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException error) {
                throw new ClassNotFoundException(name, error);
            }
        }
    }

    @Test
    void isNamedWithWhatToDo(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("model.gguf"), new GgufWriter().bytes());
        Method of =
                new WithoutLibrary().loadClass(GgufChatModel.class.getName()).getMethod("of", Path.class);

        assertThatThrownBy(() -> of.invoke(null, file))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("de.kherud:llama")
                .hasMessageContaining("class path");
    }
}
