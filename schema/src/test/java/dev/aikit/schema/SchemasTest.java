package dev.aikit.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.json.Description;
import dev.aikit.json.Json;
import dev.aikit.json.JsonType;
import dev.aikit.schema.internal.GeneratedSchemas;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which schema becomes of which type, and which type has none. */
class SchemasTest {
    enum Size {
        SMALL,
        LARGE {
            @Override
            public String toString() {
                return "large";
            }
        }
    }

    @Description("A step.")
    record Step(@Description("What to do.") String text, int minutes) {}

    record Node(String name, List<Node> children, @Nullable Node parent) {}

    sealed interface Shape permits Circle, Rectangle {}

    record Circle(double radius) implements Shape {}

    record Rectangle(double width, double height) implements Shape {}

    record Page<T>(List<T> items) {}

    record Mapped(String name, List<Inner> inner) {
        record Inner(Map<String, Integer> prices) {}
    }

    private static Json property(Class<?> type, String name) {
        return JsonType.of(type).schema(true).get("properties").get(name);
    }

    @Test
    void aRecordBecomesAnObjectWhoseFieldsAreAllRequired() {
        assertThat(JsonType.of(Step.class).schema(true))
                .isEqualTo(Json.parse("{\"type\":\"object\",\"description\":\"A step.\",\"properties\":{"
                        + "\"text\":{\"type\":\"string\",\"description\":\"What to do.\"},\"minutes\":{\"type\":\"integer\"}},"
                        + "\"required\":[\"text\",\"minutes\"],\"additionalProperties\":false}"));
    }

    @Test
    void theFieldsStandInTheOrderOfTheComponents() {
        record Ordered(String z, String a, String m) {}
        assertThat(JsonType.of(Ordered.class)
                        .schema(true)
                        .get("properties")
                        .fields()
                        .keySet())
                .containsExactly("z", "a", "m");
    }

    @Test
    void simpleTypesHaveTheirNames() {
        record Simple(
                byte b,
                Long l,
                float f,
                Boolean on,
                char c,
                LocalDate day,
                Instant at,
                LocalTime time,
                UUID id,
                Size s) {}
        assertThat(property(Simple.class, "b")).hasToString("{\"type\":\"integer\"}");
        assertThat(property(Simple.class, "l")).hasToString("{\"type\":\"integer\"}");
        assertThat(property(Simple.class, "f")).hasToString("{\"type\":\"number\"}");
        assertThat(property(Simple.class, "on")).hasToString("{\"type\":\"boolean\"}");
        assertThat(property(Simple.class, "c")).hasToString("{\"type\":\"string\"}");
        assertThat(property(Simple.class, "day")).hasToString("{\"type\":\"string\",\"format\":\"date\"}");
        assertThat(property(Simple.class, "at")).hasToString("{\"type\":\"string\",\"format\":\"date-time\"}");
        assertThat(property(Simple.class, "time").get("format").isPresent()).isFalse();
        assertThat(property(Simple.class, "id")).hasToString("{\"type\":\"string\",\"format\":\"uuid\"}");
        assertThat(property(Simple.class, "s")).hasToString("{\"type\":\"string\",\"enum\":[\"SMALL\",\"large\"]}");
    }

    @Test
    void whatMayBeNullSaysSo() {
        record Perhaps(
                @Nullable String a,
                Optional<Integer> b,
                List<@Nullable String> c,
                @Nullable List<String> d) {}
        String text = "{\"anyOf\":[{\"type\":\"null\"},{\"type\":\"string\"}]}";
        assertThat(property(Perhaps.class, "a")).hasToString(text);
        assertThat(property(Perhaps.class, "b")).hasToString(text.replace("string", "integer"));
        assertThat(property(Perhaps.class, "c").get("items")).hasToString(text);
        assertThat(property(Perhaps.class, "d"))
                .hasToString(text.replace("\"string\"", "\"array\",\"items\":{\"type\":\"string\"}"));
        assertThat(JsonType.of(Perhaps.class).schema(true).get("required").size())
                .isEqualTo(4);
        assertThat(JsonType.of(Perhaps.class).schema(false).get("required")).hasToString("[\"c\"]");
    }

