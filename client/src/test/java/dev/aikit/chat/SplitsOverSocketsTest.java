package dev.aikit.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIError;
import dev.aikit.fuzz.Cuts;
import dev.aikit.testing.ProviderStreams;
import dev.aikit.testing.ProviderStreams.Shape;
import dev.aikit.testing.Way;
import dev.aikit.testkit.Answers;
import dev.aikit.testkit.ScriptedServer;
import dev.aikit.testkit.ServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A seeded sample of what {@code EverySplitTest} does without a network, over sockets, and in all ways to make a call. */
class SplitsOverSocketsTest {
    private static final int ROUNDS = 60;

    @ParameterizedTest
    @EnumSource
    void theResultIsTheSameHoweverTheBytesCome(Way way) throws Exception {
        List<Shape> shapes = ProviderStreams.all();
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server, c -> c.maxRetries(0))) {
            for (int seed = 0; seed < ROUNDS; seed++) {
                Random random = new Random(seed);
                Shape shape = shapes.get(random.nextInt(shapes.size()));
                byte[] body = way.streams()
                        ? shape.bytes()
                        : Answers.whole("é€\uD83D\uDE00 " + seed).getBytes(StandardCharsets.UTF_8);
                String type = way.streams() ? "text/event-stream" : "application/json";
                server.then(to -> send(
                        to.head(200, "content-type: " + type, "content-length: " + body.length),
                        Cuts.random(body, random)));

                OpenAIChatCompletionsResult result = way.chat(client).result();

                if (way.streams()) same(result, ProviderStreamsTest.chat(Cuts.none(body)), seed, shape);
                else assertThat(result.choice().text()).isEqualTo("é€\uD83D\uDE00 " + seed);
            }
        }
    }

    private static void same(OpenAIChatCompletionsResult result, ChatCalls.Seen expected, int seed, Shape shape) {
        assertThat(result.json())
                .as("seed %d, %s", seed, shape)
                .isEqualTo(expected.result().json());
        assertThat(result.errors().stream().map(OpenAIError::message))
                .as("seed %d, %s", seed, shape)
                .containsExactlyElementsOf(expected.result().errors().stream()
                        .map(OpenAIError::message)
                        .toList());
    }

    private static void send(ServerExchange to, List<ByteBuffer> pieces) throws IOException {
        for (ByteBuffer piece : pieces)
            to.raw(Arrays.copyOfRange(
                    piece.array(), piece.arrayOffset() + piece.position(), piece.arrayOffset() + piece.limit()));
    }
}
