package dev.aikit.json;

import dev.aikit.json.internal.MappedFields;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of an object, each made a {@link Json} when it is asked for. */
final class JsonFields extends MappedFields<Json> {
    JsonFields(Map<?, ?> plain) {
        super(plain);
    }

    @Override
    protected Json value(Object name, @Nullable Object plain) {
        return Json.wrap(plain);
    }
}
