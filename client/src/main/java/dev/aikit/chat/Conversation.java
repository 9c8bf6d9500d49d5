package dev.aikit.chat;

import java.util.ArrayList;
import java.util.List;

/** Messages in turns, each what the caller says and all that follows: what is forgotten is forgotten in whole turns. */
final class Conversation {
    private Conversation() {}

    /**
     * The end of a conversation: about that many messages, and whole turns only, so that no answer of a tool is without its
     * question. The last turn is kept whatever its length.
     */
    static List<OpenAIMessage> remembered(List<OpenAIMessage> messages, int numberOfMessages) {
        int from = 0;
        for (int start = 0; start < messages.size(); start++) {
            if (!beginsTurn(messages, start)) continue;
            from = start;
            if (messages.size() - start <= numberOfMessages) break;
        }
        return List.copyOf(messages.subList(from, messages.size()));
    }

    private static boolean beginsTurn(List<OpenAIMessage> messages, int place) {
        return place == 0 || !isOfTheModel(messages.get(place)) && isOfTheModel(messages.get(place - 1));
    }

    private static boolean isOfTheModel(OpenAIMessage message) {
        return message.role().equals("assistant") || message.role().equals("tool");
    }

    /** @throws IllegalStateException unless each tool call is answered once, before anything else is said */
    static void requireOrder(List<OpenAIMessage> messages) {
        List<String> open = new ArrayList<>();
        for (OpenAIMessage message : messages) {
            boolean answer = message.role().equals("tool");
            if (!answer) requireAnswered(open);
            else if (!open.remove(message.toolCallId()))
                throw new IllegalStateException(
                        "no tool call waits for an answer with the id \"" + message.toolCallId() + "\"");
            message.toolCalls().forEach(call -> open.add(call.id()));
        }
        requireAnswered(open);
    }

    private static void requireAnswered(List<String> open) {
        if (!open.isEmpty())
            throw new IllegalStateException("the model waits for the answers of the tool calls " + open
                    + ": prompt with OpenAIMessage.tool(id, text) for each of them, or reset()");
    }
}
