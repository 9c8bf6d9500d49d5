package dev.aikit.internal.netty;

import dev.aikit.chat.StreamTarget;

/** Any bytes as what a server of HTTP/1.1 sends: status line, headers, lengths, chunks, compressed bodies. */
public final class HttpTarget {
    private HttpTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        StreamTarget.http(input);
    }
}
