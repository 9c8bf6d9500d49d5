package dev.aikit.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** From Java objects to JSON and back. */
class JsonObjectsTest {
    enum Color {
        RED,
        BLUE
    }

    record Point(int x, double y) {}

    record Shape(String name, List<Point> points, Map<String, Point> named, Color color, Point center, int[] sizes) {}

    private record Hidden(String name, boolean on) {}

    record Holder(Json json, long number) {}

    /** With bean properties. */
    public static class Bean {
        private String name = "b";

        /** A property. */
        public String getName() {
            return name;
        }

        /** A property. */
        public void setName(String name) {
            this.name = name;
        }
    }

    private static final Shape SHAPE = new Shape(
            "s", List.of(new Point(1, 2.5)), Map.of("a", new Point(3, 4)), Color.BLUE, new Point(0, 0), new int[] {1, 2
            });

    private static final String SHAPE_AS_TEXT =
            "{\"name\":\"s\",\"points\":[{\"x\":1,\"y\":2.5}],\"named\":{\"a\":{\"x\":3,\"y\":4.0}},"
                    + "\"color\":\"BLUE\",\"center\":{\"x\":0,\"y\":0.0},\"sizes\":[1,2]}";

    @Test
    void writesRecordsWithAllThatTheyHold() {
        assertThat(Json.of(SHAPE)).hasToString(SHAPE_AS_TEXT);
    }

    @Test
    void readsRecordsWithAllThatTheyHold() {
        Shape read = Json.parse(SHAPE_AS_TEXT).as(Shape.class);
        assertThat(read).usingRecursiveComparison().isEqualTo(SHAPE);
    }

    @Test
    void writesAndReadsRecordsThatAreLocalOrPrivate() {
        record Local(String name, List<Hidden> all) {}
        Local local = new Local("l", List.of(new Hidden("h", true)));
        assertThat(Json.of(local)).hasToString("{\"name\":\"l\",\"all\":[{\"name\":\"h\",\"on\":true}]}");
        assertThat(Json.of(local).as(Local.class)).isEqualTo(local);
    }

    @Test
    void readingARecordTakesWhatIsThereAndPassesOverWhatIsUnknown() {
        assertThat(Json.parse("{\"x\":5,\"new\":[1]}").as(Point.class)).isEqualTo(new Point(5, 0));
        Shape bare = Json.parse("{\"name\":null}").as(Shape.class);
        assertThat(bare.name()).isNull();
        assertThat(bare.points()).isNull();
    }

    @Test
    void readsRecordsThatHoldJson() {
        Holder holder = Json.parse("{\"json\":{\"a\":[1,null]},\"number\":7}").as(Holder.class);
        assertThat(holder.json().get("a").get(0).asInt(0)).isEqualTo(1);
        assertThat(holder.number()).isEqualTo(7);
    }

    @Test
    void writesOptionalsNullsArraysCharactersAndBeans() {
        record Mixed(Optional<String> there, Optional<String> not, Object nothing, char letter, CharSequence text) {}
        assertThat(Json.of(new Mixed(Optional.of("x"), Optional.empty(), null, 'c', new StringBuilder("b"))))
                .hasToString("{\"there\":\"x\",\"not\":null,\"nothing\":null,\"letter\":\"c\",\"text\":\"b\"}");
        assertThat(Json.of(new Object[] {1, (byte) 2, (short) 3, 4L, 5f, null})).hasToString("[1,2,3,4,5.0,null]");
        assertThat(Json.of(new Bean())).hasToString("{\"name\":\"b\"}");
        assertThat(Json.of(Arrays.asList(Color.RED, null))).hasToString("[\"RED\",null]");
    }

    @Test
    void readsBeansMapsListsAndSimpleValues() {
        assertThat(Json.parse("{\"name\":\"n\"}").as(Bean.class).getName()).isEqualTo("n");
        Map<?, ?> map = Json.parse("{\"a\":{\"b\":[1]}}").as(Map.class);
        assertThat(map.get("a")).isEqualTo(Map.of("b", List.of(1L)));
        assertThat((Object) Json.parse("[1,\"a\"]").as(List.class)).isEqualTo(List.of(1L, "a"));
        assertThat(Json.parse("\"a\"").as(String.class)).isEqualTo("a");
        assertThat(Json.parse("7").as(Integer.class)).isEqualTo(7);
        assertThat(Json.parse("{}").as(Json.class)).isEqualTo(Json.parse("{}"));
    }

    @Test
    void saysWhichTypeAValueDoesNotFit() {
        for (String wrong : List.of(
                "{\"x\":\"abc\"}",
                "{\"x\":1.5}",
                "{\"x\":99999999999}",
                "{\"x\":true}",
                "{\"x\":{}}",
                "[1]",
                "7",
                "null"))
            assertThatThrownBy(() -> Json.parse(wrong).as(Point.class))
                    .as(wrong)
                    .isInstanceOf(JsonException.class)
                    .hasMessageContaining("Point");
        assertThatThrownBy(() -> Json.missing().as(Point.class)).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> Json.parse("{\"color\":\"GREEN\"}").as(Shape.class))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("Shape");
    }

    @Test
    void namesThePlaceOfAMisfit() {
        assertThatThrownBy(
                        () -> Json.parse("{\"points\":[{\"x\":1},{\"x\":[]}]}").as(Shape.class))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("Shape.points[1].x: int expected, not []");
    }

    @Test
    void readsOptionalsSetsAndNumbersOfEverySize() {
        record Sizes(
                Optional<Point> there,
                Optional<String> not,
                Set<String> set,
                Long big,
                float part,
                BigDecimal exact,
                boolean on,
                String text,
                List<Optional<Integer>> some) {}
        Sizes read = Json.parse("{\"there\":{\"x\":1},\"set\":[\"b\",\"a\"],\"big\":\"7\",\"part\":0.5,\"exact\":2.50,"
                        + "\"on\":true,\"text\":8,\"some\":[1,null]}")
                .as(Sizes.class);
        assertThat(read)
                .isEqualTo(new Sizes(
                        Optional.of(new Point(1, 0)),
                        Optional.empty(),
                        Set.of("a", "b"),
                        7L,
                        0.5f,
                        new BigDecimal("2.5"),
                        true,
                        "8",
                        List.of(Optional.of(1), Optional.empty())));
    }

    @Test
    void reportsWhatTheConstructorOfARecordRefuses() {
        record Positive(int number) {
            Positive {
                if (number < 0) throw new IllegalArgumentException("number: below zero");
            }
        }
        assertThatThrownBy(() -> Json.parse("{\"number\":-1}").as(Positive.class))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("number: below zero");
    }

    @Test
    void aValueThatWasPutTogetherIsReadLikeOneThatWasReceived() {
        Json made = Json.of(Map.of("name", "s", "points", List.of(Map.of("x", 1L, "y", 2))));
        assertThat(made.as(Shape.class).points()).containsExactly(new Point(1, 2));
    }
}
