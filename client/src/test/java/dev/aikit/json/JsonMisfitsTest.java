package dev.aikit.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What would become something else, or take for ever, does not fit; what can never fit is refused before. */
class JsonMisfitsTest {
    record Whole(int value) {}

    record Large(long value) {}

    record Big(BigInteger value) {}

    record Exact(BigDecimal value) {}

    record Double1(double value) {}

    record Float1(float value) {}

    record Lasting(Duration value) {}

    record Moment(Instant value) {}

    record Colors(Map<Color, Integer> value) {}

    record Numbered(Map<Integer, String> value) {}

    interface Open {}

    record Opened(List<Open> value) {}

    record Closed(@Nullable Open value) {}

    record Particular(ArrayList<String> value) {}

    record Endless<T>(Optional<Endless<List<T>>> a, Optional<Endless<Optional<T>>> b) {}

    sealed interface Twin permits One, Other {}

    record One(int a) implements Twin {}

    record Other(int a) implements Twin {}

    sealed interface Either permits Left, Right {}

    record Left(int a, Optional<String> b) implements Either {}

    record Right(int a, Optional<String> c) implements Either {}

    private static final Map<String, Class<?>> TYPES = Map.of(
            "int", Whole.class,
            "long", Large.class,
            "BigInteger", Big.class,
            "BigDecimal", Exact.class,
            "double", Double1.class,
            "float", Float1.class,
            "Duration", Lasting.class,
            "Instant", Moment.class);

    private static <V> V read(Class<V> type, String value) {
        return JsonType.of(type).read(Json.parse("{\"value\":" + value + "}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"int", "long", "BigInteger", "BigDecimal", "double", "float", "Duration", "Instant"})
    void aNumberOfAMillionDigitsInATextIsRefusedUnread(String type) {
        String text = "\"" + (type.equals("Duration") ? "PT" : "") + "9".repeat(3_000_000) + "\"";
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            assertThatThrownBy(() -> read(TYPES.get(type), text))
                    .isInstanceOf(JsonException.class)
                    .satisfies(error -> assertThat(error.getMessage())
                            .contains("value: " + type + " expected")
                            .hasSizeLessThan(300));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "double, 1e400",
        "double, \"1e400\"",
        "double, \"NaN\"",
        "float, 1e39",
        "float, -1e39",
        "int, 1e-400",
        "int, 1.00000000000000000001",
        "long, 9007199254740993.5",
        "BigInteger, 1e-999999999",
        "BigInteger, \"1e-999999999\"",
        "BigInteger, 1e999999999",
        "BigInteger, 12345678901234567890.5",
    })
    void aNumberThatItsTypeDoesNotHoldDoesNotFit(String type, String number) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> assertThatThrownBy(() -> read(TYPES.get(type), number))
                        .isInstanceOf(JsonException.class)
                        .hasMessageContaining("value: " + type + " expected"));
    }

    @Test
    void exactNumbersKeepTheirDigits() {
        BigDecimal many = new BigDecimal("0.12345678901234567890123456789");
        assertThat(read(Exact.class, "" + many).value()).isEqualTo(many);
        assertThat(read(Exact.class, "1e-400").value()).isEqualByComparingTo("1e-400");
        assertThat(read(Exact.class, "0.10").value()).isEqualByComparingTo("0.1");
        assertThat(Json.parse("{\"value\":" + many + "}").as(Exact.class).value())
                .isEqualTo(many);
        assertThat(read(Large.class, "9007199254740993.0").value()).isEqualTo(9007199254740993L);
        assertThat(read(Big.class, "0e999999999").value()).isZero();
        assertThat(read(Big.class, "1e20").value()).isEqualTo("100000000000000000000");
        assertThat(read(Double1.class, "1e-400").value()).isZero();
        assertThat(Json.parse("[0.12345678901234567890123456789,0.0]").toJava())
                .as("for anything else doubles are enough")
                .isEqualTo(List.of(0.12345678901234567890123456789, 0.0));
    }

    @Test
    void theArgumentsOfAMethodKeepTheirDigitsToo() throws Exception {
        var method = BigDecimal.class.getMethod("add", BigDecimal.class);
        assertThat(JsonType.ofParameters(method, List.of("a"))
                        .read(Json.parse("{\"a\":0.12345678901234567890123456789}")))
                .containsExactly(new BigDecimal("0.12345678901234567890123456789"));
    }

    @Test
    void theKeysOfAMapAreRead() {
        assertThat(read(Colors.class, "{\"RED\":1,\"light blue\":2}").value())
                .isEqualTo(Map.of(Color.RED, 1, Color.BLUE, 2));
        assertThatThrownBy(() -> read(Colors.class, "{\"GREEN\":1}"))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("value.GREEN: one of [RED, light blue] expected, not \"GREEN\"");
        assertThatThrownBy(() -> read(Colors.class, "{\"RED\":\"no number\"}"))
                .hasMessageContaining("value.RED: Integer expected");
        assertThatThrownBy(() -> Json.parse("{\"value\":{\"1\":\"a\"}}").as(Numbered.class))
                .isInstanceOf(JsonException.class);
    }

    @Test
    void aTypeThatNothingCanBeReadAsIsRefusedBeforeThereIsAnswer() throws Exception {
        Map<Class<?>, String> why = Map.of(
                Numbered.class, "type: Numbered.value: the keys of a map are texts, or constants of an enum, not",
                Open.class, "type: Open: " + Open.class.getName() + " may be anything that implements it",
                Number1.class, "may be anything that implements it",
                Opened.class, "type: Opened.value: " + Open.class.getName() + " may be anything",
                Particular.class, "type: Particular.value: java.util.ArrayList is not among the types",
                Twin.class, "One and Other have components of the same names");
        why.forEach((type, message) -> assertThatThrownBy(() -> JsonType.of(type))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message));
        JsonType.of(Endless.class);
        assertThat(JsonType.of(Closed.class).read(Json.parse("{}"))).isEqualTo(new Closed(null));
        var method = List.class.getMethod("add", int.class, Object.class);
        assertThatThrownBy(() -> JsonType.ofParameters(method, List.of("a", "a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("names: each only once expected");
    }

    abstract static class Number1 {
        public int value;
    }

    @Test
    void unknownFieldsArePassedOverInRecordsOfASealedInterfaceToo() {
        JsonType<Either> type = JsonType.of(Either.class);
        assertThat(type.read(Json.parse("{\"a\":1,\"b\":\"x\",\"new\":[]}"))).isEqualTo(new Left(1, Optional.of("x")));
        assertThat(type.read(Json.parse("{\"new\":[],\"c\":null,\"a\":1}"))).isEqualTo(new Right(1, Optional.empty()));
        for (String unclear : List.of("{\"a\":1,\"new\":2}", "{\"a\":1,\"b\":\"x\",\"c\":\"y\"}", "{\"new\":1}"))
            assertThatThrownBy(() -> type.read(Json.parse(unclear)))
                    .isInstanceOf(JsonException.class)
                    .hasMessageContaining("Either expected, not " + unclear)
                    .hasMessageEndingWith("Left is told by the fields [a, b], Right is told by the fields [a, c]");
    }

    @Test
    void anExceptionThatCannotBeAskedIsARefusalLikeOthers() {
        record Picky(int value) {
            Picky {
                throw new Unspeakable();
            }
        }
        assertThatThrownBy(() -> read(Picky.class, "1"))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("refuses it: " + Unspeakable.class.getName())
                .hasNoCause();
    }

    static final class Unspeakable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }
    }
}
