package dev.aikit.local.internal.api;

import dev.aikit.json.Json;
import dev.aikit.local.internal.ApiError;
import dev.aikit.local.internal.chat.ChatRequest;
import dev.aikit.local.internal.chat.ChatRequest.Message;
import dev.aikit.local.internal.chat.ChatRequest.Tools;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the body of a chat request, and refuses what no model of this server can do. */
final class ChatFields {
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool", "function");
    private static final int MOST_STOPS = 4;

    private ChatFields() {}

    static ChatRequest read(RequestFields fields) {
        List<Message> messages = messages(fields.get("messages"));
        refuseUnsupported(fields);
        Tools tools = ToolFields.tools(fields);
        Json schema = ToolFields.schema(fields);
        if (schema != null && !tools.offered().isEmpty()) {
            throw ApiError.field(
                    "response_format",
                    "Local models cannot do both: leave 'tools' out, set 'tool_choice' to 'none', or 'response_format' to 'text'.");
        }
        Long limit = fields.integer("max_completion_tokens", 1, Integer.MAX_VALUE);
        Long oldLimit = fields.integer("max_tokens", 1, Integer.MAX_VALUE);
        if (limit == null) limit = oldLimit;
        return new ChatRequest(
                messages,
                limit == null ? Integer.MAX_VALUE : limit.intValue(),
                stops(fields.get("stop")),
                fields.number("temperature", 0, 2),
                fields.number("top_p", 0, 1),
                fields.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE),
                tools,
                schema);
    }

    private static void refuseUnsupported(RequestFields fields) {
        Long n = fields.integer("n", 1, 128);
        if (n != null && n != 1) throw ApiError.field("n", "Local models give one choice: 'n' must be 1.");
        if (fields.bool("logprobs"))
            throw ApiError.field("logprobs", "Local models give no log probabilities: 'logprobs' must be false.");
        for (Json modality : fields.get("modalities").items()) {
            if (!modality.asText().equals("text")) {
                throw ApiError.field("modalities", "Local models write text only: 'modalities' must be [\"text\"].");
            }
        }
    }

    private static List<Message> messages(Json list) {
        if (!list.isPresent()) throw ApiError.field("messages", "'messages' is required.");
        if (!list.isArray() || list.items().isEmpty()) {
            throw ApiError.field("messages", "'messages' must be a list of at least one message.");
        }
        List<Message> messages = new ArrayList<>();
        for (Json message : list.items()) messages.add(message(message, "messages[" + messages.size() + "]"));
        return List.copyOf(messages);
    }

    private static Message message(Json message, String param) {
        if (!message.isObject()) throw ApiError.field(param, "'" + param + "' must be an object.");
        String role = message.get("role").asText();
        if (!message.get("role").isString() || !ROLES.contains(role)) {
            throw ApiError.field(
                    param + ".role",
                    "'" + param + ".role' must be one of "
                            + String.join(", ", ROLES.stream().sorted().toList()) + ".");
        }
        return new Message(
                role,
                content(message, role, param + ".content"),
                ToolFields.calls(message, param),
                message.get("tool_call_id").isString()
                        ? message.get("tool_call_id").asText()
                        : null);
    }

    private static String content(Json message, String role, String param) {
        Json content = message.get("content");
        if (content.isString()) return content.asText();
        if (content.isArray()) return parts(content.items(), param);
        boolean mayBeAbsent = role.equals("assistant"); // a message that only calls tools
        if (!content.isPresent() && mayBeAbsent) return "";
        throw ApiError.field(param, "'" + param + "' must be a text or a list of text parts.");
    }

    private static String parts(List<Json> parts, String param) {
        List<String> texts = new ArrayList<>();
        for (Json part : parts) {
            String place = param + "[" + texts.size() + "]";
            String type = part.get("type").asText();
            if (!type.equals("text") && !type.equals("refusal")) {
                throw ApiError.field(place + ".type", unreadable(type, place));
            }
            Json text = part.get(type);
            if (!text.isString())
                throw ApiError.field(place + "." + type, "'" + place + "." + type + "' must be a text.");
            texts.add(text.asText());
        }
        return String.join("\n", texts);
    }

    private static String unreadable(String type, String place) {
        String why = switch (type) {
            case "image_url" -> "No local model sees images. Use a server whose models do. Here ";
            case "file" -> "No local model reads files. Send the text of the file instead. Here ";
            case "input_audio" -> "No local model hears. Use a server whose models do. Here ";
            default -> "Local models read text only: ";
        };
        return why + "'" + place + ".type' must be 'text', not '" + type + "'.";
    }

    private static List<String> stops(Json stop) {
        if (!stop.isPresent()) return List.of();
        List<Json> texts = stop.isArray() ? stop.items() : List.of(stop);
        for (Json text : texts) {
            if (!text.isString() || text.asText().isEmpty()) {
                throw ApiError.field("stop", "'stop' must be a text or a list of texts, none of them empty.");
            }
        }
        if (texts.size() > MOST_STOPS) {
            throw ApiError.field("stop", "'stop' may have " + MOST_STOPS + " texts at most.");
        }
        return texts.stream().map(Json::asText).toList();
    }
}
