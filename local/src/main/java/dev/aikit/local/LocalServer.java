package dev.aikit.local;

import dev.aikit.local.internal.Limits;
import dev.aikit.local.internal.Server;
import dev.aikit.local.internal.Settings;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Real models behind OpenAI's interface, inside this JVM, reachable from this machine only and without a key.
 *
 * <pre>{@code
 * try (LocalServer server = LocalServer.start()) {
 *     // any client of an OpenAI-compatible API, with server.baseURL() as its base URL
 * }
 * }</pre>
 *
 * <p>The models:
 * <ul>
 *   <li>{@code aikit-guide} (or {@code guide}) answers questions about this kit with passages of its documentation and examples,
 *       and says where they stand. It is extractive: it writes nothing of its own, says so when it does not know, and ignores
 *       system messages, temperature and seed. It answers the last user message; a short one that leans on what was said before
 *       is read together with the user message before it.
 *   <li>{@code all-minilm-l6-v2} makes embeddings of 384 numbers. Of a text of more than 510 tokens it makes the average of
 *       windows of that size, weighted by their lengths.
 *   <li>Each {@linkplain Builder#gguf GGUF file} is a chat model named like the file, without {@code .gguf}.
 * </ul>
 * {@code local:} before a name is ignored.
 *
 * <p>The server has {@code /v1/models}, {@code /v1/embeddings}, {@code /v1/chat/completions}, plain and streamed, and
 * {@code /v1/files}. With {@code store}, it keeps the last 1,000 chat completions in memory, for as long as it runs. A GGUF file
 * calls tools, and writes JSON by a schema. What the server does not have, such as images and moderations, it refuses with an
 * error of OpenAI's form and the status 501: nothing is imitated. When a client disconnects, the work for it stops.
 *
 * <p>Its threads are daemons: a server does not keep a program alive.
 */
public final class LocalServer implements AutoCloseable {
    private final Server server;

    private LocalServer(Server server) {
        this.server = server;
    }

    /**
     * Starts a server with the built-in models on a free port. Returns as soon as it listens; the models load meanwhile.
     *
     * @throws UncheckedIOException if no port can be had
     */
    public static LocalServer start() {
        return builder().start();
    }

    /** For a server with settings. */
    public static Builder builder() {
        return new Builder();
    }

    /** Where a client finds the server: {@code http://127.0.0.1:PORT/v1}. */
    public String baseURL() {
        return "http://127.0.0.1:" + port() + "/v1";
    }

    /** The port that the server listens on. */
    public int port() {
        return server.port();
    }

    /**
     * Ends the server: it accepts no more, waits up to 2 seconds for answers that are being made, ends the others with an error,
     * and frees the models. Does nothing the second time.
     */
    @Override
    public void close() {
        server.close();
    }

    @Override
    public String toString() {
        return "LocalServer[" + baseURL() + "]";
    }

    /** The settings of a server. Not safe for use by several threads. */
    public static final class Builder {
        private int port;
        private final List<Path> ggufFiles = new ArrayList<>();
        private @Nullable Path documents;
        private boolean preload = true;
        private @Nullable Path files;
        private InstantSource clock = InstantSource.system();
        private Limits limits = Limits.DEFAULT;

        private Builder() {}

        /** The port to listen on; 0, which is the default, for any that is free. */
        public Builder port(int number) {
            if (number < 0 || number > 65535) {
                throw new IllegalArgumentException("port must be from 0 to 65535, not " + number);
            }
            port = number;
            return this;
        }

        /**
         * Adds a GGUF file as a chat model. This needs {@code de.kherud:llama} on the class path. The file is loaded when the
         * model is first used; it then reads 8,192 tokens at most, or as many as it was trained for if they are fewer.
         *
         * <p>That library keeps the memory of a model, and a thread that keeps the program alive, until the program exits: a
         * program that has used such a model must end with {@link System#exit}.
         */
        public Builder gguf(Path file) {
            Objects.requireNonNull(file, "file");
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new IllegalArgumentException("gguf must be a file that can be read, not " + file);
            }
            ggufFiles.add(file);
            return this;
        }

        /**
         * A folder whose Markdown, text and Java files the guide answers from too. They are read and embedded once, in the
         * background: 3 to 10 ms a sentence.
         */
        public Builder documents(Path folder) {
            Objects.requireNonNull(folder, "folder");
            if (!Files.isDirectory(folder)) {
                throw new IllegalArgumentException("documents must be a folder, not " + folder);
            }
            documents = folder;
            return this;
        }

        /**
         * Whether the built-in models start loading at once, in the background, or when they are first used. The default is
         * true; false spares that work to a program that may not ask for them.
         */
        public Builder preload(boolean atOnce) {
            preload = atOnce;
            return this;
        }

        /**
         * The folder that keeps uploaded files, and what is known of them, for this server and later ones. It is made if it is not
         * there; one server at a time may use it. The default is a temporary folder, which is deleted when the server is closed.
         *
         * <p>Delete files by the server, or delete the whole folder: what is in it belongs together.
         */
        public Builder files(Path folder) {
            Objects.requireNonNull(folder, "folder");
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw new IllegalArgumentException("files must be a folder, not " + folder);
            }
            files = folder;
            return this;
        }

        /** How many bytes an uploaded file may have; the default is 2 GiB. A longer one is refused with the status 413. */
        public Builder largestFile(long bytes) {
            if (bytes < 1) throw new IllegalArgumentException("largestFile must be 1 byte or more, not " + bytes);
            limits = limits.withFileBytes(bytes);
            return this;
        }

        Builder clock(InstantSource other) {
            clock = other;
            return this;
        }

        Builder limits(Limits others) {
            limits = others;
            return this;
        }

        /**
         * Starts the server.
         *
         * @throws UncheckedIOException if the port cannot be had, a GGUF file not be read, or the folder for files not be used
         * @throws IllegalArgumentException if a file is not a GGUF file, or two models would have the same name
         * @throws IllegalStateException if there is a GGUF file, but not the library that runs it
         */
        public LocalServer start() {
            return new LocalServer(
                    Server.start(new Settings(port, List.copyOf(ggufFiles), documents, preload, files, clock, limits)));
        }
    }
}
