package dev.aikit.internal.call;

import dev.aikit.OpenAIError;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.OpenAIResponse;
import dev.aikit.json.Json;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds what a server has to say in the many forms that servers give to errors. */
final class ErrorBodies {
    private static final int LONGEST_TEXT = 500;

    /** No server wraps an error more often; a hostile one would, to keep the client busy. */
    private static final int MOST_LEVELS = 4;

    private static final int MOST_DETAILS = 20;
    private static final Pattern TITLE = Pattern.compile("<title>([^<]{1,200})</title>", Pattern.CASE_INSENSITIVE);

    private ErrorBodies() {}

    /** The error of an answer with an error status. */
    static OpenAIError ofStatus(OpenAIResponse response) {
        Json body = response.json();
        if (body.isArray()) body = body.get(0); // as Gemini's endpoint sends it
        Json error = errorIn(body);
        if (!error.isPresent() && (body.isObject() || body.isString())) error = body;
        String said = message(error);
        if (said.isBlank() && !response.json().isPresent() && !response.json().isNull())
            said = plainText(response.text());
        String message =
                said.isBlank() ? "the server answered " + response.status() + " " + response.statusText() : said;
        return OpenAIError.reported(Kind.HTTP, message, error.isObject() ? error : Json.missing(), response);
    }

    /** The error that stands in an answer that looks like a success; null if none does. */
    static @Nullable OpenAIError inSuccess(Json body, @Nullable OpenAIResponse response) {
        Json error = errorIn(body.isArray() ? body.get(0) : body);
        return error.isPresent() ? reported(error, response) : null;
    }

    /** The error of an event that is named "error", whatever its data. */
    static OpenAIError ofEvent(Json data, String text, @Nullable OpenAIResponse response) {
        Json error = errorIn(data);
        if (!error.isPresent()) error = data.isPresent() ? data : Json.of(text);
        return reported(error, response);
    }

    private static OpenAIError reported(Json error, @Nullable OpenAIResponse response) {
        String said = message(error);
        return OpenAIError.reported(
                Kind.REPORTED,
                said.isBlank() ? "the server reported an error without a text: " + shortened(error.toString()) : said,
                error.isObject() ? error : Json.missing(),
                response);
    }

    /** The value of "error", unless it says that there is none, as some servers do with null, false, "", {} or {"code":null}. */
    private static Json errorIn(Json body) {
        Json error = body.get("error");
        boolean none = !error.isPresent()
                || (error.isBoolean() && !error.asBoolean(false))
                || (error.isString() && error.asText().isEmpty())
                || (error.isObject() && error.fields().values().stream().noneMatch(Json::isPresent));
        // vLLM's errors are objects of that kind, and have no field of that name.
        if (none && body.get("object").asText().equals("error")) return body;
        return none ? Json.missing() : error;
    }

    private static String message(Json error) {
        return message(error, MOST_LEVELS);
    }

    private static String message(Json error, int levels) {
        if (error.isString()) return error.asText();
        if (levels == 0) return "";
        for (String field :
                new String[] {"message", "msg", "error", "detail", "error_description", "title", "errors"}) {
            Json value = error.get(field);
            if (value.isString() && !value.asText().isBlank()) return value.asText();
            String said = "";
            if (value.isObject()) said = message(value, levels - 1);
            if (value.isArray())
                said = value.items().stream()
                        .limit(MOST_DETAILS)
                        .map(item -> detail(item, levels - 1))
                        .collect(Collectors.joining("; "));
            if (!said.isBlank()) return said;
        }
        return "";
    }

    /** One of FastAPI's: {@code {"loc":["body","messages"],"msg":"field required"}}. */
    private static String detail(Json item, int levels) {
        String where = item.get("loc").items().stream().map(Json::asText).collect(Collectors.joining("."));
        String said = message(item, levels);
        return where.isEmpty() ? said : where + ": " + said;
    }

    private static String plainText(String text) {
        Matcher title = TITLE.matcher(text);
        if (title.find()) return title.group(1).strip();
        return text.stripLeading().startsWith("<") ? "" : shortened(text.strip());
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }
}
