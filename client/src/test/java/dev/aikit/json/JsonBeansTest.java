package dev.aikit.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading objects with bean properties. */
class JsonBeansTest {
    record Point(String label, int x) {}

    static class Plain {
        public int number = 5;
        public String text = "own";
        public Integer boxed = 6;
        public boolean on = true;
        public Color color = Color.RED;
        public List<String> texts = List.of("own");
        public int[] numbers = {1};
        public Plain child;
        public Object any = "own";
    }

    static class Holding {
        public List<Plain> list;
        public Plain[] array;
        public Map<String, Plain> map;
        public Map<String, List<Plain>> lists;
        public Point point;
        public List<Point> points;
        public BigDecimal exact;
    }

    /** Whose properties do not have the names of its fields. */
    static class Methods {
        private String kept = "own";
        private String aName = "a";
        private final List<String> calls = new ArrayList<>();

        public void setOnly(String only) {
            calls.add("only " + only);
        }

        public Methods setFluent(int number) {
            calls.add("fluent " + number);
            return this;
        }

        public String getKept() {
            return kept;
        }

        public String getaName() {
            return aName;
        }

        public void setaName(String name) {
            aName = name;
        }

        public void setURL(String address) {
            calls.add("URL " + address);
        }

        public static void setShared(String value) {
            throw new IllegalStateException("static " + value);
        }
    }

    static class Base<T> {
        public int open = 1;
        private T held;
        private List<T> all;

        public T getHeld() {
            return held;
        }

        public void setHeld(T held) {
            this.held = held;
        }

        public List<T> getAll() {
            return all;
        }

        public void setAll(List<T> all) {
            this.all = all;
        }
    }

    static class Derived extends Base<Point> {
        public String own = "own";
    }

    static class Overriding extends Base<Point> {
        @Override
        public void setHeld(Point held) {
            super.setHeld(held);
        }
    }

    static class Hidden {
        public int number;

        private Hidden() {}
    }

    class Inner {
        public int number = 3;
    }

    abstract static class Unfinished {
        public int number;
    }

    interface Promise {
        int getNumber();
    }

    static class Demanding {
        public Demanding(int number) {
            assertThat(number).isZero();
        }
    }

    static class Refusing {
        public int getNumber() {
            throw new IllegalStateException("not now");
        }

        public void setNumber(int number) {
            throw new IllegalStateException("not " + number);
        }
    }

    private static <V> V read(Class<V> type, String json) {
        return Json.parse(json).as(type);
    }

    @Test
    void whatIsAbsentKeepsTheBeansOwnValue() {
        assertThat(read(Plain.class, "{\"unknown\":{\"number\":1}}"))
                .usingRecursiveComparison()
                .isEqualTo(new Plain());
    }

    @Test
    void nullIsNullOrZero() {
        Plain read = read(
                Plain.class,
                "{\"number\":null,\"text\":null,\"boxed\":null,\"on\":null,\"color\":null,\"texts\":null,\"any\":null}");
        assertThat(read.number).isZero();
        assertThat(read.on).isFalse();
        assertThat(Stream.of(read.text, read.boxed, read.color, read.texts, read.any))
                .containsOnlyNulls();
    }

    @Test
    void scalarsEnumsAndArraysAreRead() {
        Plain read = read(
                Plain.class,
                "{\"number\":\"7\",\"text\":8,\"on\":\"true\",\"color\":\"light blue\",\"texts\":[1,null],\"numbers\":[1,2],"
                        + "\"child\":{\"number\":9},\"any\":{\"a\":[\"b\"]}}");
        assertThat(read.number).isEqualTo(7);
        assertThat(read.text).isEqualTo("8");
        assertThat(read.on).isTrue();
        assertThat(read.color).isEqualTo(Color.BLUE);
        assertThat(read.texts).containsExactly("1", null);
        assertThat(read.numbers).containsExactly(1, 2);
        assertThat(read.child.number).isEqualTo(9);
        assertThat(read.child.text).isEqualTo("own");
        assertThat(read.any).isEqualTo(Map.of("a", List.of("b")));
    }

