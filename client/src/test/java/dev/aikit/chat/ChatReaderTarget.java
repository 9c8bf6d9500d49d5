package dev.aikit.chat;

import dev.aikit.OpenAILimits;
import dev.aikit.internal.TooLarge;
import dev.aikit.json.Json;
import dev.aikit.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Any JSON as the pieces of a chat answer: put together or refused as too large, and never anything else. */
public final class ChatReaderTarget {
    private static final OpenAILimits SMALL =
            OpenAILimits.defaults().maxChoices(8).maxToolCalls(8);

    private ChatReaderTarget() {}

    /** Each line is a piece; those that are no JSON are passed over. */
    public static void fuzzerTestOneInput(byte[] input) {
        ChatReader reader = new ChatReader(null, null, SMALL);
        TreeMap<Integer, List<String>> texts = new TreeMap<>();
        try {
            for (String line : new String(input, StandardCharsets.UTF_8).split("\n")) {
                Json piece = parsed(line);
                reader.piecesOf(piece);
                reader.piece(piece);
                note(piece, texts);
                reader.check(reader.whole());
            }
        } catch (TooLarge tooLarge) {
            return;
        }
        Json whole = reader.whole();
        Json again = whole.isPresent() ? Json.parse(whole.toBytes()) : Json.missing();
        if (!again.equals(whole)) throw new AssertionError("written and read again: " + again);
        if (whole.get("choices").size() != texts.size()) throw new AssertionError("choices were lost: " + whole);
        for (OpenAIChoice choice : whole.get("choices").map(OpenAIChoice::new)) {
            ask(choice);
            int from = 0;
            for (String expected : texts.get(choice.index())) {
                int at = choice.text().indexOf(expected, from);
                if (at < 0) throw new AssertionError("\"" + expected + "\" was lost: " + choice);
                from = at + expected.length();
            }
        }
    }

    private static Json parsed(String line) {
        try {
            return Json.parse(line);
        } catch (JsonException notAPiece) {
            return Json.missing();
        }
    }

    /** The texts of the simplest deltas; between two of them others may come. */
    private static void note(Json piece, TreeMap<Integer, List<String>> texts) {
        int place = 0;
        for (Json choice : piece.get("choices").items()) {
            List<String> text = texts.computeIfAbsent(choice.get("index").asInt(place++), any -> new ArrayList<>());
            Json content = choice.get("delta").get("content");
            if (content.isString()) text.add(content.asText());
        }
    }

    private static void ask(OpenAIChoice choice) {
        choice.finishReason();
        choice.message().reasoning();
        choice.message().refusal();
        choice.message().role();
        for (OpenAIToolCall call : choice.message().toolCalls()) {
            call.id();
            call.name();
            if (call.arguments().isBlank()) throw new AssertionError("blank arguments");
        }
    }
}
