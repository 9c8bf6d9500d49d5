package dev.aikit.local.internal.chat;

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
 */
public record ChatRequest(
        List<Message> messages,
        int maxTokens,
        List<String> stop,
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Long seed) {

    /** One message: its role, and its text, with the parts of a content list put together. */
    public record Message(String role, String text) {}
}
