/** Programs that show how the kit is used. */
module dev.aikit.examples {
    requires static org.jspecify;
    requires dev.aikit;
    requires dev.aikit.durable;
    requires dev.aikit.local;
    requires java.desktop;

    exports dev.aikit.examples;

    // AnyCall and Embeddings have records filled by the client.
    opens dev.aikit.examples;
}
