package dev.aikit.local.internal.chat;

import dev.aikit.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a chat model needs to know of a request.
 *
 * @param maxTokens the most tokens that the answer may have; {@link Integer#MAX_VALUE} if the request names no limit
 * @param stop texts that end the answer and are not part of it
 * @param temperature null for the model's own
 * @param topP null for the model's own
 * @param seed null for a random one
 * @param schema the JSON schema that the answer must follow; null for plain text
 */
public record ChatRequest(
        List<Message> messages,
        int maxTokens,
        List<String> stop,
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Long seed,
        Tools tools,
        @Nullable Json schema) {

    /**
     * One message.
     *
     * @param text the parts of a content list put together
     * @param toolCalls those that an assistant message made, in OpenAI's form
     * @param toolCallId the call that a tool message answers
     */
    public record Message(
            String role,
            String text,
            List<Json> toolCalls,
            @Nullable String toolCallId) {
        public Message(String role, String text) {
            this(role, text, List.of(), null);
        }
    }

    /**
     * The tools that the model may call.
     *
     * @param offered in OpenAI's form; empty if there are none
     * @param forced those of them of which it must call one; empty if it is free to call none
     */
    public record Tools(List<Json> offered, List<Json> forced) {
        /** No tools. */
        public static final Tools NONE = new Tools(List.of(), List.of());

        /** Whether there are some, and the model decides. */
        public boolean isFree() {
            return !offered.isEmpty() && forced.isEmpty();
        }

        /** Whether the model must call one. */
        public boolean isForced() {
            return !forced.isEmpty();
        }
    }
}
