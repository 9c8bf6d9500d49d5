package dev.aikit.chat;

import dev.aikit.OpenAIAnswer;
import dev.aikit.OpenAIError;
import dev.aikit.OpenAIException;
import dev.aikit.OpenAILimits;
import dev.aikit.internal.Checks;
import dev.aikit.internal.call.Operation;
import dev.aikit.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A conversation: remembers what was said, and runs the tools that the model asks for. One prompt at a time; everything
 * else may be used from any thread.
 *
 * <pre>{@code
 * var helper = client.chat().create("You are a helpful assistant.");
 * helper.prompt("Could you explain me why 42 is a special number");
 * helper.prompt("And 43?");
 * }</pre>
 *
 * @param <T> what {@link #prompt} returns: the result, or a handle on the running call, as the parameters say
 */
public final class OpenAIChatHelper<T extends OpenAIAnswer> {
    private final OpenAIChatAPI chat;
    private final OpenAIMessage systemPrompt;
    private final OpenAIChatCompletionsParameters<T> parameters;
    private final Map<String, OpenAITool> tools = new LinkedHashMap<>();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicInteger resets = new AtomicInteger();
    private volatile List<OpenAIMessage> messages = List.of();
    private volatile List<OpenAIError> lastErrors = List.of();
    private volatile int numberOfMessages = 15;
    private volatile boolean autoHandleToolCalls = true;
    private volatile int maxToolRounds = 10;
    private volatile Duration toolTimeout = Duration.ofMinutes(1);

    OpenAIChatHelper(OpenAIChatAPI chat, String systemPrompt, OpenAIChatCompletionsParameters<T> parameters) {
        this.chat = chat;
        this.systemPrompt = OpenAIMessage.system(Checks.text("systemPrompt", systemPrompt));
        this.parameters = Objects.requireNonNull(parameters, "parameters");
    }

    /** Says something to the model; waits, or does not, as the helper's parameters say. */
    public T prompt(String text) {
        return prompt(OpenAIMessage.user(Checks.text("text", text)));
    }

    /** The same with a message of any kind, such as one with a picture, or the answer of a tool. */
    public T prompt(OpenAIMessage message) {
        return prompt(List.of(Objects.requireNonNull(message, "message")));
    }

    /**
     * The same with several messages, such as the answers of several tools.
     *
     * @throws IllegalStateException if a prompt is running, if tools that the model asked for have no answer, or if there
     *     is an answer that no tool call waits for
     */
    public T prompt(List<OpenAIMessage> said) {
        if (!busy.compareAndSet(false, true))
            throw new IllegalStateException("a prompt of this conversation is running: wait for its end, or cancel it");
        try {
            int conversation = resets.get();
            List<OpenAIMessage> turn = new ArrayList<>(messages);
            turn.addAll(OpenAIChatCompletionsAPI.checked(said));
            Conversation.requireOrder(turn);
            HelperReader reader = new HelperReader(this, conversation, turn, parameters.listener());
            return chat.send(
                    new Operation<>(
                            "chat.prompt", "POST", "/chat/completions", body(turn), parameters.streams(), () -> reader),
                    parameters);
        } catch (OpenAIException failed) {
            throw failed; // the prompt has ended, and another one may be running
        } catch (RuntimeException | Error notSent) {
            busy.set(false);
            throw notSent;
        }
    }

    OpenAILimits limits() {
        return chat.limits();
    }

    byte[] body(List<OpenAIMessage> turn) {
        List<OpenAIMessage> sent = new ArrayList<>();
        sent.add(systemPrompt);
        sent.addAll(Conversation.remembered(turn, numberOfMessages));
        List<Json> described = tools().stream().map(OpenAITool::json).toList();
        return (described.isEmpty() ? parameters : parameters.tools(described)).body(sent);
    }

    /** The prompt has ended: what was said becomes part of the conversation, or, after a failure, none of it. */
    void ended(int conversation, List<OpenAIMessage> turn, List<OpenAIError> errors) {
        lastErrors = errors;
        if (errors.isEmpty() && conversation == resets.get())
            messages = Conversation.remembered(turn, numberOfMessages);
        busy.set(false);
    }

    /**
     * Begins anew, as in the kit: forgets the tools and all that was said, also what a prompt that is running says. The
     * system prompt and the parameters stay.
     */
    public void reset() {
        resets.incrementAndGet();
        messages = List.of();
        lastErrors = List.of();
        unregisterTools();
    }

    /** Lets the model ask for a tool, in the place of another one of that name. */
    public OpenAIChatHelper<T> registerTool(OpenAITool tool) {
        synchronized (tools) {
            tools.put(tool.name(), tool);
        }
        return this;
    }

    /** The same with what runs given apart from the tool's definition: see {@link OpenAITool#of(Object,
     * OpenAITool.Handler)}. */
    public OpenAIChatHelper<T> registerTool(Object definition, OpenAITool.Handler handler) {
        return registerTool(OpenAITool.of(definition, handler));
    }

    /** The same for several. */
    public OpenAIChatHelper<T> registerTools(Collection<OpenAITool> several) {
        several.forEach(this::registerTool);
        return this;
    }

    /** The same for several by their names. */
    public OpenAIChatHelper<T> registerTools(Map<String, OpenAITool> several) {
        several.forEach((name, tool) -> {
            if (!tool.name().equals(name))
                throw new IllegalArgumentException("the tool under the name " + name + " is named " + tool.name());
        });
        return registerTools(several.values());
    }

    /**
     * The same for the methods of an object that have a {@link Tool}: see {@link OpenAITool#ofMethods}.
     *
     * @throws IllegalArgumentException if there is none, or if one of them cannot be a tool
     */
    public OpenAIChatHelper<T> registerTools(Object annotated) {
        return registerTools(OpenAITool.ofMethods(annotated));
    }

    /** Takes a tool away. */
    public OpenAIChatHelper<T> unregisterTool(String name) {
        synchronized (tools) {
            tools.remove(name);
        }
        return this;
    }

    /** Takes all tools away. */
    public OpenAIChatHelper<T> unregisterTools() {
        synchronized (tools) {
            tools.clear();
        }
        return this;
    }

    /** The tools that the model may ask for. */
    public List<OpenAITool> tools() {
        synchronized (tools) {
            return List.copyOf(tools.values());
        }
    }

    @Nullable
    OpenAITool tool(String name) {
        synchronized (tools) {
            return tools.get(name);
        }
    }

    /** The chat that this is part of. */
    public OpenAIChatAPI chat() {
        return chat;
    }

    /** What the model should be. */
    public OpenAIMessage systemPrompt() {
        return systemPrompt;
    }

    /** The parameters of every prompt. */
    public OpenAIChatCompletionsParameters<T> parameters() {
        return parameters;
    }

    /** What was said and is remembered, without the system prompt. */
    public List<OpenAIMessage> messages() {
        return messages;
    }

    /** Why the last prompt failed; empty if it did not. */
    public List<OpenAIError> lastErrors() {
        return lastErrors;
    }

    /** How many messages are remembered. */
    public int numberOfMessages() {
        return numberOfMessages;
    }

    /** About how many messages are remembered, in whole turns; by default 15. */
    public OpenAIChatHelper<T> numberOfMessages(int number) {
        numberOfMessages = Checks.positive("numberOfMessages", number);
        return this;
    }

    /** Whether tools run by themselves. */
    public boolean autoHandleToolCalls() {
        return autoHandleToolCalls;
    }

    /** Whether tools run by themselves, or the caller answers for them; by default they do. */
    public OpenAIChatHelper<T> autoHandleToolCalls(boolean wanted) {
        autoHandleToolCalls = wanted;
        return this;
    }

    /** In how many rounds of one prompt the model may ask for tools. */
    public int maxToolRounds() {
        return maxToolRounds;
    }

    /** In how many rounds of one prompt the model may ask for tools; by default 10. */
    public OpenAIChatHelper<T> maxToolRounds(int rounds) {
        maxToolRounds = Checks.positive("maxToolRounds", rounds);
        return this;
    }

    /** How long the tools of one answer may take. */
    public Duration toolTimeout() {
        return toolTimeout;
    }

    /**
     * How long the tools of one answer may take before the model is told that those without an answer failed; by default a
     * minute. Also what waits for its turn on a worker or a form counts.
     */
    public OpenAIChatHelper<T> toolTimeout(Duration limit) {
        if (limit == null || limit.isNegative() || limit.isZero())
            throw new IllegalArgumentException("toolTimeout: a duration over zero expected, not " + limit);
        toolTimeout = limit;
        return this;
    }
}
