package dev.aikit;

import dev.aikit.batches.OpenAIBatchesAPI;
import dev.aikit.chat.OpenAIChatAPI;
import dev.aikit.embeddings.OpenAIEmbeddingsAPI;
import dev.aikit.files.OpenAIFilesAPI;
import dev.aikit.images.OpenAIImagesAPI;
import dev.aikit.internal.call.Engine;
import dev.aikit.internal.netty.NettyTransport;
import dev.aikit.internal.threads.CallbackThreads;
import dev.aikit.models.OpenAIModelsAPI;
import dev.aikit.moderations.OpenAIModerationsAPI;
import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A client for OpenAI and for every server that speaks its language. Immutable and safe for use by several threads; make
 * one and share it. It opens nothing before its first call.
 *
 * <pre>{@code
 * OpenAI client = OpenAI.create();                                // from the environment
 * OpenAIModelListResult models = client.models().list();          // waits
 * client.models().list(p -> p.formula(this::receive));            // does not wait
 * }</pre>
 *
 * <p>Threads: one input/output thread, started by the first call; callbacks run where {@link OpenAIParameters#on} says.
 * Pending callbacks keep the program alive, an idle client does not.
 */
public final class OpenAI implements AutoCloseable {
    /** Ends the threads of clients that nobody closed and nobody has any more. */
    private static final Cleaner FORGOTTEN = Cleaner.create();

    private final OpenAIConfiguration configuration;
    private final Engine engine;
    private final OpenAIModelsAPI models;
    private final OpenAIChatAPI chat;
    private final OpenAIEmbeddingsAPI embeddings;
    private final OpenAIModerationsAPI moderations;
    private final OpenAIFilesAPI files;
    private final OpenAIImagesAPI images;
    private final OpenAIBatchesAPI batches;
    private final OpenAIAnyAPI any;

    private OpenAI(OpenAIConfiguration configuration) {
        this(
                configuration,
                new Engine(
                        configuration.settings(),
                        configuration.clock(),
                        agent ->
                                new NettyTransport(agent, configuration.limits().maxHeaderBytes()),
                        CallbackThreads.shared()));
    }

    OpenAI(OpenAIConfiguration configuration, Engine engine) {
        this.configuration = configuration;
        this.engine = engine;
        FORGOTTEN.register(this, engine::closeWhenIdle);
        this.models = new OpenAIModelsAPI(this);
        this.chat = new OpenAIChatAPI(this);
        this.embeddings = new OpenAIEmbeddingsAPI(this);
        this.moderations = new OpenAIModerationsAPI(this);
        this.files = new OpenAIFilesAPI(this);
        this.images = new OpenAIImagesAPI(this);
        this.batches = new OpenAIBatchesAPI(this);
        this.any = new OpenAIAnyAPI(this);
    }

    /**
     * A client from the environment: {@code OPENAI_API_KEY}, {@code OPENAI_BASE_URL}, {@code OPENAI_ORG_ID},
     * {@code OPENAI_PROJECT_ID}, and the {@linkplain OpenAIProviders#load() providers} that it and an {@code
     * AIProviders.json} know.
     *
     * @throws IllegalStateException if there is neither a key nor a base URL nor another provider
     * @throws IllegalArgumentException if a variable or the file cannot be used
     */
    public static OpenAI create() {
        return create(OpenAIConfiguration.fromEnvironment());
    }

    /** A client for OpenAI itself with that key. */
    public static OpenAI create(String apiKey) {
        return create(OpenAIConfiguration.defaults().apiKey(apiKey));
    }

    /** A client with settings of its own. The environment is not looked at: its key belongs to its address. */
    public static OpenAI create(UnaryOperator<OpenAIConfiguration> settings) {
        return create(OpenAIConfiguration.with(Objects.requireNonNull(settings, "settings")));
    }

    /**
     * A client from a configuration.
     *
     * @throws IllegalStateException if it is for OpenAI itself, or for a named provider that wants a key, and has none
     */
    public static OpenAI create(OpenAIConfiguration configuration) {
        String flaw = configuration.flawOfAll();
        if (flaw != null) throw new IllegalStateException(flaw);
        return new OpenAI(configuration);
    }

    /** What this client was made from. */
    public OpenAIConfiguration configuration() {
        return configuration;
    }

    /** The models that the server offers. */
    public OpenAIModelsAPI models() {
        return models;
    }

    /** Chat. */
    public OpenAIChatAPI chat() {
        return chat;
    }

    /** Texts as vectors. */
    public OpenAIEmbeddingsAPI embeddings() {
        return embeddings;
    }

    /** Whether something is harmful. */
    public OpenAIModerationsAPI moderations() {
        return moderations;
    }

    /** Files that the server keeps. */
    public OpenAIFilesAPI files() {
        return files;
    }

    /** Pictures that a model makes. */
    public OpenAIImagesAPI images() {
        return images;
    }

    /** Batches at a provider. */
    public OpenAIBatchesAPI batches() {
        return batches;
    }

    /**
     * Calls what has no function here, and waits.
     *
     * @param method of HTTP, such as "POST"
     * @param path below the base URL, such as "/responses"
     * @param body a map, a record, JSON text, or anything else that {@link dev.aikit.json.Json#of} takes; null for none
     * @param type what the answer is turned into: a record, a map, or {@link dev.aikit.json.Json}
     */
    public <V> OpenAIAnyResult<V> call(String method, String path, @Nullable Object body, Class<V> type) {
        return any.call(method, path, body, type, p -> p);
    }

    /** The same with parameters: waiting, asynchronous or streaming like all others. */
    public <V, T extends OpenAIAnswer> T call(
            String method,
            String path,
            @Nullable Object body,
            Class<V> type,
            Function<OpenAIAnyParameters<V, OpenAIAnyResult<V>>, OpenAIAnyParameters<V, T>> parameters) {
        return any.call(method, path, body, type, parameters);
    }

    /** Ends the calls that still run, each with its callbacks, and closes the connections. Does not wait for either. */
    @Override
    public void close() {
        engine.close();
    }

    /**
     * Waits for the calls that run, for that long at the most, then closes as {@link #close()} does.
     *
     * @throws InterruptedException if the waiting thread is interrupted; the client is closed then as well
     */
    public void close(Duration patience) throws InterruptedException {
        if (patience == null || patience.isNegative())
            throw new IllegalArgumentException("patience: a duration from zero expected, not " + patience);
        engine.close(patience);
    }

    Engine engine() {
        return engine;
    }

    /** The address, never the key. */
    @Override
    public String toString() {
        return "OpenAI[" + configuration.baseURL() + "]";
    }
}
