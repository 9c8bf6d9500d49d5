/** The aikit command. */
module dev.aikit.cli {
    requires static org.jspecify;
    requires dev.aikit;
    requires dev.aikit.examples;
    requires dev.aikit.local;
    requires info.picocli;

    opens dev.aikit.cli to
            info.picocli;
}
