/** The aikit command. */
module dev.aikit.cli {
    requires static org.jspecify;
    requires dev.aikit;
    requires dev.aikit.durable;
    requires dev.aikit.examples;
    requires dev.aikit.local;
    requires info.picocli;
    requires java.logging;

    opens dev.aikit.cli to
            info.picocli;
}