    @Test
    void beansAndRecordsAreReadInListsMapsAndArrays() {
        Holding read = read(
                Holding.class,
                "{\"list\":[{\"number\":1},null],\"array\":[{\"number\":2}],\"map\":{\"a\":{\"number\":3}},"
                        + "\"lists\":{\"b\":[{\"number\":4}]},\"point\":{\"x\":5},\"points\":[{\"x\":6,\"label\":\"p\"}],"
                        + "\"exact\":0.12345678901234567890123456789}");
        assertThat(read.list.get(0).number).isEqualTo(1);
        assertThat(read.list.get(1)).isNull();
        assertThat(read.array[0].number).isEqualTo(2);
        assertThat(read.map.get("a").number).isEqualTo(3);
        assertThat(read.lists.get("b").get(0).number).isEqualTo(4);
        assertThat(read.point).isEqualTo(new Point(null, 5));
        assertThat(read.points).containsExactly(new Point("p", 6));
        assertThat(read.exact).isEqualTo("0.12345678901234567890123456789");
    }

    @Test
    void settersNameTheirPropertiesWhateverTheFieldsAre() {
        Methods read = read(
                Methods.class,
                "{\"only\":\"o\",\"fluent\":1,\"kept\":\"no setter\",\"aName\":\"n\",\"URL\":\"u\",\"shared\":\"s\"}");
        assertThat(read.calls).containsExactlyInAnyOrder("only o", "fluent 1", "URL u");
        assertThat(read.kept).isEqualTo("own");
        assertThat(read.aName).isEqualTo("n");
    }

    @Test
    void propertiesOfSuperclassesAreReadAndWritten() {
        Derived read = read(
                Derived.class, "{\"open\":2,\"own\":\"o\",\"held\":{\"x\":1},\"all\":[{\"label\":\"l\",\"x\":2}]}");
        assertThat(read.getHeld()).isEqualTo(new Point(null, 1));
        assertThat(read.getAll()).containsExactly(new Point("l", 2));
        assertThat(Json.of(read))
                .hasToString("{\"all\":[{\"label\":\"l\",\"x\":2}],\"held\":{\"label\":null,\"x\":1},\"open\":2,"
                        + "\"own\":\"o\"}");
        assertThat(read(Overriding.class, "{\"held\":{\"x\":1}}").getHeld()).isEqualTo(new Point(null, 1));
    }

    @Test
    void theConstructorNeedNotBePublic() {
        assertThat(read(Hidden.class, "{\"number\":2}").number).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(classes = {Inner.class, Unfinished.class, Promise.class, Demanding.class})
    void whatNobodyCanMakeDoesNotFit(Class<?> type) {
        assertThatThrownBy(() -> read(type, "{\"number\":1}"))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining(type.getName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "true", "7", "\"text\""})
    void whatIsNoObjectIsNoBean(String json) {
        assertThatThrownBy(() -> read(Plain.class, json))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("the JSON does not fit")
                .hasMessageContaining("Plain");
    }

    static List<String> misfits() {
        return List.of(
                "{\"number\":99999999999}",
                "{\"texts\":7}",
                "{\"color\":\"GREEN\"}",
                "{\"on\":1}",
                "{\"child\":[]}",
                "{\"child\":\"text\"}");
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void aPropertyThatDoesNotFitIsAMisfitOfTheBean(String json) {
        assertThatThrownBy(() -> read(Plain.class, json))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("the JSON does not fit")
                .hasMessageContaining("Plain");
    }

    @Test
    void whatASetterThrowsIsReported() {
        assertThatThrownBy(() -> read(Refusing.class, "{\"number\":1}"))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("Refusing")
                .hasMessageContaining("not 1");
    }
}
