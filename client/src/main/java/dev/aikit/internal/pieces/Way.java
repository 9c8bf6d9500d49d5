package dev.aikit.internal.pieces;

import dev.aikit.json.internal.Changed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way to a text of a piece, and what it leads through: looked up once for all pieces that differ there. */
final class Way {
    /** Names of fields, and numbers of elements. */
    final List<Object> steps;
    /** Whether the text is one of the piece's own fields, or the piece is no object. */
    final boolean isOfPiece;
    /** What each step is taken in; the piece is first. */
    private final @Nullable Object[] through;

    Way(List<Object> steps, @Nullable Object piece) {
        this.steps = steps;
        this.isOfPiece = steps.size() <= 1 || steps.get(0) instanceof Integer;
        this.through = new @Nullable Object[steps.size()];
        Object value = piece;
        for (int i = 0; i < through.length; i++) {
            through[i] = value;
            value = Changed.within(value, steps.get(i));
        }
    }

    /** The piece with another text at the end of the way. */
    Object with(String text) {
        Object changed = text;
        for (int i = through.length - 1; i >= 0; i--) changed = Changed.with(through[i], steps.get(i), changed);
        return changed;
    }
}
