package dev.aikit.testing;

import dev.aikit.chat.OpenAIMessage;
import dev.aikit.json.Json;
import dev.aikit.testing.ScriptedServer.Script;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a server of a model that knows tools sends, in one piece or streamed, as the request asks. */
public final class ToolScripts {
    private ToolScripts() {}

    /** A tool that is wanted, under that id. */
    public record Call(String id, String name, String arguments) {}

    /** Wants one tool. */
    public static Script asks(String id, String name, String arguments) {
        return asks(List.of(new Call(id, name, arguments)));
    }

    /** Wants several tools; in a stream each comes in pieces, and the usage comes last of all. */
    public static Script asks(List<Call> calls) {
        return to -> {
            if (streams(to)) to.answer(200, stream(calls), "content-type: text/event-stream");
            else to.answer(200, whole(calls), "content-type: application/json");
        };
    }

    /** Says something; in a stream in those pieces, and the usage comes last of all. */
    public static Script says(String... pieces) {
        return to -> {
            StringBuilder stream = new StringBuilder(Answers.unfinished(pieces));
            stream.append(Answers.event(Answers.piece("{}", "\"stop\""))).append(end());
            if (streams(to)) to.answer(200, stream.toString(), "content-type: text/event-stream");
            else to.answer(200, Answers.whole(String.join("", pieces)), "content-type: application/json");
        };
    }

    /** What is said in a request. */
    public static List<OpenAIMessage> messages(ReceivedRequest request) {
        return Json.parse(request.text()).get("messages").map(OpenAIMessage::new);
    }

    private static boolean streams(ServerExchange to) {
        return Json.parse(to.request().text()).get("stream").asBoolean(false);
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
        return Answers.event(
                Answers.piece(Json.of(Map.of("tool_calls", List.of(call))).toString(), "null"));
    }

    private static String end() {
        return Answers.event(
                        "{\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4,\"total_tokens\":7}}")
                + Answers.done();
    }
}
