package dev.aikit;

/** The library's own version, as it tells servers. */
final class Version {
    static final String NUMBER = "0.1.0";

    private Version() {}
}
