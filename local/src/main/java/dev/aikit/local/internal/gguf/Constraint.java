package dev.aikit.local.internal.gguf;

import de.kherud.llama.LlamaModel;
import dev.aikit.json.Json;
import dev.aikit.json.JsonException;
import dev.aikit.local.internal.ApiError;
import dev.aikit.local.internal.chat.Answer;
import dev.aikit.local.internal.chat.ChatRequest;
import dev.aikit.local.internal.chat.ToolCallReader;
import org.jspecify.annotations.Nullable;

/**
 * What the model may write, and how it is read.
 *
 * @param grammar allows nothing else; null for anything
 * @param reader finds calls of tools; null if there can be none
 */
record Constraint(@Nullable String grammar, @Nullable ToolCallReader reader) {
    private static final String ROOT = "root ::= ";
    private static final String JSON = "aikit-json";

    /**
     * Looks whether the request's schemas can be kept.
     *
     * @throws ApiError if not
     */
    static void check(ChatRequest request) {
        schema(request);
    }

    /** @param tagged whether the model was trained to write calls between tags */
    static Constraint of(ChatRequest request, boolean tagged) {
        Json schema = schema(request);
        if (request.tools().isFree()) return new Constraint(null, new ToolCallReader(false));
        if (schema == null) return new Constraint(null, null);
        String grammar = LlamaModel.jsonSchemaToGrammar(schema.toString());
        if (!request.tools().isForced()) return new Constraint(grammar, null);
        return new Constraint(tagged ? betweenTags(grammar) : grammar, new ToolCallReader(!tagged));
    }

    /**
     * Looks whether a complete answer is what it had to be: the library ignores a grammar that it cannot read.
     *
     * @throws ApiError if not
     */
    void verify(Answer answer) {
        if (grammar == null || answer.finishReason().equals("length")) return;
        boolean kept = reader != null ? answer.finishReason().equals("tool_calls") : isJson(answer.text());
        if (!kept)
            throw ApiError.server("the model's answer does not follow the schema", new IllegalStateException(grammar));
    }

    private static boolean isJson(String text) {
        try {
            Json.parse(text);
            return true;
        } catch (JsonException notJson) {
            return false;
        }
    }

    private static @Nullable Json schema(ChatRequest request) {
        if (request.tools().isForced()) return Schemas.ofCall(request.tools().forced());
        Json schema = request.schema();
        return schema == null ? null : Schemas.of(schema, "schema");
    }

    private static String betweenTags(String grammar) {
        String call = ("\n" + grammar).replace("\n" + ROOT, "\n" + JSON + " ::= ");
        return ROOT + "\"" + ToolCallReader.OPEN + "\\n\" " + JSON + " \"" + ToolCallReader.CLOSE + "\"" + call;
    }
}
