package dev.aikit.internal.pieces;

import dev.aikit.json.internal.Changed;
import dev.aikit.json.internal.JsonSource;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A piece that is another one but for some of its texts. */
public final class Repeated implements JsonSource {
    /** Beside its texts. */
    private static final int OF_ITSELF = 64;

    private final Basis basis;
    private final @Nullable Change changes;

    /**
     * A text that is another one.
     *
     * @param place its number among those of the basis
     * @param before the change at an earlier place; null for none
     */
    public record Change(int place, String text, @Nullable Change before) {}

    Repeated(Basis basis, @Nullable Change changes) {
        this.basis = basis;
        this.changes = changes;
    }

    /** What it repeats. */
    public Basis basis() {
        return basis;
    }

    /** What is different, the last first; null if nothing is. */
    public @Nullable Change changes() {
        return changes;
    }

    /** The text at a place. */
    public String text(int place) {
        for (Change change = changes; change != null; change = change.before())
            if (change.place() == place) return change.text();
        return basis.text(place);
    }

    /** Whether more is different than texts deep in an object: one of its own fields, or a piece that is no object. */
    public boolean changesFields() {
        for (Change change = changes; change != null; change = change.before())
            if (basis.wayTo(change.place()).isOfPiece) return true;
        return false;
    }

    /** How many bytes it takes in memory, about. */
    public int size() {
        int size = OF_ITSELF;
        for (Change change = changes; change != null; change = change.before())
            size += change.text().length();
        return size;
    }

    @Override
    public @Nullable Object value() {
        return changes == null ? basis.json().toJava() : with(changes);
    }

    private Object with(Change change) {
        Way way = basis.wayTo(change.place());
        Change before = change.before();
        return before == null ? way.with(change.text()) : Changed.of(with(before), way.steps, 0, change.text());
    }

    @Override
    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(basis.bytes.length + 64);
        copy(bytes, changes, basis.texts.places, basis.bytes.length);
        return bytes.toByteArray();
    }

    private void copy(ByteArrayOutputStream to, @Nullable Change last, int[] places, int end) {
        if (last == null) {
            to.write(basis.bytes, 0, end);
            return;
        }
        int start = places[2 * last.place()];
        int behind = places[2 * last.place() + 1];
        copy(to, last.before(), places, start);
        to.writeBytes(last.text().getBytes(StandardCharsets.UTF_8));
        to.write(basis.bytes, behind, end - behind);
    }
}
