package dev.aikit.examples;

import dev.aikit.OpenAI;
import dev.aikit.local.LocalServer;

/**
 * Lets the examples run without a key, with models inside this JVM. A program of your own writes {@code OpenAI.create()} in
 * its place, and needs no local server.
 */
final class LocalModels {
    /** The chat model. It is extractive: it answers with passages of this kit's documentation. */
    static final String GUIDE = "aikit-guide";

    /** The embedding model. */
    static final String EMBEDDINGS = "all-minilm-l6-v2";

    private LocalModels() {}

    /** A client of a local server, which runs as long as the program does. */
    static OpenAI client() {
        LocalServer server = LocalServer.start();
        return OpenAI.create(c -> c.baseURL(server.baseURL()));
    }
}
