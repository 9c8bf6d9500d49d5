package dev.aikit.json;

import java.lang.reflect.Member;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What a bean shows of itself under one name, by public methods or else by a public field.
 *
 * @param getter the method or field that has the value; null if it is not shown
 * @param setter the method or field that takes the value; null if it is not taken
 * @param shape what the setter takes; anything if there is none
 * @param inSchema whether a schema names it
 */
record JsonProperty(
        String name, @Nullable Member getter, @Nullable Member setter, JsonShape shape, boolean inSchema) {
    private static final ClassValue<Collection<JsonProperty>> KNOWN = new ClassValue<>() {
        @Override
        protected Collection<JsonProperty> computeValue(Class<?> type) {
            return new JsonPropertySearch(type).found();
        }
    };

    /** Those of a bean and of its superclasses, in the order of their names: Java tells none for methods. */
    static Collection<JsonProperty> of(Class<?> bean) {
        return KNOWN.get(bean);
    }
}
