package dev.aikit.internal.call;

import dev.aikit.json.Json;
import dev.aikit.json.JsonException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The field {@code model} of a request's body, found and exchanged in its bytes: all else in them stays as the caller wrote
 * it, and a picture of some megabytes is passed over, not read.
 */
final class ModelField {
    private static final byte[] NAME = "\"model\"".getBytes(StandardCharsets.US_ASCII);

    private final byte[] body;
    private int at;

    private ModelField(byte[] body) {
        this.body = body;
    }

    /** The name of the model; null if the body is no JSON object with a text in that field. */
    static @Nullable String of(byte[] body) {
        int[] place = new ModelField(body).find();
        if (place == null || body[place[0]] != '"') return null;
        try {
            return Json.parse(Arrays.copyOfRange(body, place[0], place[1])).asText();
        } catch (JsonException noText) {
            return null;
        }
    }

    /** The body with another model; the same if it names none. */
    static byte[] with(byte[] body, String model) {
        int[] place = new ModelField(body).find();
        if (place == null) return body;
        byte[] name = Json.of(model).toBytes();
        ByteArrayOutputStream made = new ByteArrayOutputStream(body.length + name.length);
        made.write(body, 0, place[0]);
        made.writeBytes(name);
        made.write(body, place[1], body.length - place[1]);
        return made.toByteArray();
    }

    /** Where the value begins and ends; null if there is none, or if the bytes are not JSON. */
    private int @Nullable [] find() {
        try {
            return next() == '{' ? findInObject() : null;
        } catch (ArrayIndexOutOfBoundsException cutOff) {
            return null;
        }
    }

    private int @Nullable [] findInObject() {
        do {
            at++; // the brace or the comma
            if (next() != '"') return null;
            int name = at;
            skipText();
            boolean found = Arrays.equals(body, name, at, NAME, 0, NAME.length);
            if (next() != ':') return null;
            at++;
            next();
            int value = at;
            skipValue();
            if (found) return new int[] {value, at};
        } while (next() == ',');
        return null;
    }

    /** The next byte that is no space. */
    private byte next() {
        while (body[at] == ' ' || body[at] == '\n' || body[at] == '\r' || body[at] == '\t') at++;
        return body[at];
    }

    private void skipText() {
        for (at++; body[at] != '"'; at++) if (body[at] == '\\') at++;
        at++;
    }

    private void skipValue() {
        int depth = 0;
        do {
            byte here = body[at];
            if (here == '"') {
                skipText();
                continue;
            }
            if (depth == 0 && (here == ',' || here == '}' || here <= ' '))
                return; // a number, true, false or null has ended
            if (here == '{' || here == '[') depth++;
            if (here == '}' || here == ']') depth--;
            at++;
        } while (depth > 0 || !isClosed());
    }

    /** Whether a text, an object or an array has just ended. */
    private boolean isClosed() {
        byte before = body[at - 1];
        return before == '"' || before == '}' || before == ']';
    }
}
