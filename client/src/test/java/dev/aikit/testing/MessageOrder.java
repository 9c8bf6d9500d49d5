package dev.aikit.testing;

import dev.aikit.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** OpenAI's rules for the order of the messages in a request, told from the JSON alone. */
public final class MessageOrder {
    private static final Set<String> OPENING = Set.of("system", "developer", "user");

    private MessageOrder() {}

    /** What is wrong with the messages of a request; empty if nothing is. */
    public static List<String> violations(String request) {
        List<Json> messages = Json.parse(request).get("messages").items();
        List<String> wrong = violations(messages);
        String last = messages.isEmpty() ? "" : role(messages.get(messages.size() - 1));
        if (!last.equals("user") && !last.equals("tool")) wrong.add("the model is asked by a message of " + last);
        return wrong;
    }

    /** What is wrong with a conversation. */
    public static List<String> violations(List<Json> messages) {
        List<String> wrong = new ArrayList<>();
        if (!messages.isEmpty() && !OPENING.contains(role(messages.get(0))))
            wrong.add("the first message is one of " + role(messages.get(0)));
        int place = 0;
        while (place < messages.size()) {
            Json message = messages.get(place++);
            if (role(message).equals("tool")) wrong.add("an answer to no call: " + message);
            Set<String> calls = ids(message, wrong);
            boolean says = message.get("content").isPresent();
            if (!says && calls.isEmpty()) wrong.add("neither content nor a call of a tool: " + message);
            // The answers follow the turn that asks for them, each once, before anything else.
            while (!calls.isEmpty()
                    && place < messages.size()
                    && role(messages.get(place)).equals("tool")) {
                Json answer = messages.get(place++);
                if (!calls.remove(answer.get("tool_call_id").asText()))
                    wrong.add("an answer to another call: " + answer);
                if (!answer.get("content").isString()) wrong.add("an answer without a text: " + answer);
            }
            if (!calls.isEmpty()) wrong.add("calls " + calls + " have no answer after " + message);
        }
        return wrong;
    }

    private static Set<String> ids(Json message, List<String> wrong) {
        Set<String> ids = new HashSet<>();
        for (Json call : message.get("tool_calls").items()) {
            if (!role(message).equals("assistant")) wrong.add("a call that is not the assistant's: " + message);
            if (!ids.add(call.get("id").asText())) wrong.add("two calls with one id: " + message);
            if (!call.get("function").get("arguments").isString()) wrong.add("arguments that are no text: " + call);
        }
        return ids;
    }

    private static String role(Json message) {
        return message.get("role").asText();
    }
}
