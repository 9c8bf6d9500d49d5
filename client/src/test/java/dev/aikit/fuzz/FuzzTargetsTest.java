package dev.aikit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.chat.ChatReaderTarget;
import dev.aikit.chat.StreamTarget;
import dev.aikit.embeddings.EmbeddingsTarget;
import dev.aikit.internal.call.ErrorAnswerTarget;
import dev.aikit.internal.multipart.MultipartTarget;
import dev.aikit.internal.netty.Http2Target;
import dev.aikit.internal.netty.HttpTarget;
import dev.aikit.internal.sse.EventParserTarget;
import dev.aikit.json.JsonTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the fuzzer runs for minutes ({@code fuzz/run.sh}) in short: every input that once showed a fault, and a fixed number
 * of changed ones, the same in each run.
 */
class FuzzTargetsTest {
    private static final int CHANGED_INPUTS = Integer.getInteger("fuzz.changed", 1_000);

    enum Target {
        EVENT_PARSER(EventParserTarget.class, EventParserTarget::fuzzerTestOneInput),
        JSON(JsonTarget.class, JsonTarget::fuzzerTestOneInput),
        EMBEDDINGS(EmbeddingsTarget.class, EmbeddingsTarget::fuzzerTestOneInput),
        ERROR_ANSWER(ErrorAnswerTarget.class, ErrorAnswerTarget::fuzzerTestOneInput),
        CHAT_READER(ChatReaderTarget.class, ChatReaderTarget::fuzzerTestOneInput),
        STREAM(StreamTarget.class, StreamTarget::fuzzerTestOneInput),
        HTTP(HttpTarget.class, HttpTarget::fuzzerTestOneInput),
        HTTP_2(Http2Target.class, Http2Target::fuzzerTestOneInput),
        MULTIPART(MultipartTarget.class, MultipartTarget::fuzzerTestOneInput);

        private final Path folder;
        private final Consumer<byte[]> run;

        Target(Class<?> type, Consumer<byte[]> run) {
            this.folder = Path.of("src/test/fuzz", type.getSimpleName());
            this.run = run;
        }

        List<byte[]> seeds() {
            List<byte[]> seeds = new ArrayList<>();
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.sorted().toList()) seeds.add(Files.readAllBytes(file));
            } catch (IOException error) {
                throw new UncheckedIOException(error);
            }
            return seeds;
        }

        void run(byte[] input, String which) {
            try {
                run.accept(input);
            } catch (Throwable found) {
                String text = new String(input, StandardCharsets.ISO_8859_1);
                throw new AssertionError(
                        this + ", " + which + ": " + HexFormat.of().formatHex(input) + "\n" + text, found);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void noInputThatOnceShowedAFaultShowsOne(Target target) {
        List<byte[]> seeds = target.seeds();
        assertThat(seeds).isNotEmpty();
        for (int i = 0; i < seeds.size(); i++) target.run(seeds.get(i), "seed " + i);
    }

    @ParameterizedTest
    @EnumSource
    void noneOfSomeChangedInputsShowsAFault(Target target) {
        List<byte[]> seeds = target.seeds();
        Random random = new Random(20261123);
        for (int i = 0; i < CHANGED_INPUTS; i++) {
            byte[] input = Changes.of(seeds.get(random.nextInt(seeds.size())), seeds, random);
            target.run(input, "changed input " + i);
        }
    }
}
