package dev.aikit.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAIError;
import dev.aikit.OpenAILimits;
import dev.aikit.fuzz.Cuts;
import dev.aikit.internal.http.HttpHead;
import dev.aikit.testing.CannedLoop;
import dev.aikit.testing.ProviderStreams;
import dev.aikit.testing.ProviderStreams.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the streams of all servers and providers come to. */
class ProviderStreamsTest {
    static final ChatCalls CALLS = new ChatCalls(OpenAILimits.defaults());

    static List<Shape> shapes() {
        return ProviderStreams.all();
    }

    static ChatCalls.Seen chat(List<ByteBuffer> pieces) {
        HttpHead head = new HttpHead(200, "OK", Map.of("content-type", List.of("text/event-stream")));
        return CALLS.chat(true, new CannedLoop(head, pieces));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aStreamComesToWhatItsServerMeant(Shape shape) {
        assertThat(inWords(chat(Cuts.none(shape.bytes())))).as(shape.origin()).isEqualTo(shape.expected());
    }

    @Test
    void noStreamIsForgotten() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/streams"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(file -> file.endsWith(".sse"))
                            .map(file -> file.replace(".sse", "")))
                    .containsExactlyInAnyOrderElementsOf(
                            shapes().stream().map(Shape::name).toList());
        }
    }

    private static String inWords(ChatCalls.Seen seen) {
        OpenAIChatCompletionsResult result = seen.result();
        long pieces = seen.heard().stream()
                .filter(heard -> heard.startsWith("onData"))
                .count();
        String choices =
                result.choices().stream().map(ProviderStreamsTest::inWords).collect(Collectors.joining("; "));
        String id = result.json().get("id").asText();
        String end = result.success() ? "" : inWords(result.errors().get(0));
        return pieces + " pieces" + (id.isEmpty() ? "" : ", id " + id) + ": " + choices
                + (result.usage().isPresent() ? ", " + result.usage().totalTokens() + " tokens" : "")
                + end;
    }

    private static String inWords(OpenAIError error) {
        return ", " + error.kind() + " " + error.message();
    }

    private static String inWords(OpenAIChoice choice) {
        OpenAIMessage message = choice.message();
        StringBuilder words = new StringBuilder("\"" + message.text().replace("\n", "\\n") + "\"");
        if (!message.reasoning().isEmpty()) words.append(" (thinking \"" + message.reasoning() + "\")");
        if (!message.refusal().isEmpty()) words.append(" (refusing \"" + message.refusal() + "\")");
        for (OpenAIToolCall call : message.toolCalls())
            words.append(" " + call.id() + "=" + call.name() + call.arguments());
        return words + (choice.finishReason().isEmpty() ? "" : " " + choice.finishReason());
    }
}
