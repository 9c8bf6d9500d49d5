package dev.aikit.local.internal.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandInsTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "plain é 中", "😀 and 👩‍👩‍👧 and 😀", "a\u0000b", "\uE000 is taken 😀 \uE001\uE002"})
    void hideWhatBreaksAndGiveItBack(String text) {
        StandIns standIns = new StandIns(text);

        String hidden = standIns.hide(text);

        assertThat(hidden.chars().anyMatch(c -> c == 0 || Character.isSurrogate((char) c)))
                .isFalse();
        assertThat(standIns.restore("before " + hidden + " after")).isEqualTo("before " + text + " after");
    }
}
