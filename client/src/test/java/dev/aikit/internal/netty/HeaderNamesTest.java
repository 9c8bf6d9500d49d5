package dev.aikit.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is kept of the headers of answers when these are gone. */
class HeaderNamesTest {
    private final HeaderNames names = new HeaderNames();

    private String value(String name, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
        return names.of(name).value(bytes, 0, bytes.length);
    }

    @Test
    void aValueThatCameTwiceIsMadeOnce() {
        assertThat(value("server", "x")).isNotSameAs(value("server", "x")).isEqualTo(value("server", "x"));
        String kept = value("server", "x");
        assertThat(kept)
                .isSameAs(value("server", "x"))
                .isSameAs(names.of("server").value("x"));
    }

    @Test
    void oneThatCameOnceIsNotKept() {
        String cookie = value("set-cookie", "session=1");
        value("set-cookie", "session=2");
        assertThat(value("set-cookie", "session=1")).isEqualTo(cookie).isNotSameAs(cookie);
    }

    @Test
    void norIsALongOne() {
        String text = "x".repeat(65);
        for (int i = 0; i < 3; i++)
            assertThat(value("server", text)).isEqualTo(text).isNotSameAs(value("server", text));
    }
}
