package dev.aikit.local.internal.guide;

import dev.aikit.local.internal.guide.Passage.Kind;
import dev.aikit.local.internal.guide.Passage.Unit;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Passages with their vectors.
 *
 * @param model {@linkplain dev.aikit.local.internal.embedding.MiniLm#fingerprint() what} made the vectors: they mean nothing to another model
 */
record Corpus(long model, List<Entry> entries) {
    private static final int FORMAT = 0x41474B32; // AGK2

    private static final byte[] NONE = {};

    /**
     * A passage with its vectors; where there is no prose, the vector is empty.
     *
     * @param topic of the passage as a whole
     * @param place of its headings alone
     * @param units of its units, in their order
     */
    record Entry(Passage passage, byte[] topic, byte[] place, List<byte[]> units) {}

    static Corpus of(long model, List<Passage> passages, Function<String, byte[]> embedder) {
        return new Corpus(
                model,
                passages.stream().map(passage -> entry(passage, embedder)).toList());
    }

    private static Entry entry(Passage passage, Function<String, byte[]> embedder) {
        List<byte[]> units = new ArrayList<>();
        for (Unit unit : passage.units()) {
            units.add(unit.isProse() ? embedder.apply(passage.topic(unit)) : NONE);
        }
        byte[] place = passage.place().isEmpty() ? NONE : embedder.apply(passage.place());
        return new Entry(passage, embedder.apply(passage.topic()), place, units);
    }

    Corpus with(Corpus more) {
        return new Corpus(
                model, Stream.concat(entries.stream(), more.entries.stream()).toList());
    }

    static Corpus read(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(stream, 1 << 16));
        if (in.readInt() != FORMAT) throw new IOException("not a packed corpus of this version");
        long model = in.readLong();
        List<Entry> entries = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            String source = in.readUTF();
            String heading = in.readUTF();
            byte[] topic = in.readNBytes(in.readShort());
            byte[] place = in.readNBytes(in.readShort());
            List<Unit> units = new ArrayList<>();
            List<byte[]> vectors = new ArrayList<>();
            for (int more = in.readInt(); more > 0; more--) {
                Kind kind = Kind.values()[in.readByte()];
                units.add(new Unit(kind, new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8)));
                vectors.add(in.readNBytes(in.readShort()));
            }
            entries.add(new Entry(new Passage(source, heading, units), topic, place, vectors));
        }
        return new Corpus(model, entries);
    }

    void write(OutputStream stream) throws IOException {
        DataOutputStream out = new DataOutputStream(stream);
        out.writeInt(FORMAT);
        out.writeLong(model);
        out.writeInt(entries.size());
        for (Entry entry : entries) {
            Passage passage = entry.passage();
            out.writeUTF(passage.source());
            out.writeUTF(passage.heading());
            vector(entry.topic(), out);
            vector(entry.place(), out);
            out.writeInt(passage.units().size());
            for (int i = 0; i < passage.units().size(); i++) {
                Unit unit = passage.units().get(i);
                byte[] text = unit.text().getBytes(StandardCharsets.UTF_8);
                out.writeByte(unit.kind().ordinal());
                out.writeInt(text.length);
                out.write(text);
                vector(entry.units().get(i), out);
            }
        }
        out.flush();
    }

    private static void vector(byte[] vector, DataOutputStream out) throws IOException {
        out.writeShort(vector.length);
        out.write(vector);
    }
}
