package dev.aikit.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The mark for the end of a stream. */
class AnswerMarkTest {
    private static boolean isMark(String data) {
        byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
        return Answer.isMark(bytes, bytes.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[DONE]", " [DONE]\r "})
    void isTheMarkAlone(String data) {
        assertThat(isMark(data)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[DON", "\"[DONE]\"", "{\"content\":\"[DONE]\"}", "[DONE] and so on and on"})
    void isNothingElse(String data) {
        assertThat(isMark(data)).isFalse();
    }
}
