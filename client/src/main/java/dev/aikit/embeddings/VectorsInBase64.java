package dev.aikit.embeddings;

import dev.aikit.Vector;
import dev.aikit.json.Json;
import dev.aikit.json.internal.Changed;
import dev.aikit.json.internal.JsonSource;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer with vectors in base64, which are decoded where they stand among the bytes. What is left without them is small,
 * and is read as JSON; base64 itself is always a sound text. So a megabyte of numbers costs little more than to receive it.
 */
final class VectorsInBase64 implements JsonSource {
    private static final byte[] NAME = "\"embedding\"".getBytes(StandardCharsets.US_ASCII);
    private static final int SHORTEST_WORTH_IT = 512;

    private final byte[] body;
    private final ByteArrayOutputStream rest = new ByteArrayOutputStream(4096);
    private final List<Vector> vectors = new ArrayList<>();
    /** Where the text of each vector begins and ends. */
    private int[] places = new int[64];

    private byte[] encoded = new byte[0];
    private ByteBuffer decoded = ByteBuffer.allocate(0);
    private Map<?, ?> restOfAnswer = Map.of();

    private VectorsInBase64(byte[] body) {
        this.body = body;
    }

    /** Null if the answer is anything else, or anything about it is unusual. */
    static @Nullable VectorsInBase64 in(byte[] body) {
        if (body.length < SHORTEST_WORTH_IT) return null;
        VectorsInBase64 found = new VectorsInBase64(body);
        try {
            return found.find() && found.standsAsFound() ? found : null;
        } catch (IllegalArgumentException notSound) {
            return null; // to be read as any JSON, which says what is wrong
        }
    }

    List<Vector> vectors() {
        return vectors;
    }

    /** The answer, with empty texts in the place of the vectors. */
    Json rest() {
        return Json.of(restOfAnswer);
    }

    private boolean find() {
        int copied = 0;
        int at = 0;
        while ((at = nextName(at)) >= 0) {
            at = space(at + NAME.length);
            if (at == body.length || body[at] != ':') continue; // the value of "object"
            at = space(at + 1);
            if (at == body.length || body[at] != '"') return false;
            int start = ++at;
            int end = endOfText(start);
            if (end < 0) return false;
            rest.write(body, copied, start - copied);
            copied = at = end;
            vectors.add(decode(start, end));
            if (places.length < 2 * vectors.size()) places = Arrays.copyOf(places, places.length * 2);
            places[2 * vectors.size() - 2] = start;
            places[2 * vectors.size() - 1] = end;
        }
        rest.write(body, copied, body.length - copied);
        return !vectors.isEmpty();
    }

    private int space(int from) {
        int at = from;
        while (at < body.length && body[at] >= 0 && body[at] <= ' ') at++;
        return at;
    }

    private int nextName(int from) {
        for (int i = from; i <= body.length - NAME.length; i++)
            if (body[i] == '"' && Arrays.equals(body, i, i + NAME.length, NAME, 0, NAME.length)) return i;
        return -1;
    }

    /** Vectors of one answer have one length: the end of the next is looked for where that of the last was. */
    private int endOfText(int start) {
        int likely = start + encoded.length;
        if (encoded.length > 0 && likely < body.length && body[likely] == '"') return likely;
        int end = start;
        while (end < body.length && body[end] != '"') end++;
        return end < body.length ? end : -1;
    }

    private Vector decode(int start, int end) {
        if (encoded.length != end - start) {
            encoded = new byte[end - start];
            decoded = ByteBuffer.allocate(encoded.length).order(ByteOrder.LITTLE_ENDIAN);
        }
        System.arraycopy(body, start, encoded, 0, encoded.length);
        int length = Base64.getDecoder().decode(encoded, decoded.array());
        if (length % Float.BYTES != 0) throw new IllegalArgumentException("not whole numbers");
        return Vector.of(decoded.limit(length).asFloatBuffer());
    }

    /** Whether the answer is sound JSON, and each vector stands in its place. */
    private boolean standsAsFound() {
        if (!(Json.parse(rest.toByteArray()).toJava() instanceof Map<?, ?> answer)) return false;
        if (!(answer.get("data") instanceof List<?> data) || data.size() != vectors.size()) return false;
        for (Object element : data)
            if (!(element instanceof Map<?, ?> embedding) || !"".equals(embedding.get("embedding"))) return false;
        restOfAnswer = answer;
        return true;
    }

    @Override
    public Object value() {
        List<?> data = (List<?>) restOfAnswer.get("data");
        return Changed.with(restOfAnswer, "data", new AbstractList<Object>() {
            @Override
            public Object get(int index) {
                int start = places[2 * index];
                String text = new String(body, start, places[2 * index + 1] - start, StandardCharsets.ISO_8859_1);
                return Changed.with((Map<?, ?>) data.get(index), "embedding", text);
            }

            @Override
            public int size() {
                return data.size();
            }
        });
    }

    @Override
    public byte[] bytes() {
        return body;
    }
}
