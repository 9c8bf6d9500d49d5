package dev.aikit.local.internal.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.json.Json;
import dev.aikit.local.internal.chat.ChatRequest.Message;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static Message message(String role, String text) {
        return new Message(role, text);
    }

    @Test
    void leaveAConversationInTurnsAsItIs() {
        List<Message> turns = List.of(message("user", "a"), message("assistant", "b"), message("user", "c"));

        assertThat(Turns.of(turns, false)).isEqualTo(new Turns("", turns));
    }

    @Test
    void putTogetherWhatOneSideSaysInARow() {
        Turns turns = Turns.of(
                List.of(
                        message("user", "a"),
                        message("tool", "b"),
                        message("assistant", "c"),
                        message("assistant", "d"),
                        message("user", "e")),
                false);

        assertThat(turns.messages())
                .containsExactly(message("user", "a\nb"), message("assistant", "c\nd"), message("user", "e"));
    }

    @Test
    void beginWithTheUser() {
        assertThat(Turns.of(List.of(message("assistant", "Welcome"), message("user", "Hi")), false)
                        .messages())
                .containsExactly(message("user", ""), message("assistant", "Welcome"), message("user", "Hi"));
        assertThat(Turns.of(List.of(message("system", "Be kind")), false).messages())
                .containsExactly(message("user", ""));
    }

    @Test
    void collectWhatTheSystemSays() {
        Turns turns = Turns.of(List.of(message("system", "a"), message("user", "b"), message("developer", "c")), false);

        assertThat(turns).isEqualTo(new Turns("a\nc", List.of(message("user", "b"))));
    }

    @Test
    void keepCallsOfToolsAndTheirAnswersWhereTheModelKnowsThem() {
        Message call = new Message("assistant", "", List.of(Json.of(Map.of("id", "1"))), null);
        Message answer = new Message("tool", "21 degrees", List.of(), "1");
        Message stray = message("tool", "nobody asked");

        Turns turns = Turns.of(List.of(stray, call, answer, answer, message("assistant", "Warm.")), true);

        assertThat(turns.messages())
                .containsExactly(message("user", "nobody asked"), call, answer, answer, message("assistant", "Warm."));
    }
}
