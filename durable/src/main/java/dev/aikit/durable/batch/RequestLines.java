package dev.aikit.durable.batch;

import dev.aikit.json.Json;
import dev.aikit.json.JsonException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Lines in the format of OpenAI's Batch API: custom_id, method, url, body. */
final class RequestLines implements Requests {
    private final Lines lines;
    private final @Nullable String model;

    RequestLines(Lines lines, @Nullable String model) {
        this.lines = lines;
        this.model = model;
    }

    /** A line as JSON. */
    static Json object(Lines lines, String text) {
        try {
            Json json = Json.parse(text);
            if (json.isObject()) return json;
        } catch (JsonException wrong) {
            throw new BatchInputException(lines.number(), "JSON expected: " + wrong.getMessage());
        }
        throw new BatchInputException(lines.number(), "a JSON object, {…}, expected");
    }

    @Override
    public @Nullable BatchRequest next() throws IOException {
        String text = lines.next();
        return text == null ? null : request(object(lines, text));
    }

    private BatchRequest request(Json json) {
        Json id = json.get("custom_id");
        if (!id.isString() || id.asText().isBlank())
            throw wrong("custom_id: a text expected, " + (id.isPresent() ? "not " + id : "and there is none"));
        String method = json.get("method").asText("POST");
        if (!method.equals("POST")) throw wrong("method: \"POST\" expected, not \"" + method + "\"");
        String url = json.get("url").asText();
        if (!BatchInput.URLS.contains(url))
            throw wrong("url: one of " + String.join(", ", BatchInput.URLS) + " expected, not \"" + url + "\"");
        Json body = json.get("body");
        if (!body.isObject()) throw wrong("body: a JSON object, {…}, expected");
        if (model != null) body = body.with("model", model);
        if (body.get("stream").asBoolean(false))
            throw wrong("body: \"stream\" must not be true, because a batch has whole answers only");
        return new BatchRequest(lines.number(), id.asText(), url, body);
    }

    private BatchInputException wrong(String what) {
        return new BatchInputException(lines.number(), what);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
