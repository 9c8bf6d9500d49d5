package dev.aikit.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAILimits;
import dev.aikit.chat.ChatCalls;
import dev.aikit.fuzz.Cuts;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a call over HTTP/2 ends well does not depend on where the network cuts the frames. */
class Http2SplitsTest {
    private final ChatCalls calls = new ChatCalls(OpenAILimits.defaults());

    @ParameterizedTest
    @CsvSource({
        "whole, hi",
        "continuation, hi",
        "padded, hi",
        "trailers, hi",
        "interim, hi",
        "ping-window, hi",
        "settings-first, hi",
        "stream, hé",
        "stream-bytes, hé",
        "goaway, hé",
        "reset, TRUNCATED",
        "refused, CONNECTION_LOST",
        "goaway-before, CONNECTION_LOST",
        "push, CONNECTION_LOST",
        "bad-index, PROTOCOL",
        "window-overflow, PROTOCOL",
        "data-before-head, PROTOCOL",
        "wrong-length, PROTOCOL",
        "big-frame, PROTOCOL",
        "http-1, PROTOCOL",
        "error-status, HTTP",
        "gzip-false, PROTOCOL"
    })
    void isReadTheSameCutAnywhere(String seed, String end) throws Exception {
        byte[] input = Files.readAllBytes(Path.of("src/test/fuzz/Http2Target", seed));
        byte[] sent = Http2Target.sent(input);
        boolean stream = (input[0] & 8) == 0;
        assertThat(end(stream, Cuts.none(sent))).isEqualTo(end);
        assertThat(end(stream, Cuts.everywhere(sent))).isEqualTo(end);
        for (int place = 0; place <= sent.length; place++)
            assertThat(end(stream, Cuts.at(sent, place))).as("cut at %s", place).isEqualTo(end);
    }

    private String end(boolean stream, List<ByteBuffer> pieces) {
        var result =
                calls.chat(stream, new EmbeddedLoop(pieces, 64 * 1024, true)).result();
        return result.success()
                ? result.choice().text()
                : result.errors().get(0).kind().name();
    }
}
