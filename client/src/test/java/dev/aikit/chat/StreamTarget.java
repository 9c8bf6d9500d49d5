package dev.aikit.chat;

import dev.aikit.OpenAIError.Kind;
import dev.aikit.OpenAILimits;
import dev.aikit.fuzz.Cuts;
import dev.aikit.internal.http.HttpHead;
import dev.aikit.internal.http.IoLoop;
import dev.aikit.internal.netty.EmbeddedLoop;
import dev.aikit.testing.CannedLoop;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/** Any bytes as the answer to a chat call: it ends once, by a success or by an error that is no defect, however it is cut. */
public final class StreamTarget {
    private static final OpenAILimits SMALL = OpenAILimits.defaults()
            .maxBodyBytes(1 << 20)
            .maxEventBytes(1 << 16)
            .maxStreamBytes(1 << 20)
            .maxChoices(8)
            .maxToolCalls(8);
    private static final ChatCalls CALLS = new ChatCalls(SMALL);
    private static final List<String> TYPES = List.of("text/event-stream", "application/json", "text/plain", "");

    private StreamTarget() {}

    /** The first byte chooses status, type and cuts; the rest is the body. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) return;
        int choice = input[0] & 0xff;
        String type = TYPES.get(choice & 3);
        HttpHead head = new HttpHead((choice & 4) == 0 ? 200 : 400, "Fuzzed", Map.of("content-type", List.of(type)));
        compare(input, (choice & 8) == 0, pieces -> new CannedLoop(head, pieces));
    }

    /** The same with all that a server sends, the head included, of which the first byte chooses the cuts. */
    public static void http(byte[] input) {
        if (input.length > 0) compare(input, (input[0] & 8) == 0, pieces -> new EmbeddedLoop(pieces, 64 * 1024));
    }

    /** The same with all that a server of HTTP/2 sends; {@code choice} decides as the first byte does otherwise. */
    public static void http2(byte[] sent, int choice) {
        compare(sent, choice, (choice & 8) == 0, pieces -> new EmbeddedLoop(pieces, 64 * 1024, true));
    }

    private static void compare(byte[] input, boolean stream, Function<List<ByteBuffer>, IoLoop> loop) {
        compare(Arrays.copyOfRange(input, 1, input.length), input[0], stream, loop);
    }

    private static void compare(byte[] sent, int seed, boolean stream, Function<List<ByteBuffer>, IoLoop> loop) {
        List<String> whole = chat(stream, loop.apply(Cuts.none(sent)));
        List<String> cut = chat(stream, loop.apply(Cuts.random(sent, new Random(seed))));
        if (!whole.equals(cut)) throw new AssertionError("cut into pieces: " + cut + " instead of " + whole);
    }

    private static List<String> chat(boolean stream, IoLoop loop) {
        ChatCalls.Seen seen = CALLS.chat(stream, loop);
        OpenAIChatCompletionsResult result = seen.result();
        int pieces = (int) seen.heard().stream()
                .filter(heard -> heard.startsWith("onData"))
                .count();
        List<String> end = List.of(result.success() ? "onResponse" : "onError", "onTerminate", "formula");
        if (!seen.heard().subList(pieces, seen.heard().size()).equals(end))
            throw new AssertionError("it ended by " + seen.heard());
        if (result.errors().stream().anyMatch(error -> error.kind() == Kind.INTERNAL))
            throw new AssertionError("a defect", result.errors().get(0).cause());
        if (result.errors().stream().anyMatch(error -> error.message().isBlank()))
            throw new AssertionError("an error without words");
        if (result.toString().contains("sk-canned-key")) throw new AssertionError("the key");
        return seen.everything();
    }
}
