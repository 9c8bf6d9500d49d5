package dev.aikit.chat;

import dev.aikit.OpenAILimits;
import dev.aikit.internal.TooLarge;
import dev.aikit.json.Json;
import dev.aikit.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;

/** Any JSON as the pieces of a chat answer: put together or refused as too large, and never anything else. */
public final class ChatReaderTarget {
    private static final OpenAILimits SMALL =
            OpenAILimits.defaults().maxChoices(8).maxToolCalls(8);

    private ChatReaderTarget() {}

    /** Each line is a piece; those that are no JSON are passed over. */
    public static void fuzzerTestOneInput(byte[] input) {
        ChatReader reader = new ChatReader(null, null, SMALL);
        TreeMap<Integer, StringBuilder> texts = new TreeMap<>();
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
            String expected = texts.get(choice.index()).toString();
            if (!choice.text().contains(expected)) throw new AssertionError("\"" + expected + "\" was lost: " + choice);
        }
    }

    private static Json parsed(String line) {
        try {
            return Json.parse(line);
        } catch (JsonException notAPiece) {
            return Json.missing();
        }
    }

    /** The texts of the simplest deltas, put together in the simplest way. */
    private static void note(Json piece, TreeMap<Integer, StringBuilder> texts) {
        int place = 0;
        for (Json choice : piece.get("choices").items()) {
            StringBuilder text = texts.computeIfAbsent(choice.get("index").asInt(place++), any -> new StringBuilder());
            Json content = choice.get("delta").get("content");
            if (content.isString()) text.append(content.asText());
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
