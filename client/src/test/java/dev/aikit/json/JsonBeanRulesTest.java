package dev.aikit.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.File;
import java.math.BigDecimal;
import java.net.URL;
import java.nio.file.Path;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What beans hold follows the rules of what records hold, whether all of it has to be there or not. */
class JsonBeanRulesTest {
    enum Color {
        RED
    }

    sealed interface Shape permits Circle {}

    record Circle(String name, double radius) implements Shape {}

    static class Everything {
        public Optional<String> maybe = Optional.empty();
        public Set<String> set = Set.of();
        public Json json = Json.missing();
        public Instant moment = Instant.EPOCH;
        public Color color = Color.RED;
        public Shape shape = new Circle("c", 1);
        public List<List<Circle>> rows = List.of();
        public Map<Color, Circle> named = Map.of();
        public byte[] bytes = {1, 2};
        public char[] letters = {'a'};
        public float part = 0.1f;
    }

    static class Strict {
        public int number;
        public byte small;
        public double real;
        public char letter;
        public Color color;
        public List<Strict> all;
    }

    static class Setters {
        private final List<Object> calls = new ArrayList<>();
        private String name = "";
        public final int fixed = Integer.parseInt("1");

        public void setName(String name) {
            this.name = name;
        }

        public void setName(int name) {
            this.name = "int " + name;
        }

        public void setExtra(BigDecimal extra) {
            calls.add(extra);
        }

        public void setListener(Runnable listener) {
            calls.add(listener);
        }

        void setHidden(String hidden) {
            calls.add(hidden);
        }
    }

    static class Named {
        public String name;

        public Named(String name) {
            this.name = name;
        }
    }

    interface Unfinished {}

    static class Old {
        public ArrayList<String> list;
    }

    static class Refusing {
        public Refusing() {
            throw new IllegalStateException("no more of them");
        }
    }

    record Broken(int number) {
        @Override
        public int number() {
            throw new IllegalStateException("not now");
        }
    }

    static class Fragile {
        public int getNumber() {
            throw new IllegalStateException("not now");
        }
    }

    record Exact(@Nullable Holder holder) {}

    static class Holder {
        public BigDecimal price;
    }

    private static final String EVERYTHING =
            "{\"bytes\":[1,2],\"color\":\"RED\",\"json\":{\"a\":1},\"letters\":[\"a\"],"
                    + "\"maybe\":\"m\",\"moment\":\"1970-01-01T00:00:01Z\",\"named\":{\"RED\":{\"name\":\"n\",\"radius\":2.0}},"
                    + "\"part\":0.1,\"rows\":[[{\"name\":\"r\",\"radius\":3.0}]],\"set\":[\"s\"],"
                    + "\"shape\":{\"name\":\"c\",\"radius\":4.0}}";

