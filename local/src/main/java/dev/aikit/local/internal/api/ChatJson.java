package dev.aikit.local.internal.api;

import dev.aikit.json.Json;
import dev.aikit.local.internal.chat.Answer;
import dev.aikit.local.internal.chat.ToolCall;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The objects that a chat request is answered with. */
final class ChatJson {
    private final String id = "chatcmpl-" + UUID.randomUUID().toString().replace("-", "");
    private final long created = Instant.now().getEpochSecond();
    private final String model;

    ChatJson(String model) {
        this.model = model;
    }

    String id() {
        return id;
    }

    Json completion(Collected collected, Answer answer) {
        Map<String, @Nullable Object> message = new LinkedHashMap<>();
        message.put("role", "assistant");
        boolean onlyCalls = collected.text().isEmpty() && !collected.calls().isEmpty();
        message.put("content", onlyCalls ? null : collected.text());
        message.put("refusal", null);
        if (!collected.calls().isEmpty()) {
            message.put(
                    "tool_calls",
                    collected.calls().stream().map(ToolCall::toMap).toList());
        }
        Map<String, @Nullable Object> completion = head("chat.completion");
        completion.put("choices", List.of(choice("message", message, answer.finishReason())));
        completion.put("usage", usage(answer));
        return Json.of(completion);
    }

    Json roleChunk(boolean withUsage) {
        Map<String, Object> delta = new LinkedHashMap<>();
        delta.put("role", "assistant");
        delta.put("content", "");
        return chunk(List.of(choice("delta", delta, null)), withUsage);
    }

    Json textChunk(String text, boolean withUsage) {
        return chunk(List.of(choice("delta", Map.of("content", text), null)), withUsage);
    }

    Json callChunk(int index, ToolCall call, boolean withUsage) {
        Map<String, Object> indexed = new LinkedHashMap<>();
        indexed.put("index", index);
        indexed.putAll(call.toMap());
        return chunk(List.of(choice("delta", Map.of("tool_calls", List.of(indexed)), null)), withUsage);
    }

    Json lastChunk(String finishReason, boolean withUsage) {
        return chunk(List.of(choice("delta", Map.of(), finishReason)), withUsage);
    }

    Json usageChunk(Answer answer) {
        Map<String, @Nullable Object> chunk = head("chat.completion.chunk");
        chunk.put("choices", List.of());
        chunk.put("usage", usage(answer));
        return Json.of(chunk);
    }

    private Json chunk(List<?> choices, boolean withUsage) {
        Map<String, @Nullable Object> chunk = head("chat.completion.chunk");
        chunk.put("choices", choices);
        if (withUsage) chunk.put("usage", null);
        return Json.of(chunk);
    }

    private Map<String, @Nullable Object> head(String object) {
        Map<String, @Nullable Object> head = new LinkedHashMap<>();
        head.put("id", id);
        head.put("object", object);
        head.put("created", created);
        head.put("model", model);
        return head;
    }

    private static Map<String, @Nullable Object> choice(
            String name, Map<String, ?> value, @Nullable String finishReason) {
        Map<String, @Nullable Object> choice = new LinkedHashMap<>();
        choice.put("index", 0);
        choice.put(name, value);
        choice.put("logprobs", null);
        choice.put("finish_reason", finishReason);
        return choice;
    }

    private static Map<String, Object> usage(Answer answer) {
        Map<String, Object> usage = new LinkedHashMap<>();
        usage.put("prompt_tokens", answer.promptTokens());
        usage.put("completion_tokens", answer.completionTokens());
        usage.put("total_tokens", answer.promptTokens() + answer.completionTokens());
        return usage;
    }
}
