package dev.aikit.local.internal.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.local.internal.chat.ChatRequest.Tools;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {
    private final List<String> output = new ArrayList<>();

    private Answer answer(int limit, String... stops) {
        ChatRequest request = new ChatRequest(List.of(), limit, List.of(stops), null, null, null, Tools.NONE, null);
        return new Answer(request, new Output() {
            @Override
            public void text(String piece) {
                output.add(piece);
            }

            @Override
            public void call(ToolCall call) {
                output.add("call of " + call.name() + " with " + call.arguments());
            }
        });
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

    private static String written(String text, int size, Answer answer) {
        for (int from = 0; from < text.length(); from += size) {
            answer.piece(text.substring(from, Math.min(text.length(), from + size)), 1);
        }
        answer.end();
        return answer.finishReason();
    }

    /** The same text, cut at every place. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 11, 13, 1000})
    void findsCallsOfToolsWhereverTheTextIsCut(int size) {
        Answer answer = answer(Integer.MAX_VALUE);
        answer.readCalls(new ToolCallReader(false));

        String reason = written(
                "Let me <look>.\n<tool_call>\n{\"name\": \"weather\", \"arguments\": {\"city\": \"Oslo\"}}\n</tool_call>\n"
                        + "<tool_call>{\"name\": \"time\"}</tool_call>\n",
                size,
                answer);

        assertThat(reason).isEqualTo("tool_calls");
        assertThat(String.join("", output))
                .isEqualTo("Let me <look>.call of weather with {\"city\":\"Oslo\"}call of time with {}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<tool_call>{\"name\": 7}</tool_call>",
                "<tool_call>nonsense</tool_call> and more",
                "<tool_call>{\"name\": \"cut",
                "<tool",
                "{\"name\": \"weather\", \"arguments\": {}}"
            })
    void takesForTextWhatIsNoCall(String text) {
        Answer answer = answer(Integer.MAX_VALUE);
        answer.readCalls(new ToolCallReader(false));

        String reason = written(text, 3, answer);

        assertThat(reason).isEqualTo("stop");
        assertThat(String.join("", output)).isEqualTo(text);
    }

    @Test
    void readsACallWhoseEndTagDidNotCome() {
        Answer answer = answer(Integer.MAX_VALUE);
        answer.readCalls(new ToolCallReader(false));

        written("<tool_call>{\"name\": \"time\", \"arguments\": \"{}\"}", 4, answer);

        assertThat(output).containsExactly("call of time with {}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\":\"time\",\"arguments\":{}}", "{\"name\":\"time\",\"argum"})
    void readsAWholeTextAsOneCallIfItIsOne(String text) {
        Answer answer = answer(Integer.MAX_VALUE);
        answer.readCalls(new ToolCallReader(true));

        written(text, 4, answer);

        assertThat(output).containsExactly(text.endsWith("}") ? "call of time with {}" : text);
    }
}
