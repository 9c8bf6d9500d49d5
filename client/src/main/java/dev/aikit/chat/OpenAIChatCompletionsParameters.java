package dev.aikit.chat;

import static dev.aikit.internal.Checks.positive;
import static dev.aikit.internal.Checks.text;
import static dev.aikit.internal.Checks.within;

import dev.aikit.Mode;
import dev.aikit.OpenAIAnswer;
import dev.aikit.OpenAICall;
import dev.aikit.OpenAIParameters;
import dev.aikit.OpenAIResult;
import dev.aikit.internal.call.Plan;
import dev.aikit.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of {@code chat.completions.create}. What is not set is not sent, and the server decides; only the model
 * has a default, {@value #DEFAULT_MODEL}. Servers have further parameters: {@link #field} sets them.
 *
 * @param <T> what the function returns with these parameters: the result, or a handle on the running call
 */
public final class OpenAIChatCompletionsParameters<T extends OpenAIAnswer>
        extends OpenAIParameters<
                OpenAIChatCompletionsResult,
                T,
                OpenAIChatCompletionsParameters<T>,
                OpenAIChatCompletionsParameters<OpenAICall<OpenAIChatCompletionsResult>>> {

    /** The model that is asked for if none is set, as in the kit. */
    public static final String DEFAULT_MODEL = "gpt-4o-mini";

    private final @Nullable Consumer<? super OpenAIChatCompletionsStreamResult> onData;
    private final @Nullable Consumer<? super OpenAIResult> streamFormula;
    private final @Nullable ResponseType responseType;

    private OpenAIChatCompletionsParameters(
            Plan<OpenAIChatCompletionsResult> plan,
            Mode<OpenAIChatCompletionsResult, T> mode,
            @Nullable Consumer<? super OpenAIChatCompletionsStreamResult> onData,
            @Nullable Consumer<? super OpenAIResult> streamFormula,
            @Nullable ResponseType responseType) {
        super(plan, mode);
        this.onData = onData;
        this.streamFormula = streamFormula;
        this.responseType = responseType;
    }

    /** Nothing set. */
    public static OpenAIChatCompletionsParameters<OpenAIChatCompletionsResult> create() {
        return new OpenAIChatCompletionsParameters<>(Plan.empty(), Mode.waiting(), null, null, null);
    }

    /** The model's name on the server. */
    public OpenAIChatCompletionsParameters<T> model(String name) {
        return field("model", text("model", name));
    }

    /** Whether the answer comes in pieces. */
    public OpenAIChatCompletionsParameters<T> stream(boolean wanted) {
        if (!wanted && (onData != null || streamFormula != null))
            throw new IllegalArgumentException("stream: true expected, because onData is set");
        return field("stream", wanted);
    }

    /** Options of a stream, such as {@code Map.of("include_usage", true)}. */
    public OpenAIChatCompletionsParameters<T> streamOptions(Map<String, ?> options) {
        return field("stream_options", Objects.requireNonNull(options, "streamOptions"));
    }

    /** The most tokens that the answer may have. */
    public OpenAIChatCompletionsParameters<T> maxCompletionTokens(int tokens) {
        return field("max_completion_tokens", positive("maxCompletionTokens", tokens));
    }

    /** How many answers; 1 to 128. */
    public OpenAIChatCompletionsParameters<T> n(int answers) {
        return field("n", within("n", answers, 1, 128));
    }

    /** How freely the model chooses its words; 0 to 2. */
    public OpenAIChatCompletionsParameters<T> temperature(double degree) {
        return field("temperature", within("temperature", degree, 0, 2));
    }

    /** From how large a part of the likely words the model chooses; 0 to 1. */
    public OpenAIChatCompletionsParameters<T> topP(double part) {
        return field("top_p", within("topP", part, 0, 1));
    }

    /** Whether the server keeps the answer. */
    public OpenAIChatCompletionsParameters<T> store(boolean wanted) {
        return field("store", wanted);
    }

    /** Words of the caller's own, by which answers that the server keeps can be listed. */
    public OpenAIChatCompletionsParameters<T> metadata(Map<String, String> words) {
        return field("metadata", Objects.requireNonNull(words, "metadata"));
    }

    /** How much the model thinks first: "minimal", "low", "medium", "high", or what else the server knows. */
    public OpenAIChatCompletionsParameters<T> reasoningEffort(String effort) {
        return field("reasoning_effort", text("reasoningEffort", effort));
    }

    /** The form of the answer, as the API describes it, such as {@code Map.of("type", "json_object")}. */
    public OpenAIChatCompletionsParameters<T> responseFormat(Map<String, ?> format) {
        return responseFormat(Json.of(Objects.requireNonNull(format, "responseFormat")), null);
    }

    /** The form of the answer by its name: "text", or "json_object" for servers that know no schemas. */
    public OpenAIChatCompletionsParameters<T> responseFormat(String form) {
        return responseFormat(Json.of(Map.of("type", text("responseFormat", form))), null);
    }

    /**
     * The same, for an answer that has to fit a type although no schema is sent: what it should look like has to be said in
     * the messages. It is looked at and read as with {@link #responseFormat(Class)}.
     */
    public OpenAIChatCompletionsParameters<T> responseFormat(String form, Class<?> type) {
        Json format = Json.of(Map.of("type", text("responseFormat", form)));
        return responseFormat(format, ResponseType.of(type));
    }

    /**
     * The type that the answer has to fit: a record, or a class with bean properties. The server is sent its schema, in
     * strict mode. An answer that does not fit, that the model refuses, or that ends too early makes the call fail, in all
     * its forms, and the result keeps what came; {@link OpenAIChatCompletionsResult#as} reads one that fits. Needs the
     * artifact {@code dev.aikit:aikit-schema}.
     *
     * @throws IllegalArgumentException if strict mode has no schema for the type, such as for one that holds a map
     * @throws IllegalStateException if the artifact is missing
     */
    public OpenAIChatCompletionsParameters<T> responseFormat(Class<?> type) {
        return responseFormat(type, true);
    }

    /** The same, in strict mode or not: without it maps and any JSON are allowed, and the server may answer otherwise. */
    public OpenAIChatCompletionsParameters<T> responseFormat(Class<?> type, boolean strict) {
        ResponseType wanted = ResponseType.of(type);
        return responseFormat(wanted.format(strict), wanted);
    }

    private OpenAIChatCompletionsParameters<T> responseFormat(Json format, @Nullable ResponseType type) {
        return new OpenAIChatCompletionsParameters<>(
                plan().withField("response_format", format), mode(), onData, streamFormula, type);
    }

    @Nullable
    ResponseType responseType() {
        return responseType;
    }

    /** The tools that the model may ask for, each an {@link OpenAITool}, or as the API describes it (a map, or a record). */
    public OpenAIChatCompletionsParameters<T> tools(List<?> tools) {
        return field(
                "tools",
                Objects.requireNonNull(tools, "tools").stream()
                        .map(each -> each instanceof OpenAITool tool ? tool.json() : each)
                        .toList());
    }

    /** "none", "auto", "required". */
    public OpenAIChatCompletionsParameters<T> toolChoice(String choice) {
        return field("tool_choice", text("toolChoice", choice));
    }

    /** A certain tool, as the API describes the choice. */
    public OpenAIChatCompletionsParameters<T> toolChoice(Map<String, ?> choice) {
        return field("tool_choice", Objects.requireNonNull(choice, "toolChoice"));
    }

    /** What much of the answer will be, such as {@code Map.of("type", "content", "content", text)}. */
    public OpenAIChatCompletionsParameters<T> prediction(Map<String, ?> prediction) {
        return field("prediction", Objects.requireNonNull(prediction, "prediction"));
    }

    /** "auto", "default", "flex", "priority". */
    public OpenAIChatCompletionsParameters<T> serviceTier(String tier) {
        return field("service_tier", text("serviceTier", tier));
    }

    /** Where the model stops: up to 4 texts, none of which becomes part of the answer. */
    public OpenAIChatCompletionsParameters<T> stop(String... texts) {
        if (Objects.requireNonNull(texts, "stop").length == 0)
            throw new IllegalArgumentException("stop: at least one text expected");
        for (String stop : texts)
            if (stop == null || stop.isEmpty())
                throw new IllegalArgumentException("stop: texts expected, not an empty one");
        return field("stop", List.of(texts));
    }

    /** Called with each piece of the answer, in order, before the end; asks for a stream. */
    public OpenAIChatCompletionsParameters<OpenAICall<OpenAIChatCompletionsResult>> onData(
            Consumer<? super OpenAIChatCompletionsStreamResult> callback) {
        Objects.requireNonNull(callback, "onData");
        return new OpenAIChatCompletionsParameters<>(
                streaming(), Mode.asynchronous(), callback, streamFormula, responseType);
    }

    /**
     * The kit's {@code formula} for streams, which receives both: each piece as an
     * {@link OpenAIChatCompletionsStreamResult}, and last, {@linkplain OpenAIResult#terminated() terminated}, the whole
     * {@link OpenAIChatCompletionsResult}. Asks for a stream.
     */
    public OpenAIChatCompletionsParameters<OpenAICall<OpenAIChatCompletionsResult>> streamFormula(
            Consumer<? super OpenAIResult> callback) {
        Objects.requireNonNull(callback, "streamFormula");
        return new OpenAIChatCompletionsParameters<>(
                streaming().withFormula(callback), Mode.asynchronous(), onData, callback, responseType);
    }

    private Plan<OpenAIChatCompletionsResult> streaming() {
        if (Json.of(plan().body().get("stream")).equals(Json.of(false)))
            throw new IllegalArgumentException("onData: only a stream has pieces, but stream(false) is set");
        return plan().withField("stream", true);
    }

    boolean streams() {
        return Json.of(plan().body().get("stream")).asBoolean(false);
    }

    @Nullable
    Consumer<OpenAIChatCompletionsStreamResult> listener() {
        if (onData == null && streamFormula == null) return null;
        return piece -> {
            if (onData != null) onData.accept(piece);
            if (streamFormula != null) streamFormula.accept(piece);
        };
    }

    byte[] body(List<OpenAIMessage> messages) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", DEFAULT_MODEL);
        List<Json> conversation = new ArrayList<>(messages.size());
        for (OpenAIMessage message : messages) conversation.add(message.json());
        body.put("messages", conversation);
        body.putAll(plan().body());
        return Json.of(body).toBytes();
    }

    @Override
    protected OpenAIChatCompletionsParameters<T> with(Plan<OpenAIChatCompletionsResult> changed) {
        return new OpenAIChatCompletionsParameters<>(changed, mode(), onData, streamFormula, responseType);
    }

    @Override
    protected OpenAIChatCompletionsParameters<OpenAICall<OpenAIChatCompletionsResult>> asynchronously(
            Plan<OpenAIChatCompletionsResult> changed) {
        return new OpenAIChatCompletionsParameters<>(changed, Mode.asynchronous(), onData, streamFormula, responseType);
    }
}