    @Test
    void aTypeThatHoldsItselfRefersToItself() {
        Json schema = JsonType.of(Node.class).schema(true);
        assertThat(schema.get("properties").get("children").get("items")).hasToString("{\"$ref\":\"#\"}");
        assertThat(schema.get("properties").get("parent").get("anyOf").get(1)).hasToString("{\"$ref\":\"#\"}");
    }

    @Test
    void nothingStandsBesideAReference() {
        record Two(Step first, @Description("The second.") Step second) {}
        assertThat(property(Two.class, "first")).hasToString("{\"$ref\":\"#/$defs/Step\"}");
        assertThat(property(Two.class, "second"))
                .isEqualTo(Json.parse("{\"description\":\"The second.\",\"anyOf\":[{\"$ref\":\"#/$defs/Step\"}]}"));
    }

    @Test
    void aSealedInterfaceIsOneOfItsRecords() {
        record Drawing(Shape shape, List<Shape> others) {}
        assertThat(property(Drawing.class, "shape"))
                .hasToString("{\"anyOf\":[{\"$ref\":\"#/$defs/Circle\"},{\"$ref\":\"#/$defs/Rectangle\"}]}");
    }

    @Test
    void typeParametersAreFilledIn() {
        record Book(Page<Step> steps, Page<String> words) {}
        assertThat(property(Book.class, "words").get("properties").get("items").get("items"))
                .hasToString("{\"type\":\"string\"}");
        assertThat(property(Book.class, "steps")
                        .get("properties")
                        .get("items")
                        .get("items")
                        .get("type"))
                .hasToString("\"object\"");
    }

