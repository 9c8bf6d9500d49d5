package dev.aikit.schema;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Instances of records, filled at random; the same for the same seed. */
final class RandomValues {
    private final Random random;
    private final Map<Class<?>, Supplier<Object>> scalars;

    RandomValues(long seed) {
        random = new Random(seed);
        scalars = Map.ofEntries(
                Map.entry(String.class, this::text),
                Map.entry(boolean.class, random::nextBoolean),
                Map.entry(Boolean.class, random::nextBoolean),
                Map.entry(byte.class, () -> (byte) random.nextInt()),
                Map.entry(short.class, () -> (short) random.nextInt()),
                Map.entry(int.class, random::nextInt),
                Map.entry(Integer.class, random::nextInt),
                Map.entry(long.class, random::nextLong),
                Map.entry(Long.class, random::nextLong),
                Map.entry(float.class, random::nextFloat),
                Map.entry(double.class, random::nextGaussian),
                Map.entry(Double.class, random::nextGaussian),
                Map.entry(char.class, () -> (char) ('a' + random.nextInt(500))),
                Map.entry(BigInteger.class, () -> new BigInteger(200, random)),
                Map.entry(
                        BigDecimal.class,
                        () -> BigDecimal.valueOf(random.nextInt(), 3).stripTrailingZeros()),
                Map.entry(LocalDate.class, () -> LocalDate.ofEpochDay(random.nextInt(40_000))),
                Map.entry(LocalTime.class, () -> LocalTime.ofSecondOfDay(random.nextInt(86_400))),
                Map.entry(LocalDateTime.class, () -> LocalDateTime.ofEpochSecond(random.nextInt(), 0, ZoneOffset.UTC)),
                Map.entry(Instant.class, () -> Instant.ofEpochMilli(random.nextInt() * 1000L)),
                Map.entry(
                        OffsetDateTime.class,
                        () -> OffsetDateTime.ofInstant(
                                Instant.ofEpochSecond(random.nextInt()), ZoneOffset.ofHours(random.nextInt(19) - 9))),
                Map.entry(Duration.class, () -> Duration.ofSeconds(random.nextInt(1_000_000))),
                Map.entry(UUID.class, () -> new UUID(random.nextLong(), random.nextLong())),
                Map.entry(URI.class, () -> URI.create("https://example.org/" + random.nextInt(1000))));
    }

    <R extends Record> R of(Class<R> type) {
        return type.cast(record(type, Map.of(), 0));
    }

    private Object record(Class<?> type, Map<?, AnnotatedType> bound, int depth) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(each -> value(each.getAnnotatedType(), bound, depth + 1))
                .toArray();
        try {
            var constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException error) {
            throw new AssertionError(error);
        }
    }

    private @Nullable Object value(AnnotatedType type, Map<?, AnnotatedType> bound, int depth) {
        if (type.isAnnotationPresent(Nullable.class) && (depth > 4 || random.nextInt(3) == 0)) return null;
        if (type instanceof AnnotatedTypeVariable variable) return value(bound.get(variable.getType()), bound, depth);
        if (type instanceof AnnotatedParameterizedType generic) return generic(generic, bound, depth);
        Class<?> raw = (Class<?>) type.getType();
        if (raw.isEnum()) return raw.getEnumConstants()[random.nextInt(raw.getEnumConstants().length)];
        while (raw.isSealed()) raw = raw.getPermittedSubclasses()[random.nextInt(raw.getPermittedSubclasses().length)];
        return raw.isRecord() ? record(raw, Map.of(), depth) : scalars.get(raw).get();
    }

    private Object generic(AnnotatedParameterizedType type, Map<?, AnnotatedType> bound, int depth) {
        Class<?> raw = (Class<?>) ((ParameterizedType) type.getType()).getRawType();
        AnnotatedType[] arguments = type.getAnnotatedActualTypeArguments();
        if (raw.isRecord()) {
            Map<Object, AnnotatedType> filled = new LinkedHashMap<>();
            for (int i = 0; i < arguments.length; i++) filled.put(raw.getTypeParameters()[i], arguments[i]);
            return record(raw, filled, depth);
        }
        if (raw == Optional.class)
            return depth > 4 || random.nextBoolean()
                    ? Optional.empty()
                    : Optional.ofNullable(value(arguments[0], bound, depth + 1));
        List<@Nullable Object> elements = new ArrayList<>();
        AnnotatedType last = arguments[arguments.length - 1];
        for (int i = depth > 4 ? 0 : random.nextInt(4); i > 0; i--) elements.add(value(last, bound, depth + 1));
        if (raw == Set.class) return new LinkedHashSet<>(elements);
        if (raw == List.class) return elements;
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        elements.forEach(element -> map.put(text() + map.size(), element));
        return map;
    }

    private String text() {
        String letters = "ab \"\\/\n\t{}[],:éß漢😀\u2028";
        return letters.codePoints()
                .boxed()
                .filter(any -> random.nextInt(4) == 0)
                .map(Character::toString)
                .reduce("", String::concat);
    }
}
