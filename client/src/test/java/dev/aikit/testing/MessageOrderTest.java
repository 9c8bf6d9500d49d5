package dev.aikit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The judge of orders sees what is wrong. Letters stand for messages: s(ystem), u(ser), a(ssistant), digits for tools. */
class MessageOrderTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            s u            | ''
            u              | ''
            s u a u        | ''
            s u a12 2 1    | ''
            s u a12 1 2 u  | ''
            s u a1 1 a2 2  | ''
            a u            | the first message
            1 u            | an answer to no call
            s u a          | the model is asked
            s u a1         | have no answer
            s u a12 1      | have no answer
            s u a12 1 u 2  | have no answer
            s u a1 u 1     | an answer to no call
            s u a1 1 1     | an answer to no call
            s u a1 2       | an answer to another call
            s u a11 1 1    | two calls with one id
            s u a1 1 u 1   | an answer to no call
            """)
    void everyBreachIsSeen(String order, String expected) {
        StringBuilder messages = new StringBuilder();
        for (String message : order.split(" "))
            messages.append(messages.isEmpty() ? "" : ",").append(json(message));
        String wrong = String.join("; ", MessageOrder.violations("{\"messages\":[" + messages + "]}"));
        if (expected.isEmpty()) assertThat(wrong).isEmpty();
        else assertThat(wrong).contains(expected);
    }

    @Test
    void whatSaysNothingIsSeen() {
        assertThat(MessageOrder.violations("{\"messages\":[{\"role\":\"user\"}]}"))
                .singleElement()
                .asString()
                .contains("neither content nor a call");
    }

    private static String json(String letters) {
        return switch (letters.charAt(0)) {
            case 's' -> "{\"role\":\"system\",\"content\":\"x\"}";
            case 'u' -> "{\"role\":\"user\",\"content\":\"x\"}";
            case 'a' -> {
                StringBuilder calls = new StringBuilder();
                for (char id : letters.substring(1).toCharArray())
                    calls.append(calls.isEmpty() ? "" : ",")
                            .append("{\"id\":\"")
                            .append(id)
                            .append("\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}");
                yield "{\"role\":\"assistant\",\"content\":\"x\",\"tool_calls\":[" + calls + "]}";
            }
            default -> "{\"role\":\"tool\",\"content\":\"x\",\"tool_call_id\":\"" + letters + "\"}";
        };
    }
}
