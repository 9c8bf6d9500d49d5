package dev.aikit.cli.doctor;

import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIChatCompletionsStreamResult;
import dev.aikit.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers whole and in pieces. */
final class ChatProbes {
    private static final int FEW_TOKENS = 32;
    private static final String QUESTION = "Count from one to five.";

    private ChatProbes() {}

    static Finding chat(Patient patient) throws InterruptedException {
        OpenAIChatCompletionsResult result = patient.chat(QUESTION, FEW_TOKENS, p -> p);
        if (!result.success()) return Finding.ofChat(patient, result);
        List<String> deviations = new ArrayList<>();
        Json json = result.json();
        if (json.get("id").asText().isEmpty()) deviations.add("no \"id\"");
        if (!json.get("object").asText().equals("chat.completion"))
            deviations.add("no \"object\": \"chat.completion\"");
        if (result.choice().message().role().isEmpty()) deviations.add("the message has no \"role\"");
        if (result.choice().finishReason().isEmpty()) deviations.add("no \"finish_reason\"");
        if (!result.usage().isPresent()) deviations.add("no \"usage\"");
        if (result.choice().text().isEmpty()
                && result.choice().message().reasoning().isEmpty()) deviations.add("no text");
        return Finding.of(
                "chat", tokens(result) + ", ends with " + result.choice().finishReason(), deviations);
    }

    private static String tokens(OpenAIChatCompletionsResult result) {
        return result.usage().isPresent() ? result.usage().completionTokens() + " tokens" : "an answer";
    }

    static Finding stream(Patient patient) throws InterruptedException {
        List<OpenAIChatCompletionsStreamResult> chunks = new CopyOnWriteArrayList<>();
        OpenAIChatCompletionsResult result = patient.chat(QUESTION, FEW_TOKENS, p -> p.onData(chunks::add));
        if (!result.success()) return Finding.of("streaming", result);
        List<String> deviations = new ArrayList<>();
        String type = String.join("", result.headers().getOrDefault("content-type", List.of("no content type")));
        if (type.contains("json")) return new Finding("streaming", Finding.Verdict.NO, "the answer came in one piece");
        if (!type.contains("event-stream")) deviations.add("sent as " + type);
        if (result.choice().finishReason().isEmpty()) deviations.add("no \"finish_reason\"");
        return Finding.of("streaming", chunks.size() + " chunks", deviations);
    }

    static Finding usageChunk(Patient patient) throws InterruptedException {
        List<OpenAIChatCompletionsStreamResult> chunks = new CopyOnWriteArrayList<>();
        OpenAIChatCompletionsResult result = patient.chat(
                QUESTION,
                FEW_TOKENS,
                p -> p.streamOptions(Map.of("include_usage", true)).onData(chunks::add));
        if (!result.success()) return Finding.of("usage of a stream", result);
        List<OpenAIChatCompletionsStreamResult> counting =
                chunks.stream().filter(chunk -> chunk.usage().isPresent()).toList();
        if (counting.isEmpty())
            return new Finding("usage of a stream", Finding.Verdict.NO, "include_usage was not heeded");
        List<String> deviations = new ArrayList<>();
        if (counting.size() > 1) deviations.add("in " + counting.size() + " chunks, not in the last alone");
        else if (counting.get(0).choice().isPresent())
            deviations.add("in a chunk with a choice, not in one of its own");
        return Finding.of("usage of a stream", result.usage().totalTokens() + " tokens", deviations);
    }
}