    @Test
    void whatRecordsMayHoldBeansMayHold() {
        Everything read = Json.parse(EVERYTHING).as(Everything.class);
        assertThat(read.maybe).contains("m");
        assertThat(read.moment).isEqualTo(Instant.ofEpochSecond(1));
        assertThat(read.shape).isEqualTo(new Circle("c", 4));
        assertThat(read.rows.get(0)).containsExactly(new Circle("r", 3));
        assertThat(read.named).isEqualTo(Map.of(Color.RED, new Circle("n", 2)));
        assertThat(Json.of(read)).as("written as it was read").hasToString(EVERYTHING);
        assertThat(JsonType.of(Everything.class).read(Json.parse(EVERYTHING)))
                .usingRecursiveComparison()
                .isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"number\":1.5} | Strict.number: int expected, not 1.5",
                "{\"number\":true} | Strict.number: int expected, not true",
                "{\"number\":\"abc\"} | Strict.number: int expected, not \"abc\"",
                "{\"number\":{}} | Strict.number: int expected, not {}",
                "{\"small\":300} | Strict.small: byte expected, not 300",
                "{\"real\":1e400} | Strict.real: double expected, not 1E+400",
                "{\"letter\":\"ab\"} | Strict.letter: char expected, not \"ab\"",
                "{\"color\":0} | Strict.color: one of [RED] expected, not 0",
                "{\"all\":[{},{\"number\":[]}]} | Strict.all[1].number: int expected, not []",
                "[] | Strict: Strict expected, not []",
            })
    void nothingBecomesAnotherValueAndThePlaceIsNamed(String json, String expected) {
        assertThatThrownBy(() -> Json.parse(json).as(Strict.class))
                .isInstanceOf(JsonException.class)
                .hasMessage("the JSON does not fit " + expected);
    }

    @Test
    void publicSettersAloneAreCalledOfSeveralTheOneThatFitsTheField() {
        Setters read = Json.parse("{\"name\":\"7\",\"extra\":0.12345678901234567890,\"hidden\":\"h\",\"fixed\":2}")
                .as(Setters.class);
        assertThat(read.name).isEqualTo("7");
        assertThat(read.calls).containsExactly(new BigDecimal("0.12345678901234567890"));
        assertThat(read.fixed).isEqualTo(1);
    }

    @Test
    void whatNoSchemaNamesNoAnswerSets() {
        JsonType<Setters> type = JsonType.of(Setters.class);
        Setters read = type.read(Json.parse("{\"name\":\"n\",\"extra\":1,\"listener\":{}}"));
        assertThat(read.name).isEqualTo("n");
        assertThat(read.calls).isEmpty();
        assertThatThrownBy(() -> type.read(Json.parse("{\"extra\":1}")))
                .hasMessageContaining("name: String expected, but it is missing");
    }

    @Test
    void numbersThatSeveralThreadsChangeAreWhole() {
        LongAdder adder = new LongAdder();
        adder.add(Long.MAX_VALUE);
        assertThat(Json.of(List.of(new AtomicLong(9007199254740993L), new AtomicInteger(5), adder)))
                .hasToString("[9007199254740993,5,9223372036854775807]");
    }

    @Test
    void numbersOfABeanThatMayBeNullKeepTheirDigits() {
        String many = "0.12345678901234567890123456789";
        Exact read = Json.parse("{\"holder\":{\"price\":" + many + "}}").as(Exact.class);
        assertThat(read.holder().price).isEqualTo(many);
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                arguments(
                        ArrayList.class,
                        "ArrayList: java.util.ArrayList is not among the types that are read from JSON"),
                arguments(Old.class, "Old.list: java.util.ArrayList is not among the types that are read from JSON"),
                arguments(Named.class, "Named: " + Named.class.getName() + " has no constructor without parameters"),
                arguments(Unfinished.class, "Unfinished: " + Unfinished.class.getName() + " may be anything"),
                arguments(Refusing.class, "Refusing: " + Refusing.class.getName() + " refuses it: "));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void whatCannotBeMadeSaysWhy(Class<?> type, String why) {
        assertThatThrownBy(() -> Json.parse("{\"list\":[]}").as(type))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining(why);
    }

    @Test
    void placesAreTexts() throws Exception {
        Object places = List.of(Path.of("a"), new File("c"), new URL("http://localhost/d"));
        assertThat(Json.of(places)).hasToString("[\"a\",\"c\",\"http://localhost/d\"]");
    }

    @Test
    void datesAreTextsAsTheTimesOfJavaAre() {
        Object dates =
                List.of(new Date(1), new Timestamp(1), java.sql.Date.valueOf("2026-11-28"), Time.valueOf("14:30:00"));
        assertThat(Json.of(dates))
                .hasToString("[\"1970-01-01T00:00:00.001Z\",\"1970-01-01T00:00:00.001Z\",\"2026-11-28\",\"14:30:00\"]");
    }

    static List<Object> unwritable() {
        return List.of(
                Locale.ROOT,
                Optional.class,
                new Object(),
                Map.entry(1, 2),
                List.of().iterator());
    }

    @ParameterizedTest
    @MethodSource("unwritable")
    void javasOwnObjectsAreNotTakenForBeans(Object object) {
        assertThatThrownBy(() -> Json.of(Map.of("a", object)))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("cannot write a " + object.getClass().getName() + " as JSON: pass a record");
    }

    @Test
    void whatIsIteratedOverIsAnArray() {
        Iterable<Integer> numbers = List.of(1, 2)::iterator;
        assertThat(Json.of(numbers)).hasToString("[1,2]");
    }

    @Test
    void aNumberThatJsonDoesNotHaveIsRefusedInABeanToo() {
        Strict bean = new Strict();
        bean.real = Double.NaN;
        assertThatThrownBy(() -> Json.of(bean))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("NaN");
    }

    @Test
    void whatGettersThrowIsTheReason() {
        for (Object each : List.of(new Broken(1), new Fragile()))
            assertThatThrownBy(() -> Json.of(each))
                    .isInstanceOf(JsonException.class)
                    .hasMessage("cannot read number of " + each.getClass().getName()
                            + ": java.lang.IllegalStateException: not now")
                    .hasCauseInstanceOf(IllegalStateException.class);
    }
}
