package dev.aikit.embeddings;

import dev.aikit.Vector;
import dev.aikit.internal.call.Content;
import dev.aikit.json.Json;
import dev.aikit.json.JsonException;
import dev.aikit.json.internal.Changed;
import dev.aikit.json.internal.JsonSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * An answer with vectors in base64, which are decoded as they come: what is kept is the numbers, and the few bytes around
 * them, which are read as JSON. From both the answer can be written again, byte for byte. So a megabyte of numbers costs little
 * more than to receive it. Anything unusual is left to be kept as it is, and read as any JSON, which says what is wrong.
 */
final class VectorsInBase64 implements Content, JsonSource {
    private static final byte[] NAME = "\"embedding\"".getBytes(StandardCharsets.US_ASCII);

    private enum State {
        NAME,
        COLON,
        QUOTATION_MARK,
        TEXT
    }

    private final List<Vector> vectors = new ArrayList<>();
    /** What stands between the texts of the vectors. */
    private byte[] rest = new byte[1024];

    private int restSize;
    /** Where in the rest the text of each vector was. */
    private int[] places = new int[64];

    private State state = State.NAME;
    private int matched;
    private int size;
    /** The text of the vector that is coming, as far as {@code filled}; all of one answer have one length. */
    private byte[] text = new byte[0];

    private int filled;
    private ByteBuffer decoded = ByteBuffer.allocate(0);
    private Json restOfAnswer = Json.missing();

    List<Vector> vectors() {
        return vectors;
    }

    /** The answer, with empty texts in the place of the vectors. */
    Json rest() {
        return restOfAnswer;
    }

    @Override
    public boolean take(ByteBuffer bytes) {
        int before = bytes.remaining();
        boolean usual = true;
        while (usual && bytes.hasRemaining()) usual = state == State.TEXT ? takeText(bytes) : takeRest(bytes);
        size += before - bytes.remaining();
        return usual;
    }

    private boolean takeRest(ByteBuffer bytes) {
        byte next = bytes.get();
        addToRest(next);
        if (state == State.NAME) {
            matched = next == NAME[matched] ? matched + 1 : next == '"' ? 1 : 0;
            if (matched == NAME.length) state = State.COLON;
        } else if (next < 0 || next > ' ') {
            matched = next == '"' ? 1 : 0;
            if (state == State.COLON)
                state = next == ':' ? State.QUOTATION_MARK : State.NAME; // or the value of "object"
            else if (next == '"') state = State.TEXT;
            else return false; // numbers
        }
        return true;
    }

    private void addToRest(byte next) {
        if (restSize == rest.length) rest = Arrays.copyOf(rest, restSize * 2);
        rest[restSize++] = next;
    }

    private boolean takeText(ByteBuffer bytes) {
        if (vectors.isEmpty()) return takeFirst(bytes);
        int more = Math.min(bytes.remaining(), text.length - filled);
        bytes.get(text, filled, more);
        filled += more;
        return !bytes.hasRemaining() || bytes.get(bytes.position()) == '"' && takeVector(bytes);
    }

    private boolean takeFirst(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            if (bytes.get(bytes.position()) == '"') {
                text = Arrays.copyOf(text, filled);
                decoded = ByteBuffer.allocate(filled).order(ByteOrder.LITTLE_ENDIAN);
                return takeVector(bytes);
            }
            if (filled == text.length) text = Arrays.copyOf(text, Math.max(4096, filled * 2));
            text[filled++] = bytes.get();
        }
        return true;
    }

    /** The vector whose text is whole, and the mark behind it. */
    private boolean takeVector(ByteBuffer bytes) {
        int length;
        try {
            length = Base64.getDecoder().decode(text, decoded.array());
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
        if (length % Float.BYTES != 0 || !isWrittenAsUsual(length)) return false;
        if (vectors.size() == places.length) places = Arrays.copyOf(places, places.length * 2);
        places[vectors.size()] = restSize;
        vectors.add(Vector.of(decoded.limit(length).asFloatBuffer()));
        filled = 0;
        matched = 0;
        state = State.NAME;
        addToRest(bytes.get());
        return true;
    }

    /** Whether those bytes would be written so again: padded, and with nothing in the bits that say nothing. */
    private boolean isWrittenAsUsual(int length) {
        int tail = length % 3;
        if (text.length % 4 != 0) return false;
        if (tail == 0) return true;
        byte[] last = Base64.getEncoder().encode(Arrays.copyOfRange(decoded.array(), length - tail, length));
        return Arrays.equals(last, 0, 4, text, text.length - 4, text.length);
    }

    /** Whether the answer, which has ended, is sound JSON, and each vector stands in its place. */
    boolean standAsFound() {
        if (state == State.TEXT || vectors.isEmpty()) return false;
        try {
            restOfAnswer = Json.parse(rest);
        } catch (JsonException notSound) {
            return false;
        }
        if (!(restOfAnswer.toJava() instanceof Map<?, ?> answer)) return false;
        if (!(answer.get("data") instanceof List<?> data) || data.size() != vectors.size()) return false;
        for (Object element : data)
            if (!(element instanceof Map<?, ?> embedding) || !"".equals(embedding.get("embedding"))) return false;
        return true;
    }

    @Override
    public void end() {
        rest = Arrays.copyOf(rest, restSize);
        text = state == State.TEXT ? Arrays.copyOf(text, filled) : new byte[0];
        decoded = ByteBuffer.allocate(0);
    }

    @Override
    public int size() {
        return size;
    }

    private static byte[] encoded(Vector vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector.array());
        return Base64.getEncoder().encode(bytes.array());
    }

    @Override
    public byte[] bytes() {
        ByteBuffer all = ByteBuffer.allocate(size);
        int from = 0;
        for (int i = 0; i < vectors.size(); i++) {
            all.put(rest, from, places[i] - from).put(encoded(vectors.get(i)));
            from = places[i];
        }
        all.put(rest, from, restSize - from);
        return all.put(text, 0, filled).array();
    }

    @Override
    public Object value() {
        Map<?, ?> answer = (Map<?, ?>) restOfAnswer.toJava();
        List<?> data = (List<?>) answer.get("data");
        return Changed.with(answer, "data", new AbstractList<Object>() {
            @Override
            public Object get(int index) {
                String base64 = new String(encoded(vectors.get(index)), StandardCharsets.ISO_8859_1);
                return Changed.with((Map<?, ?>) data.get(index), "embedding", base64);
            }

            @Override
            public int size() {
                return data.size();
            }
        });
    }
}
