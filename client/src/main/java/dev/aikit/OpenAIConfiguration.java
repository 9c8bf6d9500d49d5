package dev.aikit;

import dev.aikit.internal.Checks;
import dev.aikit.internal.SecretParameters;
import dev.aikit.internal.call.ClientSettings;
import dev.aikit.internal.call.Clock;
import dev.aikit.internal.call.GivenClock;
import dev.aikit.internal.call.Requests;
import dev.aikit.internal.call.Timeouts;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a client is made from. Immutable: each setter returns a changed copy.
 *
 * <pre>{@code
 * OpenAI client = OpenAI.create(c -> c.baseURL("http://localhost:11434/v1").timeout(Duration.ofSeconds(90)));
 * }</pre>
 */
public final class OpenAIConfiguration {
    /** The address of OpenAI itself. */
    public static final String OPENAI_URL = "https://api.openai.com/v1";

    private OpenAIProvider own = OpenAIProvider.unnamed(OPENAI_URL);
    private @Nullable OpenAIProviders providers;
    private Timeouts timeouts = new Timeouts(
            Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofMinutes(2), null, Duration.ofMinutes(10));
    private int maxRetries = 2;
    private Map<String, String> customHeaders = Map.of();
    private HttpAgent httpAgent = HttpAgent.defaults();
    private OpenAILimits limits = OpenAILimits.defaults();
    private @Nullable BiConsumer<OpenAICall<?>, Throwable> uncaught;

    private Clock clock = Clock.SYSTEM;

    private OpenAIConfiguration() {}

    /** No key, OpenAI's address, and the defaults that each setter names. */
    public static OpenAIConfiguration defaults() {
        return new OpenAIConfiguration();
    }

    /** The same as {@link #fromEnvironment(Map)} with the environment of this process. */
    public static OpenAIConfiguration fromEnvironment() {
        return fromEnvironment(System.getenv());
    }

    /**
     * What an environment says: {@code OPENAI_API_KEY}, {@code OPENAI_BASE_URL}, {@code OPENAI_ORG_ID},
     * {@code OPENAI_PROJECT_ID}, and the {@linkplain OpenAIProviders#load(Map) providers}; blank values count as absent.
     *
     * @throws IllegalArgumentException if a value cannot be used; the message names the variable, or the file of providers
     */
    public static OpenAIConfiguration fromEnvironment(Map<String, String> environment) {
        OpenAIProvider own = new ProviderKeys(environment).own();
        return defaults().provider(own).providers(OpenAIProviders.load(environment));
    }

    private OpenAIConfiguration copy() {
        OpenAIConfiguration copy = new OpenAIConfiguration();
        copy.own = own;
        copy.providers = providers;
        copy.timeouts = timeouts;
        copy.maxRetries = maxRetries;
        copy.customHeaders = customHeaders;
        copy.httpAgent = httpAgent;
        copy.limits = limits;
        copy.uncaught = uncaught;
        copy.clock = clock;
        return copy;
    }

    /**
     * The key, sent to the base URL's own host and to no other, as {@code Authorization: Bearer} or as that host is known to
     * want it. By default none.
     *
     * @throws IllegalArgumentException if it is blank or no header can hold it; the message does not hold it either
     */
    public OpenAIConfiguration apiKey(String key) {
        return own(own.apiKey(key));
    }

    /**
     * Where the API is, with its {@code /v1} if it has one; by default {@value #OPENAI_URL}.
     *
     * @throws IllegalArgumentException if it is not an absolute address of http or https, or holds a user name or a fragment
     */
    public OpenAIConfiguration baseURL(String url) {
        return own(own.baseURL(url));
    }

    /** The organization, sent as {@code OpenAI-Organization}. By default none. */
    public OpenAIConfiguration organization(String id) {
        return own(own.organization(id));
    }

    /** The project, sent as {@code OpenAI-Project}. By default none. */
    public OpenAIConfiguration project(String id) {
        return own(own.project(id));
    }

    private OpenAIConfiguration own(OpenAIProvider changed) {
        OpenAIConfiguration copy = copy();
        copy.own = changed;
        return copy;
    }

    /**
     * What {@code provider:model} and the names of aliases stand for. By default nothing: every name of a model is sent as
     * it is; but {@link #fromEnvironment()}, and with it {@link OpenAI#create()}, loads them.
     */
    public OpenAIConfiguration providers(OpenAIProviders known) {
        Objects.requireNonNull(known, "providers");
        OpenAIConfiguration copy = copy();
        copy.providers = known;
        return copy;
    }

    /**
     * The client's own server: address and credentials of that provider, in the place of those that were set before. Of
     * {@link #providers}, if they were set before, else of {@link OpenAIProviders#load()}.
     *
     * @throws IllegalArgumentException if no such provider is known
     */
    public OpenAIConfiguration provider(String name) {
        OpenAIProviders known = providers != null ? providers : OpenAIProviders.load();
        return providers(known).provider(known.required(Checks.text("provider", name)));
    }

    /** The client's own server: address and credentials of that provider, in the place of those that were set before. */
    public OpenAIConfiguration provider(OpenAIProvider provider) {
        return own(Objects.requireNonNull(provider, "provider"));
    }

    /** The longest that a call may take, with all attempts and waits. By default 10 minutes. */
    public OpenAIConfiguration timeout(Duration limit) {
        return timeouts(timeouts.withTotal(limit));
    }

    /** The longest wait for a connection: a free socket, name look-up, connecting, TLS. By default 10 seconds. */
    public OpenAIConfiguration connectTimeout(Duration limit) {
        return timeouts(timeouts.withConnect(limit));
    }

