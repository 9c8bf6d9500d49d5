package dev.aikit.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAILimits;
import dev.aikit.internal.pieces.Repeated;
import dev.aikit.internal.pieces.Repeats;
import dev.aikit.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer whose pieces repeat one another is the one that comes of reading each of them. */
class RepeatedPiecesTest {
    private static final List<String> DELTAS = List.of(
            "{'content':'%s'}",
            "{'role':'assistant','content':'%s'}",
            "{'content':'%s','reasoning_content':'%s'}",
            "{'content':'','reasoning':'%s'}",
            "{'content':null,'refusal':'%s'}",
            "{'content':[{'type':'text','text':'%s'}]}",
            "{'tool_calls':[{'index':0,'id':'c','function':{'name':'f','arguments':'%s'}}]}",
            "{'content':'%s','audio':{'data':'%s'}}",
            "{'function_call':{'arguments':'%s'}}",
            "{'content':'%s','list':['%s']}");
    private static final List<String> CHOICES = List.of(
            "{'index':0,'delta':DELTA,'finish_reason':null}",
            "{'index':0,'delta':DELTA,'finish_reason':'%s'}",
            "{'index':0,'delta':DELTA,'logprobs':{'content':[{'token':'%s'}]}}",
            "{'index':1,'delta':DELTA}",
            "{'delta':DELTA,'message':{'content':'%s'}}",
            "{'index':0,'delta':DELTA},{'index':1,'delta':DELTA}");

    private int faster;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void theAnswerIsTheSame(long seed) {
        Random random = new Random(seed);
        for (int stream = 0; stream < 60; stream++) {
            Repeats repeats = new Repeats();
            ChatPieces quick = new ChatPieces(OpenAILimits.defaults());
            ChatPieces slow = new ChatPieces(OpenAILimits.defaults());
            String shape = shape(random);
            for (int i = 0; i < 30; i++) {
                if (random.nextInt(8) == 0) shape = shape(random);
                byte[] piece = filled(shape, random).getBytes(StandardCharsets.UTF_8);
                Repeated repeated = repeats.find("", piece, piece.length);
                if (repeated == null) {
                    repeats.next("", piece);
                    quick.add(Json.parse(piece));
                } else if (quick.again(repeated)) {
                    faster++;
                } else {
                    quick.add(Json.of(repeated));
                }
                slow.add(Json.parse(piece));
                assertThat(quick.whole().toString())
                        .as("seed %d, stream %d, piece %d: %s", seed, stream, i, shape)
                        .isEqualTo(slow.whole().toString());
                assertThat(quick.allFinished()).isEqualTo(slow.allFinished());
            }
        }
        assertThat(faster).isGreaterThan(100);
    }

    private static String shape(Random random) {
        String choice = CHOICES.get(random.nextInt(3) == 0 ? random.nextInt(CHOICES.size()) : 0);
        String delta = DELTAS.get(random.nextInt(3) == 0 ? random.nextInt(DELTAS.size()) : 0);
        String id = random.nextInt(4) == 0 ? "%s" : "chatcmpl-1";
        return ("{'id':'" + id + "','object':'chat.completion.chunk','created':17,'choices':["
                        + choice.replace("DELTA", delta) + "],'padding':'%s','usage':null}")
                .replace('\'', '"');
    }

    private static String filled(String shape, Random random) {
        String filled = shape;
        while (filled.contains("%s")) filled = filled.replaceFirst("%s", Matcher.quoteReplacement(word(random)));
        return filled;
    }

    private static String word(Random random) {
        return List.of("", "a", " two", "ü", "\\n", "\\n", "\\u00e4", "same", "same", "same")
                .get(random.nextInt(10));
    }

    @Test
    void aTextThatIsRepeatedToTheLetterIsAddedAgain() {
        Repeats repeats = new Repeats();
        ChatPieces pieces = new ChatPieces(OpenAILimits.defaults());
        byte[] ha = "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"ha\"}}]}".getBytes(StandardCharsets.UTF_8);
        repeats.next("", ha);
        pieces.add(Json.parse(ha));
        for (int i = 0; i < 2; i++)
            assertThat(pieces.again(repeats.find("", ha, ha.length))).isTrue();
        assertThat(pieces.whole()
                        .get("choices")
                        .get(0)
                        .get("message")
                        .get("content")
                        .asText())
                .isEqualTo("hahaha");
    }
}
