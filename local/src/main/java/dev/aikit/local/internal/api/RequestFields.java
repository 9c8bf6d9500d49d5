package dev.aikit.local.internal.api;

import dev.aikit.json.Json;
import dev.aikit.json.JsonException;
import dev.aikit.local.internal.ApiError;
import org.jspecify.annotations.Nullable;

/** The fields of a request's body; each complaint names the field and what would be right. Null means absent. */
final class RequestFields {
    private final Json body;

    private RequestFields(Json body) {
        this.body = body;
    }

    static RequestFields parse(byte[] bytes) {
        Json body;
        try {
            body = Json.parse(bytes);
        } catch (JsonException error) {
            throw ApiError.field(null, "The body of the request is not valid JSON: " + error.getMessage());
        }
        if (!body.isObject()) throw ApiError.field(null, "The body of the request must be a JSON object.");
        return new RequestFields(body);
    }

    Json get(String name) {
        return body.get(name);
    }

    String text(String name) {
        Json value = body.get(name);
        if (!value.isPresent()) throw ApiError.field(name, "'" + name + "' is required.");
        if (!value.isString() || value.asText().isBlank()) {
            throw ApiError.field(name, "'" + name + "' must be a text that is not empty.");
        }
        return value.asText();
    }

    boolean bool(String name) {
        return bool(body.get(name), name);
    }

    static boolean bool(Json value, String param) {
        if (value.isPresent() && !value.isBoolean()) {
            throw ApiError.field(param, "'" + param + "' must be true or false.");
        }
        return value.asBoolean(false);
    }

    @Nullable
    Long integer(String name, long least, long most) {
        Json value = body.get(name);
        if (!value.isPresent()) return null;
        if (!(value.toJava() instanceof Long number) || number < least || number > most) {
            String range = most == Long.MAX_VALUE
                    ? least == Long.MIN_VALUE ? "" : " of " + least + " or more"
                    : " from " + least + " to " + most;
            throw ApiError.field(name, "'" + name + "' must be a whole number" + range + ".");
        }
        return number;
    }

    @Nullable
    Double number(String name, double least, double most) {
        Json value = body.get(name);
        if (!value.isPresent()) return null;
        double number = value.isNumber() ? value.asDouble(Double.NaN) : Double.NaN;
        if (!(number >= least && number <= most)) {
            throw ApiError.field(name, "'" + name + "' must be a number from " + least + " to " + most + ".");
        }
        return number;
    }
}
