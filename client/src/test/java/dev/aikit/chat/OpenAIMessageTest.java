package dev.aikit.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.json.Json;
import org.junit.jupiter.api.Test;

/** Messages as they are made, and as they are read. */
class OpenAIMessageTest {
    @Test
    void isSentWithRoleAndText() {
        assertThat(OpenAIMessage.system("Be short.").json())
                .hasToString("{\"role\":\"system\",\"content\":\"Be short.\"}");
        assertThat(OpenAIMessage.developer("x").role()).isEqualTo("developer");
        assertThat(OpenAIMessage.assistant("x").role()).isEqualTo("assistant");
        assertThat(OpenAIMessage.user("").text()).isEmpty();
        assertThat(OpenAIMessage.tool("call-1", "4").json())
                .hasToString("{\"role\":\"tool\",\"content\":\"4\",\"tool_call_id\":\"call-1\"}");
        assertThat(OpenAIMessage.tool("call-1", "4").toolCallId()).isEqualTo("call-1");
    }

    @Test
    void takesPicturesAndFilesBesideItsText() {
        OpenAIMessage text = OpenAIMessage.user("What is this?").withUser("ann");
        OpenAIMessage message =
                text.addImageURL("https://example.org/a.png").addImageURL("data:image/png;base64,AA", "low");
        message = message.addFileId("file-1");
        assertThat(message.content().map(part -> part.get("type").asText()))
                .containsExactly("text", "image_url", "image_url", "file");
        assertThat(message.content().get(1).get("image_url").get("detail").asText())
                .isEqualTo("auto");
        assertThat(message.content().get(2).get("image_url").get("detail").asText())
                .isEqualTo("low");
        assertThat(message.content().get(3).get("file").get("file_id").asText()).isEqualTo("file-1");
        assertThat(message.text()).isEqualTo("What is this?");
        assertThat(message.user()).isEqualTo("ann");
        assertThat(text.content().isString()).as("a changed copy").isTrue();
    }

    @Test
    void isReadWhateverIsMissing() {
        OpenAIMessage message = new OpenAIMessage(Json.missing());
        assertThat(message.role()
                        + message.text()
                        + message.user()
                        + message.reasoning()
                        + message.refusal()
                        + message.toolCallId())
                .isEmpty();
        assertThat(message.toolCalls()).isEmpty();
    }

    @Test
    void saysWhichArgumentIsWrong() {
        assertThatThrownBy(() -> OpenAIMessage.user(null)).hasMessageContaining("text");
        assertThatThrownBy(() -> OpenAIMessage.of(" ", "x")).hasMessageContaining("role");
        assertThatThrownBy(() -> OpenAIMessage.tool("", "x")).hasMessageContaining("toolCallId");
        assertThatThrownBy(() -> OpenAIMessage.user("x").addImageURL(" ")).hasMessageContaining("url");
        assertThatThrownBy(() -> OpenAIMessage.user("x").addImageURL("u", null)).hasMessageContaining("detail");
        assertThatThrownBy(() -> OpenAIMessage.user("x").addFileId(null)).hasMessageContaining("fileId");
        assertThatThrownBy(() -> OpenAIMessage.user("x").withUser("")).hasMessageContaining("user");
    }
}
