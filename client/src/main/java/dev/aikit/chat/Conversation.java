package dev.aikit.chat;

import java.util.ArrayList;
import java.util.List;

/** Messages in turns, each begun by the user: what is forgotten is forgotten in whole turns. */
final class Conversation {
    private Conversation() {}

    /**
     * The end of a conversation: about that many messages, and whole turns only, so that no answer of a tool is without its
     * question. The last turn is kept whatever its length.
     */
    static List<OpenAIMessage> remembered(List<OpenAIMessage> messages, int numberOfMessages) {
        int from = 0;
        for (int start = 0; start < messages.size(); start++) {
            if (!messages.get(start).role().equals("user")) continue;
            from = start;
            if (messages.size() - start <= numberOfMessages) break;
        }
        return List.copyOf(messages.subList(from, messages.size()));
    }

    /** The ids of the tool calls at the end of the messages that have no answer yet. */
    static List<String> openToolCalls(List<OpenAIMessage> messages) {
        List<String> open = new ArrayList<>();
        for (OpenAIMessage message : messages) {
            if (message.role().equals("assistant")) message.toolCalls().forEach(call -> open.add(call.id()));
            if (message.role().equals("tool")) open.remove(message.toolCallId());
        }
        return open;
    }
}
