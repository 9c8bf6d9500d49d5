package dev.aikit.local.internal.gguf;

import de.kherud.llama.LlamaModel;
import dev.aikit.json.Json;
import dev.aikit.local.internal.chat.ChatRequest;
import dev.aikit.local.internal.chat.ChatRequest.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a conversation as the model was trained to read it. */
final class ChatTemplate {
    private ChatTemplate() {}

    /** For a model without a template, which was not trained to converse: it goes on with whatever it is given. */
    static String joined(List<Message> messages) {
        return messages.stream().map(Message::text).collect(Collectors.joining("\n"));
    }

    static String apply(LlamaModel model, GgufHeader header, ChatRequest request) {
        boolean withTools = header.knowsTools();
        List<Json> tools = withTools
                ? request.tools().offered().stream().map(Described::tool).toList()
                : List.of();
        StandIns standIns = new StandIns(joined(request.messages()) + Json.of(tools));
        Turns turns = Turns.of(request.messages(), withTools);
        List<Map<String, Object>> messages = new ArrayList<>();
        if (!turns.system().isEmpty()) messages.add(Map.of("role", "system", "content", turns.system()));
        turns.messages().forEach(turn -> messages.add(json(turn)));
        Map<String, Object> conversation = new LinkedHashMap<>();
        conversation.put("messages", messages);
        if (!tools.isEmpty()) {
            conversation.put("tools", tools);
            // The template is given the tools all the same. Otherwise the library would make a grammar of their
            // schemas, and
            // end the whole program if it does not understand one.
            conversation.put("tool_choice", "none");
        }
        return standIns.restore(model.applyTemplate(standIns.hideJson(Json.of(conversation))));
    }

    private static Map<String, Object> json(Message turn) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("role", turn.role());
        message.put("content", turn.text());
        if (!turn.toolCalls().isEmpty()) message.put("tool_calls", turn.toolCalls());
        if (turn.toolCallId() != null) message.put("tool_call_id", turn.toolCallId());
        return message;
    }
}
