package dev.aikit.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.aikit.json.Json;
import dev.aikit.json.JsonException;
import dev.aikit.json.JsonType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema of a type, what is written of it, and what is read as it, agree with each other. */
class RoundTripTest {
    private static final int RUNS = 300;

    enum Color {
        RED,
        BLUE {
            @Override
            public String toString() {
                return "sky blue";
            }
        }
    }

    sealed interface Shape permits Circle, Rectangle, Round {}

    record Circle(double radius) implements Shape {}

    record Rectangle(double width, double height, Optional<Color> color) implements Shape {}

    sealed interface Round extends Shape permits Ellipse {}

    record Ellipse(double radius, @Nullable Shape within) implements Round {}

    record Page<T>(List<T> items, @Nullable T first) {}

    record Tree(
            String snake_case,
            String camelCase,
            List<Tree> Children,
            @Nullable Tree left) {}

    record Scalars(
            String text,
            boolean yes,
            Boolean perhaps,
            byte b,
            short s,
            int i,
            Integer boxed,
            long l,
            float f,
            double d,
            char c,
            BigInteger big,
            BigDecimal exact,
            Color color) {}

    record Times(
            LocalDate day,
            LocalTime time,
            LocalDateTime both,
            OffsetDateTime there,
            Instant instant,
            Duration duration,
            UUID id,
            URI uri) {}

    record Holding(
            Optional<String> maybe,
            @Nullable Integer number,
            @Nullable Color color,
            @Nullable Times times,
            Optional<Scalars> scalars,
            List<@Nullable String> some,
            @Nullable List<String> list,
            Set<Long> set,
            List<List<Optional<Integer>>> deep,
            Shape shape,
            @Nullable Shape other,
            List<Shape> shapes,
            Page<Circle> circles,
            Page<Page<String>> pages) {}

    record Mapped(Map<String, Scalars> scalars, Map<String, List<Optional<Color>>> colors) {}

    private static List<Error> violations(Json schema, Json value) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema.toString())
                .validate(
                        value.toString(),
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    @ParameterizedTest
    @ValueSource(classes = {Tree.class, Scalars.class, Times.class, Holding.class, Mapped.class})
    void whatIsWrittenFitsTheSchemaAndIsReadBackEqual(Class<? extends Record> type) {
        RandomValues random = new RandomValues(42);
        JsonType<? extends Record> json = JsonType.of(type);
        boolean strict = type != Mapped.class;
        for (int run = 0; run < RUNS; run++) {
            Record value = random.of(type);
            Json written = Json.of(value);
            Json received = Json.parse(written.toString());

            assertThat(violations(json.schema(false), written))
                    .as("%s", written)
                    .isEmpty();
            if (strict)
                assertThat(violations(json.schema(true), written))
                        .as("%s", written)
                        .isEmpty();
            assertThat(json.read(received)).isEqualTo(value);
            assertThat((Object) received.as(type)).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Tree.class, Scalars.class, Times.class, Holding.class})
    void whatTheSchemaRefusesIsNotReadAndWhatItAllowsIs(Class<? extends Record> type) {
        RandomValues random = new RandomValues(7);
        JsonType<? extends Record> json = JsonType.of(type);
        int refused = 0;
        for (int run = 0; run < 20; run++) {
            Json written = Json.parse(Json.of(random.of(type)).toString());
            for (String field : written.fields().keySet())
                for (Json damaged : List.of(without(written, field), written.with(field, null))) {
                    if (violations(json.schema(false), damaged).isEmpty()) {
                        json.read(damaged);
                        continue;
                    }
                    refused++;
                    assertThatThrownBy(() -> json.read(damaged))
                            .as("%s", damaged)
                            .isInstanceOf(JsonException.class)
                            .hasMessageContaining(field);
                }
        }
        assertThat(refused).isGreaterThan(20);
    }

    private static Json without(Json object, String field) {
        Map<String, Object> fields = new LinkedHashMap<>(object.fields());
        fields.remove(field);
        return Json.of(fields);
    }
}
