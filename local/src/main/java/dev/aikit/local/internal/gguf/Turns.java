package dev.aikit.local.internal.gguf;

import dev.aikit.local.internal.chat.ChatRequest.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * A conversation in which user and assistant take turns, the user first. Many chat templates refuse any other, and the native
 * library answers such a refusal by ending the whole program.
 *
 * <p>With tools, an assistant's message that calls them stands by itself, and the answers of the tools follow it.
 *
 * @param system what the system messages say, wherever they stand
 */
record Turns(String system, List<Message> messages) {
    private static final String TOOL = "tool";
    private static final String ASSISTANT = "assistant";
    private static final String USER = "user";

    static Turns of(List<Message> conversation, boolean withTools) {
        List<String> system = new ArrayList<>();
        List<Message> turns = new ArrayList<>();
        for (Message message : conversation) {
            if (message.role().equals("system") || message.role().equals("developer")) {
                system.add(message.text());
            } else if (withTools && belongsToTools(message, turns)) {
                if (turns.isEmpty()) turns.add(new Message(USER, ""));
                turns.add(message);
            } else {
                add(message.role().equals(ASSISTANT) ? ASSISTANT : USER, message.text(), turns);
            }
        }
        if (turns.isEmpty()) turns.add(new Message(USER, ""));
        return new Turns(String.join("\n", system), turns);
    }

    private static boolean belongsToTools(Message message, List<Message> turns) {
        if (!message.toolCalls().isEmpty()) return true;
        if (!message.role().equals(TOOL) || turns.isEmpty()) return false;
        Message last = turns.get(turns.size() - 1);
        return last.role().equals(TOOL) || !last.toolCalls().isEmpty();
    }

    private static void add(String role, String text, List<Message> turns) {
        int last = turns.size() - 1;
        if (last >= 0
                && turns.get(last).role().equals(role)
                && turns.get(last).toolCalls().isEmpty()) {
            turns.set(last, new Message(role, turns.get(last).text() + "\n" + text));
        } else {
            if (last < 0 && role.equals(ASSISTANT)) turns.add(new Message(USER, ""));
            turns.add(new Message(role, text));
        }
    }
}
