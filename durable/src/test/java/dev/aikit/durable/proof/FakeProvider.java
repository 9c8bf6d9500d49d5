package dev.aikit.durable.proof;

import dev.aikit.json.Json;
import dev.aikit.testkit.Answers;
import dev.aikit.testkit.ScriptedServer;
import dev.aikit.testkit.ServerExchange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A fake of a provider's Batch API, without a model. Each batch is worked off when it has been asked after a few times.
 * Whether a request has a result, a failure, or nothing at all, the test says.
 */
public final class FakeProvider implements AutoCloseable {
    /** What becomes of a request. */
    public enum Fate {
        RESULT,
        FAILURE,
        NOTHING
    }

    private final ScriptedServer server = ScriptedServer.start();
    private final Map<String, List<Json>> inputs = new LinkedHashMap<>();
    private final Map<String, String> outputs = new LinkedHashMap<>();
    private final Map<String, Json> batches = new LinkedHashMap<>();
    private final Map<String, Integer> asked = new LinkedHashMap<>();
    private final Map<CompletableFuture<Void>, Integer> awaited = new ConcurrentHashMap<>();
    private int requests;
    private int mostOpen = Integer.MAX_VALUE;
    private int asksUntilDone = 2;
    private int status;
    private Function<String, Fate> fates = id -> Fate.RESULT;

    public FakeProvider() {
        server.otherwise(this::handle);
    }

    public String baseUrl() {
        return server.baseURL();
    }

    public synchronized void fates(Function<String, Fate> other) {
        fates = other;
    }

    /** More batches at a time are refused, as OpenAI does when too many tokens wait. */
    public synchronized void mostOpen(int most) {
        mostOpen = most;
    }

    /** How often a batch is asked after before it has ended. */
    public synchronized void asksUntilDone(int times) {
        asksUntilDone = times;
    }

    /** Everything is answered with that status from now on; 0 for as usual. */
    public synchronized void status(int only) {
        status = only;
    }

    public synchronized List<Json> batches() {
        return List.copyOf(batches.values());
    }

    /** The requests of all batches that were begun and not refused. */
    public synchronized List<Json> worked() {
        List<Json> all = new ArrayList<>();
        for (Json batch : batches.values())
            if (!batch.get("status").asText().equals("failed"))
                all.addAll(inputs.get(batch.get("input_file_id").asText()));
        return all;
    }

    public synchronized int requests() {
        return requests;
    }

    public synchronized CompletableFuture<Void> whenRequests(int number) {
        CompletableFuture<Void> event = new CompletableFuture<>();
        awaited.put(event, number);
        if (requests >= number) event.complete(null);
        return event;
    }

    private void handle(ServerExchange to) throws Exception {
        String call = to.request().method() + " " + to.request().target().replaceFirst("\\?.*", "");
        String answer;
        int only;
        synchronized (this) {
            only = status;
            answer = only == 0 ? answer(call, to.request().text()) : Answers.error("no, said the fake");
            requests++;
            awaited.forEach((event, wanted) -> {
                if (requests >= wanted && awaited.remove(event) != null) event.complete(null);
            });
        }
        to.answer(only == 0 ? 200 : only, answer);
    }

    private String answer(String call, String body) {
        if (call.equals("POST /v1/files")) return upload(body);
        if (call.equals("POST /v1/batches")) return begin(Json.parse(body));
        if (call.equals("GET /v1/batches"))
            return Json.missing()
                    .with("data", List.copyOf(batches.values()))
                    .with("has_more", false)
                    .toString();
        String id = call.replaceFirst("\\w+ /v1/\\w+/", "").replaceFirst("/.*", "");
        if (call.endsWith("/content")) return outputs.get(id);
        if (call.endsWith("/cancel")) end(id, "cancelled");
        else askedAfter(id);
        return batches.get(id).toString();
    }

    private String upload(String form) {
        String id = "file-" + (inputs.size() + 1);
        inputs.put(
                id,
                form.lines()
                        .filter(line -> line.startsWith("{\"custom_id\""))
                        .map(Json::parse)
                        .toList());
        return "{\"id\":\"" + id + "\",\"object\":\"file\"}";
    }

    private String begin(Json asked) {
        String id = "batch_" + (batches.size() + 1);
        long open = batches.values().stream()
                .filter(batch -> batch.get("status").asText().equals("in_progress"))
                .count();
        Json batch = Json.missing()
                .with("id", id)
                .with("endpoint", asked.get("endpoint"))
                .with("input_file_id", asked.get("input_file_id"))
                .with("status", "in_progress");
        if (open >= mostOpen)
            batch = batch.with("status", "failed")
                    .with(
                            "errors",
                            Map.of("data", List.of(Map.of("code", "token_limit_exceeded", "message", "enough"))));
        batches.put(id, batch);
        return batch.toString();
    }

    private void askedAfter(String id) {
        if (asked.merge(id, 1, Integer::sum) >= asksUntilDone
                && batches.get(id).get("status").asText().equals("in_progress")) end(id, "completed");
    }

    private void end(String id, String status) {
        StringBuilder results = new StringBuilder();
        StringBuilder failures = new StringBuilder();
        for (Json request : inputs.get(batches.get(id).get("input_file_id").asText())) {
            String key = request.get("custom_id").asText();
            switch (fates.apply(key)) {
                case RESULT -> results.append(line(key, 200, ModelServer.Reply.ok("answer to " + key)));
                case FAILURE -> failures.append(line(key, 400, ModelServer.Reply.error(400)));
                case NOTHING -> {}
            }
        }
        outputs.put(id + "-out", results.toString());
        outputs.put(id + "-err", failures.toString());
        batches.put(
                id,
                batches.get(id)
                        .with("status", status)
                        .with("output_file_id", results.isEmpty() ? null : id + "-out")
                        .with("error_file_id", failures.isEmpty() ? null : id + "-err"));
    }

    private static String line(String key, int status, ModelServer.Reply reply) {
        return Json.missing()
                        .with("id", "batch_req_" + key)
                        .with("custom_id", key)
                        .with("response", Map.of("status_code", status, "body", Json.parse(reply.body())))
                        .with("error", null)
                + "\n";
    }

    @Override
    public void close() {
        server.close();
    }
}
