package dev.aikit.examples;

import dev.aikit.OpenAI;
import dev.aikit.json.Json;
import java.util.List;
import java.util.Map;

/** What has no function in the kit yet is called by method, path, body and type of the answer. */
public final class AnyCall {
    /** A body may be a record. */
    record Question(String model, List<Map<String, String>> messages) {}

    /** An answer may be one; what it does not name is left out. */
    record Answer(String id, String object, String model) {}

    private AnyCall() {}

    /** Makes the same call twice: waiting, and in pieces. */
    public static void main(String... arguments) {
        OpenAI client = LocalModels.client();
        Question question =
                new Question(LocalModels.GUIDE, List.of(Map.of("role", "user", "content", "What is a worker?")));

        Answer answer =
                client.call("POST", "/chat/completions", question, Answer.class).value();
        System.out.println(answer.object() + " of " + answer.model());

        client.call(
                "POST",
                "/chat/completions",
                question,
                Json.class,
                p -> p.onData(piece -> System.out.print(piece.value()
                                .get("choices")
                                .get(0)
                                .get("delta")
                                .get("content")
                                .asText()))
                        .onTerminate(last -> System.out.println("\nsuccess: " + last.success())));
    }
}
