package dev.aikit.testkit;

import dev.aikit.testkit.ScriptedServer.Script;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the server of a chat model answers, in one piece or streamed, as the request asks. */
public final class ChatScripts {
    private static final String JSON = "content-type: application/json";
    private static final String EVENTS = "content-type: text/event-stream";

    private ChatScripts() {}

    /** A tool that is wanted, under that id; the arguments are JSON. */
    public record Call(String id, String name, String arguments) {}

    /** Wants one tool. */
    public static Script asks(String id, String name, String arguments) {
        return asks(List.of(new Call(id, name, arguments)));
    }

    /** Wants several tools; in a stream each comes in pieces, and the usage comes last of all. */
    public static Script asks(List<Call> calls) {
        return to -> {
            if (streams(to)) to.answer(200, stream(calls), EVENTS);
            else to.answer(200, whole(calls), JSON);
        };
    }

    /** Says something; in a stream in those pieces, and the usage comes last of all. */
    public static Script says(String... pieces) {
        return to -> {
            StringBuilder stream = new StringBuilder(Answers.unfinished(pieces));
            stream.append(Answers.event(Answers.piece("{}", "\"stop\""))).append(end());
            if (streams(to)) to.answer(200, stream.toString(), EVENTS);
            else to.answer(200, Answers.whole(String.join("", pieces)), JSON);
        };
    }

    /** Fails with that status and message. */
    public static Script fails(int status, String message) {
        return to -> to.answer(status, Answers.error(message), JSON);
    }

    private static boolean streams(ServerExchange to) throws IOException {
        return Boolean.TRUE.equals(to.request().json().get("stream"));
    }

    private static String whole(List<Call> calls) {
        List<Object> all = new ArrayList<>();
        for (Call call : calls) all.add(json(call.id, call.name, call.arguments));
        return Answers.whole(Map.of("role", "assistant", "tool_calls", all), "tool_calls");
    }

    private static Map<String, Object> json(String id, String name, String arguments) {
        return new LinkedHashMap<>(
                Map.of("id", id, "type", "function", "function", Map.of("name", name, "arguments", arguments)));
    }

    private static String stream(List<Call> calls) {
        StringBuilder stream =
                new StringBuilder(Answers.event(Answers.piece("{\"role\":\"assistant\",\"content\":null}", "null")));
        for (int i = 0; i < calls.size(); i++) {
            Call call = calls.get(i);
            Map<String, Object> begin = json(call.id, call.name, "");
            begin.put("index", i);
            stream.append(delta(begin));
            int half = call.arguments.length() / 2;
            for (String part : List.of(call.arguments.substring(0, half), call.arguments.substring(half)))
                stream.append(delta(Map.of("index", i, "function", Map.of("arguments", part))));
        }
        return stream.append(Answers.event(Answers.piece("{}", "\"tool_calls\"")))
                .append(end())
                .toString();
    }

    private static String delta(Map<String, ?> call) {
        return Answers.event(Answers.piece(JsonText.of(Map.of("tool_calls", List.of(call))), "null"));
    }

    private static String end() {
        return Answers.event(
                        "{\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4,\"total_tokens\":7}}")
                + Answers.done();
    }
}
