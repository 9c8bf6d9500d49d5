package dev.aikit.local.internal.api;

import dev.aikit.json.Json;
import dev.aikit.json.JsonException;
import dev.aikit.local.internal.ApiError;
import dev.aikit.local.internal.chat.ChatRequest.Tools;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a chat request says of tools and of the form of the answer. */
final class ToolFields {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int MOST_TOOLS = 128;

    private ToolFields() {}

    static Tools tools(RequestFields fields) {
        if (fields.get("functions").isPresent()) {
            throw ApiError.field("functions", "'functions' is not known here: use 'tools'.");
        }
        List<Json> offered = offered(fields.get("tools"));
        Json choice = fields.get("tool_choice");
        String mode = choice.isString() ? choice.asText() : "";
        if (mode.equals("none")) return Tools.NONE;
        if (!choice.isPresent() || mode.equals("auto")) return new Tools(offered, List.of());
        if (offered.isEmpty()) throw ApiError.field("tool_choice", "'tool_choice' is only for requests with 'tools'.");
        return new Tools(offered, mode.equals("required") ? offered : List.of(named(choice, offered)));
    }

    private static List<Json> offered(Json list) {
        if (!list.isPresent()) return List.of();
        if (!list.isArray() || list.size() > MOST_TOOLS) {
            throw ApiError.field("tools", "'tools' must be a list of " + MOST_TOOLS + " tools at most.");
        }
        List<Json> tools = new ArrayList<>();
        for (Json tool : list.items()) {
            Json checked = checked(tool, "tools[" + tools.size() + "]");
            String name = name(checked);
            if (tools.stream().anyMatch(other -> name(other).equals(name))) {
                throw ApiError.field("tools", "'tools' has two tools of the name " + name + ".");
            }
            tools.add(checked);
        }
        return List.copyOf(tools);
    }

    private static Json checked(Json tool, String param) {
        if (!tool.get("type").asText().equals("function")) {
            throw ApiError.field(
                    param + ".type", "'" + param + ".type' must be 'function': local models know no other tools.");
        }
        Json function = tool.get("function");
        if (!NAME.matcher(function.get("name").asText()).matches()) {
            throw ApiError.field(
                    param + ".function.name",
                    "'" + param + ".function.name' must have 1 to 64 letters, digits, underscores and hyphens.");
        }
        Json parameters = function.get("parameters");
        if (!parameters.isPresent()) {
            return tool.with("function", function.with("parameters", Map.of("type", "object", "properties", Map.of())));
        }
        if (parameters.isObject()) return tool;
        throw ApiError.field(
                param + ".function.parameters", "'" + param + ".function.parameters' must be a JSON schema.");
    }

    private static String name(Json tool) {
        return tool.get("function").get("name").asText();
    }

    private static Json named(Json choice, List<Json> offered) {
        Json name = choice.get("function").get("name");
        if (!choice.get("type").asText().equals("function") || !name.isString()) {
            throw ApiError.field(
                    "tool_choice",
                    "'tool_choice' must be 'auto', 'none', 'required', or {\"type\": \"function\", \"function\": {\"name\": …}}.");
        }
        return offered.stream()
                .filter(tool -> name(tool).equals(name.asText()))
                .findFirst()
                .orElseThrow(() -> ApiError.field(
                        "tool_choice", "'tool_choice' names " + name.asText() + ", which is not among 'tools'."));
    }

    /** The schema that the answer must follow; null for plain text. */
    static @Nullable Json schema(RequestFields fields) {
        Json format = fields.get("response_format");
        if (!format.isPresent()) return null;
        return switch (format.get("type").asText()) {
            case "text" -> null;
            case "json_object" -> Json.of(Map.of("type", "object"));
            case "json_schema" -> schemaOf(format.get("json_schema").get("schema"));
            default ->
                throw ApiError.field(
                        "response_format.type",
                        "'response_format.type' must be 'text', 'json_object' or 'json_schema'.");
        };
    }

    private static Json schemaOf(Json schema) {
        if (schema.isObject()) return schema;
        throw ApiError.field(
                "response_format.json_schema.schema", "'response_format.json_schema.schema' must be a JSON schema.");
    }

    /** The calls of an assistant's message; each must have arguments that are a JSON object. */
    static List<Json> calls(Json message, String param) {
        List<Json> calls = message.get("tool_calls").items();
        for (Json call : calls) {
            Json function = call.get("function");
            if (!function.get("name").isString()
                    || !isObject(function.get("arguments").asText())) {
                throw ApiError.field(
                        param + ".tool_calls",
                        "Each of '" + param
                                + ".tool_calls' must have a name, and arguments that are a JSON object in a text.");
            }
        }
        return calls;
    }

    private static boolean isObject(String json) {
        try {
            return Json.parse(json).isObject();
        } catch (JsonException notJson) {
            return false;
        }
    }
}
