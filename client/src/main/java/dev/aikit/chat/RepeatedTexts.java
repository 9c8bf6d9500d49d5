package dev.aikit.chat;

import dev.aikit.internal.pieces.Basis;
import dev.aikit.internal.pieces.Repeated;
import dev.aikit.internal.pieces.Repeated.Change;
import dev.aikit.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The texts that go on from piece to piece while all else is as it was. What else the pieces say has been taken in once; to
 * take it in again would change nothing, and is left out.
 */
final class RepeatedTexts {
    private final Basis basis;
    private final List<Text> texts;
    /**
     * A bit for each field of the pieces themselves that has not stayed as it was, such as padding that hides how long a
     * word is.
     */
    private long changing;

    private record Text(int place, TextPieces pieces) {}

    /** Something else has changed: it may change back, and from then on all is looked at. */
    private boolean others;

    private RepeatedTexts(Basis basis, List<Text> texts) {
        this.basis = basis;
        this.texts = texts;
    }

    /** None, if the piece brings something that is not a text, such as a tool call. */
    static RepeatedTexts of(Basis basis, Map<Integer, ChoicePieces> choices) {
        List<Text> texts = new ArrayList<>();
        Json all = basis.json().get("choices");
        Json choice = all.get(0);
        ChoicePieces pieces = choices.get(choice.get("index").asInt(0));
        boolean plain = all.size() == 1
                && pieces != null
                && !choice.get("message").isPresent()
                && !choice.get("logprobs").isPresent();
        if (!plain) return new RepeatedTexts(basis, List.of());
        for (Map.Entry<String, Json> field : choice.get("delta").fields().entrySet()) {
            Json value = field.getValue();
            if (value.isArray() || value.isObject()) return new RepeatedTexts(basis, List.of());
            if (!ChoicePieces.CONTINUED.contains(field.getKey()) || !value.isString()) continue;
            int place = basis.place(List.of("choices", 0, "delta", field.getKey()));
            TextPieces text = pieces.text(field.getKey());
            if (place < 0 || text == null) return new RepeatedTexts(basis, List.of());
            texts.add(new Text(place, text));
        }
        return new RepeatedTexts(basis, texts);
    }

    Basis basis() {
        return basis;
    }

    /** Adds the texts of that piece; false, and nothing is done, if it says more. */
    boolean add(Repeated piece, Map<String, Object> fields) {
        for (Change change = piece.changes(); change != null; change = change.before()) {
            if (isText(change.place())) continue;
            if (basis.way(change.place()).size() == 1) changing |= 1L << change.place();
            else others = true;
        }
        if (others || texts.isEmpty()) return false;
        for (long left = changing; left != 0; left &= left - 1) {
            int place = Long.numberOfTrailingZeros(left);
            String value = piece.text(place);
            if (!value.isEmpty()) fields.put((String) basis.way(place).get(0), Json.of(value));
        }
        for (Text text : texts) text.pieces.add(piece.text(text.place));
        return true;
    }

    private boolean isText(int place) {
        for (Text text : texts) if (text.place == place) return true;
        return false;
    }
}
