package dev.aikit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds a name that stands twice in one object of JSON: of the two values only the last would count, unseen. */
final class RepeatedNames {
    private RepeatedNames() {}

    /** The place of the first one with the lines of both; null if there is none. The bytes are known to be JSON. */
    static @Nullable String in(byte[] utf8) throws IOException {
        Deque<Map<String, Integer>> objects = new ArrayDeque<>();
        try (JsonParser parser = new JsonFactory().createParser(utf8)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_OBJECT) objects.push(new HashMap<>());
                else if (token == JsonToken.END_OBJECT) objects.pop();
                else if (token == JsonToken.FIELD_NAME) {
                    int line = parser.currentTokenLocation().getLineNr();
                    Integer before = objects.element().putIfAbsent(parser.currentName(), line);
                    if (before != null)
                        return place(parser) + " stands there twice, in line " + before + " and in line " + line;
                }
            }
        }
        return null;
    }

    private static String place(JsonParser parser) {
        return parser.getParsingContext()
                .pathAsPointer()
                .toString()
                .substring(1)
                .replace('/', '.');
    }
}
