package dev.aikit.chat;

import dev.aikit.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A field of a message that comes in pieces: texts, or parts, or, as of models that think aloud, parts and then texts. */
final class TextPieces {
    private final StringBuilder text = new StringBuilder();
    private @Nullable List<Object> parts;

    void add(Json piece) {
        if (piece.isString()) {
            text.append(piece.asText());
            return;
        }
        List<Object> longer = parts == null ? new ArrayList<>() : parts;
        addText(longer);
        text.setLength(0);
        longer.addAll(piece.items());
        parts = longer;
    }

    void add(String more) {
        text.append(more);
    }

    private void addText(List<Object> to) {
        if (text.length() > 0) to.add(Map.of("type", "text", "text", text.toString()));
    }

    /** A text, or a list of parts if any came. */
    Object whole() {
        if (parts == null) return text.toString();
        List<Object> all = new ArrayList<>(parts);
        addText(all);
        return all;
    }
}
