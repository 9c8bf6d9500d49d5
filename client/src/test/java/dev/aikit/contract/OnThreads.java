package dev.aikit.contract;

import static org.assertj.core.api.Assertions.assertThat;

/** Says where a callback ran. */
final class OnThreads {
    private OnThreads() {}

    /** One of the library's threads for callbacks. */
    static void areTheLibrarys(Thread thread) {
        assertThat(thread.getName()).startsWith("aikit-callback-");
        assertThat(thread.isDaemon()).isTrue();
    }

    static boolean isForInputAndOutput(Thread thread) {
        return thread.getName().startsWith("aikit-io-");
    }
}