    /**
     * The longest wait for the first byte of the answer's body, from the moment of sending; of a file, from the end of
     * sending. By default 5 minutes.
     */
    public OpenAIConfiguration firstByteTimeout(Duration limit) {
        return timeouts(timeouts.withFirstByte(limit));
    }

    /** The longest silence within an answer that has begun, or within an upload: the server takes nothing. By default 2 minutes. */
    public OpenAIConfiguration idleTimeout(Duration limit) {
        return timeouts(timeouts.withIdle(limit));
    }

    /** The longest that one attempt may take. By default there is no such limit but {@link #timeout}. */
    public OpenAIConfiguration attemptTimeout(Duration limit) {
        return timeouts(timeouts.withAttempt(limit));
    }

    private OpenAIConfiguration timeouts(Timeouts changed) {
        OpenAIConfiguration copy = copy();
        copy.timeouts = changed;
        return copy;
    }

    /** How often a call that failed for a passing reason is tried again. By default 2. */
    public OpenAIConfiguration maxRetries(int retries) {
        Checks.notNegative("maxRetries", retries);
        OpenAIConfiguration copy = copy();
        copy.maxRetries = retries;
        return copy;
    }

    /** A header for every call, or in the place of one that the client would send. */
    public OpenAIConfiguration customHeader(String name, String value) {
        Map<String, String> headers = new LinkedHashMap<>(customHeaders);
        headers.put(Requests.checkedHeader(name, value), value);
        OpenAIConfiguration copy = copy();
        copy.customHeaders = Collections.unmodifiableMap(headers);
        return copy;
    }

    /** The same for several. */
    public OpenAIConfiguration customHeaders(Map<String, String> headers) {
        OpenAIConfiguration made = this;
        for (Map.Entry<String, String> header :
                Objects.requireNonNull(headers, "customHeaders").entrySet())
            made = made.customHeader(header.getKey(), header.getValue());
        return made;
    }

    /** How connections are made. By default {@link HttpAgent#defaults()}. */
    public OpenAIConfiguration httpAgent(HttpAgent agent) {
        Objects.requireNonNull(agent, "httpAgent");
        OpenAIConfiguration copy = copy();
        copy.httpAgent = agent;
        return copy;
    }

    /** How much of a server's answer is taken in. By default {@link OpenAILimits#defaults()}, to be changed here. */
    public OpenAIConfiguration limits(UnaryOperator<OpenAILimits> change) {
        OpenAILimits changed = Objects.requireNonNull(change, "limits").apply(limits);
        Objects.requireNonNull(changed, "limits: the function for them returned null");
        OpenAIConfiguration copy = copy();
        copy.limits = changed;
        return copy;
    }

    /**
     * Hears of what callbacks throw, as a {@link CallbackException}, on the thread that ran the callback. By default that
     * thread's own uncaught-exception handler does, which prints it.
     */
    public OpenAIConfiguration uncaughtExceptionHandler(BiConsumer<OpenAICall<?>, Throwable> handler) {
        Objects.requireNonNull(handler, "uncaughtExceptionHandler");
        OpenAIConfiguration copy = copy();
        copy.uncaught = handler;
        return copy;
    }

    /**
     * The time by which deadlines and waits between attempts are measured, for tests: the test kit's {@code ManualClock} is
     * one that a test moves. By default the real time. {@link #connectTimeout} and {@link HttpAgent#keepAlive} follow the
     * real time always.
     *
     * @param source must not go back
     * @param timer does things later by the same time
     */
    public OpenAIConfiguration clock(InstantSource source, OpenAITimer timer) {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(timer, "timer");
        OpenAIConfiguration copy = copy();
        copy.clock = new GivenClock(source, timer);
        return copy;
    }

    /** The key, if there is one: do not print it. */
    public @Nullable String apiKey() {
        return own.apiKey();
    }

    /** The base URL, without a slash at its end. */
    public URI baseURL() {
        return own.baseURL();
    }

    /** The organization, if there is one. */
    public @Nullable String organization() {
        return own.organization();
    }

    /** The project, if there is one. */
    public @Nullable String project() {
        return own.project();
    }

    /** The longest that a call may take. */
    public Duration timeout() {
        return Objects.requireNonNull(timeouts.total());
    }

    /** How often a call is tried again. */
    public int maxRetries() {
        return maxRetries;
    }

    /** The headers for every call, by name in lower case. */
    public Map<String, String> customHeaders() {
        return customHeaders;
    }

    /** How connections are made. */
    public HttpAgent httpAgent() {
        return httpAgent;
    }

    /** How much of a server's answer is taken in. */
    public OpenAILimits limits() {
        return limits;
    }

    /** Why the client's own server cannot be called, if that is plain: it wants a key. */
    private @Nullable String flaw() {
        boolean known = !own.name().isEmpty() || baseURL().toString().equals(OPENAI_URL);
        return known ? own.destination(customHeaders).flaw() : null;
    }

    /** The same, unless there are other servers that can be called. */
    @Nullable
    String flawOfAll() {
        boolean others = own.name().isEmpty() && providers != null && providers.isAnyConfigured();
        return others ? null : flaw();
    }

    Clock clock() {
        return clock;
    }

    ClientSettings settings() {
        return new ClientSettings(
                own.destination(customHeaders).withFlaw(flaw()),
                providers == null ? null : providers.names(own),
                timeouts,
                maxRetries,
                httpAgent,
                limits,
                uncaught);
    }

    /** The address and whether there is a key, never the key. */
    @Override
    public String toString() {
        return "OpenAIConfiguration[" + SecretParameters.hiddenIn(baseURL())
                + (apiKey() == null ? ", no key]" : ", with a key]");
    }

    static OpenAIConfiguration with(UnaryOperator<OpenAIConfiguration> settings) {
        return Objects.requireNonNull(settings.apply(defaults()), "the function for the configuration returned null");
    }
}
