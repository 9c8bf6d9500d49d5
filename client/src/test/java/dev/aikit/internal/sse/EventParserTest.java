package dev.aikit.internal.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.internal.TooLarge;
import dev.aikit.testing.StreamCorpus;
import dev.aikit.testing.StreamCorpus.Sample;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of server-sent events, wherever the network cuts the bytes. */
class EventParserTest {
    private static final int PLENTY = 1 << 20;

    private final List<String> events = new ArrayList<>();

    private final EventParser.Listener all = (name, data, length, whole) ->
            events.add(name + "|" + new String(data, 0, length, StandardCharsets.UTF_8) + (whole ? "" : "|cut"));

    private List<String> parse(byte[] bytes, int... cuts) {
        events.clear();
        EventParser parser = new EventParser(PLENTY);
        int from = 0;
        for (int cut : cuts) {
            parser.feed(ByteBuffer.wrap(bytes, from, cut - from), all);
            from = cut;
        }
        parser.feed(ByteBuffer.wrap(bytes, from, bytes.length - from), all);
        parser.end(all);
        return List.copyOf(events);
    }

    static List<Sample> corpus() {
        return StreamCorpus.all();
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void findsTheEventsOfAStreamThatComesInOnePiece(Sample sample) {
        assertThat(parse(sample.bytes())).isEqualTo(sample.events());
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void findsTheSameEventsWhereverTheStreamIsCutInTwo(Sample sample) {
        for (int cut = 0; cut <= sample.bytes().length; cut++)
            assertThat(parse(sample.bytes(), cut)).as("cut at byte %d", cut).isEqualTo(sample.events());
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void findsTheSameEventsByteByByte(Sample sample) {
        int[] everyByte = new int[sample.bytes().length];
        for (int i = 0; i < everyByte.length; i++) everyByte[i] = i;
        assertThat(parse(sample.bytes(), everyByte)).isEqualTo(sample.events());
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void findsTheSameEventsInRandomPieces(Sample sample) {
        Random random = new Random(20260722);
        for (int round = 0; round < 200; round++) {
            int[] cuts = random.ints(random.nextInt(6), 0, sample.bytes().length + 1)
                    .sorted()
                    .toArray();
            assertThat(parse(sample.bytes(), cuts)).as("cut at bytes %s", cuts).isEqualTo(sample.events());
        }
    }

    @Test
    void readsBuffersThatAreNotBackedByAnArrayAndTheirRemainderOnly() {
        byte[] bytes = "xxdata: a\n\nyy".getBytes(StandardCharsets.UTF_8);
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length);
        direct.put(bytes).flip().position(2).limit(bytes.length - 2);
        new EventParser(PLENTY).feed(direct, all);
        assertThat(events).containsExactly("|a");
        assertThat(direct.remaining()).isZero();
    }

    @Test
    void handsOverAnEventAsSoonAsItsBlankLineIsThere() {
        EventParser parser = new EventParser(PLENTY);
        parser.feed(StandardCharsets.UTF_8.encode("data: a\r\n"), all);
        assertThat(events).isEmpty();
        parser.feed(StandardCharsets.UTF_8.encode("\r"), all);
        assertThat(events).as("the line feed that may follow is not waited for").containsExactly("|a");
        parser.feed(StandardCharsets.UTF_8.encode("\ndata: b\n\n"), all);
        assertThat(events).containsExactly("|a", "|b");
    }

    @Test
    void refusesALineOverTheLimitBeforeItHasEnded() {
        EventParser parser = new EventParser(100);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 200; i++) parser.feed(StandardCharsets.UTF_8.encode("x"), all);
                })
                .isInstanceOf(TooLarge.class)
                .hasMessageContaining("100 bytes");
    }

    @Test
    void refusesAnEventOverTheLimitThoughEachOfItsLinesIsBelow() {
        EventParser parser = new EventParser(100);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 20; i++) parser.feed(StandardCharsets.UTF_8.encode("data: 12345678\n"), all);
                })
                .isInstanceOf(TooLarge.class);
    }

    @Test
    void countsTheLimitAnewForEachEvent() {
        EventParser parser = new EventParser(100);
        for (int i = 0; i < 50; i++)
            parser.feed(StandardCharsets.UTF_8.encode("data: " + "x".repeat(80) + "\n\n"), all);
        assertThat(events).hasSize(50);
    }

    /** Knows the data {@code known}, and finds anything else as ever. */
    private final class Knowing implements EventParser.Listener {
        @Override
        public void event(String name, byte[] data, int length, boolean whole) {
            events.add(name + "|" + new String(data, 0, length, StandardCharsets.UTF_8) + (whole ? "" : "|cut"));
        }

        @Override
        public int known(byte[] bytes, int from, int to) {
            byte[] known = "known\n\n".getBytes(StandardCharsets.UTF_8);
            int end = from + known.length;
            if (end > to || !Arrays.equals(bytes, from, end, known, 0, known.length)) return -1;
            events.add("known");
            return end - 2;
        }
    }

    private List<String> knowing(String stream, int limit) {
        events.clear();
        EventParser parser = new EventParser(limit);
        Knowing knowing = new Knowing();
        try {
            parser.feed(ByteBuffer.wrap(stream.getBytes(StandardCharsets.UTF_8)), knowing);
            parser.end(knowing);
        } catch (TooLarge tooLarge) {
            events.add("too large");
        }
        return List.copyOf(events);
    }

    @Test
    void doesNotCutOutAnEventThatTheListenerKnows() {
        assertThat(knowing("data: a\n\ndata: known\n\ndata: known\n\n\ndata: b\n\n", PLENTY))
                .containsExactly("|a", "known", "known", "|b");
        assertThat(knowing(": ping\n\ndata: known\n\ndata: know", PLENTY)).containsExactly("known", "|know|cut");
        assertThat(knowing("data: a\r\n\r\ndata: known\n\n", PLENTY)).containsExactly("|a", "known");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: known\n\n",
                "x\ndata:known\n\n",
                "x\ndata: known\r\n\r\n",
                "x\ndata: known\n",
                "x\n data: known\n\n",
                "x\ndata: a\ndata: known\n\n",
                "x\nevent: b\ndata: known\n\n",
                "x\nevent: \u00fc\ndata: known\n\n",
                "x\nerror: a\ndata: known\n\n",
                "x\ndata: known\ndata: a\n\n",
                "x\ndat",
                "x\ndata: "
            })
    void asksForNothingThatIsNotAnEventInOneLine(String stream) {
        assertThat(knowing(stream, PLENTY)).isEqualTo(parse(stream.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void anEventThatIsKnownIsNotLargerThanAnyOther() {
        int line = "data: known".length();
        assertThat(knowing("x\ndata: known\n\n", line)).containsExactly("known");
        assertThat(knowing("x\ndata: known\n\n", line - 1)).containsExactly("too large");
        assertThat(knowing("x\ndata: known\n\n", Integer.MAX_VALUE)).containsExactly("known");
    }
}
