package dev.aikit.cli.doctor;

import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAITool;
import dev.aikit.chat.OpenAIToolCall;
import dev.aikit.cli.doctor.Finding.Verdict;
import dev.aikit.json.Json;
import dev.aikit.json.JsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a program needs beyond text: tools, and answers of a form. */
final class SkillProbes {
    private static final int SOME_TOKENS = 200;
    private static final Map<String, Object> TWO_NUMBERS = Map.of(
            "type",
            "object",
            "properties",
            Map.of("a", Map.of("type", "integer"), "b", Map.of("type", "integer")),
            "required",
            List.of("a", "b"),
            "additionalProperties",
            false);

    private SkillProbes() {}

    static Finding tools(Patient patient) throws InterruptedException {
        OpenAITool tool = OpenAITool.of("add", "Adds two numbers.", TWO_NUMBERS, arguments -> "");
        OpenAIChatCompletionsResult result = patient.chat(
                "What is 17 plus 25? Use the tool.",
                SOME_TOKENS,
                p -> p.tools(List.of(tool.json())).toolChoice("required"));
        if (!result.success()) return Finding.ofWish("tools", result);
        List<OpenAIToolCall> calls = result.choice().message().toolCalls();
        if (calls.isEmpty())
            return new Finding("tools", Verdict.NO, "no tool was called although tool_choice was \"required\"");
        OpenAIToolCall call = calls.get(0);
        List<String> deviations = new ArrayList<>();
        if (call.id().isEmpty()) deviations.add("the call has no \"id\"");
        if (!call.name().equals("add")) deviations.add("called " + call.name() + ", which does not exist");
        if (!call.json().get("function").get("arguments").isString()) deviations.add("arguments are not a text");
        if (!isTwoNumbers(call.arguments())) deviations.add("the arguments do not follow the schema");
        String ending = result.choice().finishReason();
        if (!ending.equals("tool_calls") && !ending.equals("stop")) deviations.add("ends with \"" + ending + "\"");
        return Finding.of("tools", call.name() + call.arguments(), deviations);
    }

    static Finding schema(Patient patient) throws InterruptedException {
        Map<String, Object> format = Map.of(
                "type",
                "json_schema",
                "json_schema",
                Map.of("name", "two_numbers", "strict", true, "schema", TWO_NUMBERS));
        return formed(patient, "structured output", format, "Two numbers whose sum is 42.");
    }

    static Finding jsonObject(Patient patient) throws InterruptedException {
        String question = "Two numbers whose sum is 42, as a JSON object with the integers \"a\" and \"b\".";
        return formed(patient, "JSON output", Map.of("type", "json_object"), question);
    }

    private static Finding formed(Patient patient, String about, Map<String, ?> format, String question)
            throws InterruptedException {
        OpenAIChatCompletionsResult result = patient.chat(question, SOME_TOKENS, p -> p.responseFormat(format));
        if (!result.success()) return Finding.ofWish(about, result);
        String text = result.choice().text().strip();
        if (isTwoNumbers(text)) return Finding.of(about, "follows the form", List.of());
        String why = result.choice().finishReason().equals("length")
                ? "cut off after " + SOME_TOKENS + " tokens"
                : "the answer does not follow the form";
        return new Finding(about, Verdict.NO, why);
    }

    private static boolean isTwoNumbers(String text) {
        try {
            Json json = Json.parse(text);
            return json.get("a").isNumber() && json.get("b").isNumber();
        } catch (JsonException notJson) {
            return false;
        }
    }
}
