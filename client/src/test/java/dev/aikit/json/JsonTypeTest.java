package dev.aikit.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading what has to be complete. */
class JsonTypeTest {
    sealed interface Shape permits Circle, Rectangle {}

    record Circle(double radius) implements Shape {}

    record Rectangle(double width, double height, Optional<String> name) implements Shape {}

    record Page<T>(List<T> items, @Nullable T first) {}

    record Drawing(Shape shape, Page<Shape> pages, Map<String, LocalDate> days) {}

    private static <V> V read(Class<V> type, String json) {
        return JsonType.of(type).read(Json.parse(json));
    }

    @Test
    void theNamesOfTheFieldsSayWhichRecordOfASealedInterfaceItIs() {
        assertThat(read(Shape.class, "{\"radius\":1}")).isEqualTo(new Circle(1));
        Rectangle nameless = new Rectangle(1, 2, Optional.empty());
        assertThat(read(Shape.class, "{\"width\":1,\"height\":2}")).isEqualTo(nameless);
        assertThat(read(Shape.class, "{\"name\":null,\"height\":2,\"width\":1}"))
                .isEqualTo(nameless);
        for (String neither : List.of("{}", "{\"radius\":1,\"width\":2}", "{\"width\":1}", "7"))
            assertThatThrownBy(() -> read(Shape.class, neither))
                    .as(neither)
                    .isInstanceOf(JsonException.class)
                    .hasMessageContaining("Shape expected, not " + neither);
    }

    @Test
    void typeParametersAndTimesAreRead() {
        assertThat(
                        read(
                                Drawing.class,
                                "{\"shape\":{\"radius\":1},\"pages\":{\"items\":[{\"radius\":2}]},\"days\":{\"a\":\"2026-11-22\"}}"))
                .isEqualTo(new Drawing(
                        new Circle(1),
                        new Page<>(List.of(new Circle(2)), null),
                        Map.of("a", LocalDate.of(2026, 11, 22))));
        assertThat(Json.of(Instant.EPOCH)).hasToString("\"1970-01-01T00:00:00Z\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"pages\":{\"items\":[]},\"days\":{}} | shape: Shape expected, but it is missing",
                "{\"shape\":{\"radius\":1},\"pages\":{\"items\":[{\"radius\":\"x\"}]},\"days\":{}} | pages.items[0].radius: double expected",
                "{\"shape\":{\"radius\":1},\"pages\":{\"items\":[]},\"days\":{\"a\":\"today\"}} | days.a: LocalDate expected, not \"today\"",
                "{\"shape\":{\"radius\":1},\"pages\":{\"items\":[]},\"days\":{\"a\":7}} | days.a: LocalDate expected, not 7",
            })
    void whatDoesNotFitOrIsMissingIsNamed(String json, String expected) {
        assertThatThrownBy(() -> read(Drawing.class, json))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void theParametersOfAMethodAreReadToItsArguments() throws Exception {
        var method = List.class.getMethod("add", int.class, Object.class);
        JsonType<Object[]> type = JsonType.ofParameters(method, List.of("index", "element"));
        assertThat(type.read(Json.parse("{\"index\":1,\"element\":\"a\"}"))).containsExactly(1, "a");
        assertThatThrownBy(() -> type.read(Json.parse("{}"))).hasMessageContaining("index: int expected");
        assertThatThrownBy(() -> type.read(Json.parse("7"))).hasMessageContaining("an object expected");
        assertThatThrownBy(() -> JsonType.ofParameters(method, List.of("index")))
                .hasMessageContaining("names: 2 expected");
    }

    @Test
    void withoutTheArtifactForSchemasTheErrorNamesIt() {
        assertThatThrownBy(() -> JsonType.of(Circle.class).schema(true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("dev.aikit:aikit-schema");
    }
}
