package dev.aikit.local.internal.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {
    private final List<String> output = new ArrayList<>();

    private Answer answer(int limit, String... stops) {
        ChatRequest request = new ChatRequest(List.of(), limit, List.of(stops), null, null, null);
        return new Answer(request, () -> {}, output::add);
    }

    @Test
    void handsOnEachPieceAtOnceWhenNothingStopsIt() {
        Answer answer = answer(Integer.MAX_VALUE);

        assertThat(answer.piece("one ", 1)).isTrue();
        assertThat(answer.piece("two", 2)).isTrue();
        answer.end();

        assertThat(output).containsExactly("one ", "two");
        assertThat(answer.completionTokens()).isEqualTo(3);
        assertThat(answer.finishReason()).isEqualTo("stop");
    }

    /** The same text, cut at every place: the stop text is found wherever it is cut, and nothing of it gets out. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void findsAStopTextWhereverItIsCut(int size) {
        String text = "abcENENDxyz";
        Answer answer = answer(Integer.MAX_VALUE, "END", "nowhere");

        for (int from = 0; from < text.length(); from += size) {
            if (!answer.piece(text.substring(from, Math.min(text.length(), from + size)), 1)) break;
        }
        answer.end();

        assertThat(String.join("", output)).isEqualTo("abcEN");
        assertThat(answer.finishReason()).isEqualTo("stop");
    }

    @Test
    void takesTheFirstOfSeveralStopTexts() {
        Answer answer = answer(Integer.MAX_VALUE, "world", "lo");

        assertThat(answer.piece("hello world", 2)).isFalse();

        assertThat(output).containsExactly("hel");
    }

    @Test
    void givesOutWhatOnlyLookedLikeAStopText() {
        Answer answer = answer(Integer.MAX_VALUE, "END");
        answer.piece("this is the EN", 4);
        assertThat(output).containsExactly("this is the ");

        answer.end();

        assertThat(output).containsExactly("this is the ", "EN");
    }

    @Test
    void neverExceedsTheLimit() {
        Answer answer = answer(3, "END");

        assertThat(answer.piece("one E", 2)).isTrue();
        assertThat(answer.piece("two", 2)).isFalse();

        assertThat(String.join("", output)).isEqualTo("one E");
        assertThat(answer.completionTokens()).isEqualTo(2);
        assertThat(answer.finishReason()).isEqualTo("length");
    }

    @Test
    void stopsWhenItsThreadIsInterrupted() {
        Answer answer = answer(Integer.MAX_VALUE);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> answer.piece("word", 1)).isInstanceOf(CancellationException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(output).isEmpty();
    }
}