    @Test
    void mapsAreOnlyAllowedWithoutStrict() {
        assertThatThrownBy(() -> JsonType.of(Mapped.class).schema(true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("prices: strict mode has no maps; use a list of records");
        assertThat(JsonType.of(Mapped.class).schema(false).toString())
                .contains("\"prices\":{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"}}");
    }

    @Test
    void theKeysOfMapsAreTextsOrConstants() {
        record Sized(Map<Size, Integer> counts) {}
        record Numbered(Map<Integer, String> names) {}
        assertThat(JsonType.of(Sized.class).schema(false).toString())
                .contains("\"counts\":{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"}}");
        assertThatThrownBy(() -> new GeneratedSchemas().schemaOf(Numbered.class, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the keys of a map are texts, or constants of an enum, not java.lang.Integer");
    }

    @Test
    void anyJsonIsOnlyAllowedWithoutStrict() {
        record Any(Json json) {}
        assertThatThrownBy(() -> JsonType.of(Any.class).schema(true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Any.json: strict mode wants a type");
        assertThat(JsonType.of(Any.class).schema(false).get("properties")).hasToString("{\"json\":{}}");
    }

    @Test
    void strictModeWantsAnObject() {
        for (Class<?> type : List.of(Shape.class, String.class, int[].class, Size.class, Map.class))
            assertThatThrownBy(() -> JsonType.of(type).schema(true))
                    .as("%s", type)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(type.getSimpleName());
    }

    @Test
    void typesThatAreNotReadHaveNoSchema() {
        record Jdk(OptionalInt number) {}
        record Concrete(ArrayList<String> list) {}
        record Abstract(Runnable task) {}
        for (Class<?> type : List.of(Jdk.class, Concrete.class, Abstract.class))
            for (boolean strict : List.of(true, false))
                assertThatThrownBy(() -> JsonType.of(type).schema(strict))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("java.");
    }

    sealed interface Twins permits One, Other {}

    record One(String name) implements Twins {}

    record Other(String name) implements Twins {}

    sealed interface Mixed permits One2, NoRecord {}

    record One2(String name) implements Mixed {}

    static final class NoRecord implements Mixed {}

    @Test
    void recordsOfASealedInterfaceThatCannotBeToldApartHaveNoSchema() {
        record HoldsTwins(Twins twins) {}
        record HoldsMixed(Mixed mixed) {}
        assertThatThrownBy(() -> JsonType.of(HoldsTwins.class).schema(true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("One and Other have components of the same names");
        assertThatThrownBy(() -> JsonType.of(HoldsMixed.class).schema(true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NoRecord: only records");
    }

    /** With bean properties, and with something of its own. */
    public static class Bean {
        public Set<String> open = Set.of();
        public final int fixed = 2;
        private String name = "";
        private @Nullable LocalDate day;
        private final int hidden = 1;

        /** A property. */
        public String getName() {
            return name + "".repeat(hidden);
        }

        /** A property. */
        public void setDay(@Nullable LocalDate day) {
            this.day = day;
        }

        /** A property. */
        public void setName(String name) {
            this.name = name;
        }

        /** A property that no field has, and so no schema. */
        public void setGreeting(String greeting) {
            name = greeting.replace("Hello ", "");
        }
    }

    /** With names that are not usual, with what is not kept, and with setters of Java's own. */
    public static class Odd extends Thread {
        public int number;
        public transient int passing = 1;
        private int X;
        private String aName = "";

        /** A property. */
        public void setX(int x) {
            X = x;
        }

        /** A property. */
        public void setaName(String name) {
            aName = name;
        }
    }

    /** Without the constructor that a bean has. */
    public static class NoBean {
        NoBean(int number) {
            assertThat(number).isZero();
        }
    }

    @Test
    void aBeanHasThePropertiesThatAreSet() {
        assertThat(JsonType.of(Bean.class)
                        .schema(true)
                        .get("properties")
                        .fields()
                        .keySet())
                .containsExactlyInAnyOrder("open", "name", "day");
    }

    @Test
    void anAnswerSetsWhatTheSchemaNamesWhateverTheNamesAre() {
        JsonType<Odd> type = JsonType.of(Odd.class);
        assertThat(type.schema(true).get("properties").fields().keySet())
                .containsExactlyInAnyOrder("number", "X", "aName");
        Odd read = type.read(
                Json.parse("{\"number\":2,\"X\":3,\"aName\":\"a\",\"passing\":4,\"name\":\"odd\",\"priority\":9}"));
        assertThat(List.of(read.number, read.X, read.passing)).containsExactly(2, 3, 1);
        assertThat(read.aName).isEqualTo("a");
        assertThat(read.getName()).isNotEqualTo("odd");
    }

    static void grow(Node tree, Optional<Node> other) {}

    @Test
    void parametersMayHoldThemselvesToo() throws Exception {
        var method = SchemasTest.class.getDeclaredMethod("grow", Node.class, Optional.class);
        Json schema = JsonType.ofParameters(method, List.of("tree", "other")).schema(true);
        Json node = schema.get("$defs").get("Node");
        assertThat(schema.get("properties").get("tree")).hasToString("{\"$ref\":\"#/$defs/Node\"}");
        assertThat(schema.get("properties").get("other").get("anyOf").get(0))
                .hasToString("{\"$ref\":\"#/$defs/Node\"}");
        assertThat(node.get("properties").get("children").get("items")).hasToString("{\"$ref\":\"#/$defs/Node\"}");
        assertThat(schema.get("required")).hasToString("[\"tree\",\"other\"]");
    }

    @Test
    void aBeanIsReadWithWhatItsSchemaNames() {
        Bean bean = JsonType.of(Bean.class).read(Json.parse("{\"name\":\"n\",\"open\":[\"a\"]}"));
        assertThat(bean.getName()).isEqualTo("n");
        assertThat(bean.open).containsExactly("a");
        assertThat(bean.day).isNull();
        assertThat(JsonType.of(Bean.class).read(Json.parse("{\"name\":\"n\",\"open\":[],\"day\":\"2026-11-22\"}")).day)
                .isEqualTo(LocalDate.of(2026, 11, 22));
        assertThatThrownBy(() -> JsonType.of(Bean.class).read(Json.parse("{\"open\":[]}")))
                .hasMessageContaining("name: String expected, but it is missing");
        assertThatThrownBy(() -> JsonType.of(Bean.class).read(Json.parse("7"))).hasMessageContaining("Bean expected");
        assertThatThrownBy(() -> JsonType.of(NoBean.class))
                .hasMessageContaining("a class with a constructor without parameters");
    }

    @Test
    void aSchemaIsDerivedOnce() {
        assertThat(JsonType.of(Step.class).schema(true))
                .isSameAs(JsonType.of(Step.class).schema(true));
    }
}
