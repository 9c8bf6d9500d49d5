package dev.aikit;

import dev.aikit.internal.Checks;
import dev.aikit.internal.SecretParameters;
import dev.aikit.internal.call.Destination;
import dev.aikit.internal.call.Requests;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A place that offers models: an address, and the credentials that belong to it and are sent nowhere else. Immutable: each
 * setter returns a changed copy.
 *
 * <pre>{@code
 * OpenAIProvider gateway = OpenAIProvider.of("gateway", "https://ai.example.com/v1").apiKey(key).header("X-Team", "7");
 * }</pre>
 */
public final class OpenAIProvider {
    private static final String AUTHORIZATION = "authorization";

    private final String name;
    private URI baseURL;
    private @Nullable String apiKey;
    private @Nullable String organization;
    private @Nullable String project;
    private Map<String, String> headers = Map.of();
    private Map<String, String> query = Map.of();
    private List<String> keyHeaders = List.of();
    private List<OpenAIModelAlias> modelAliases = List.of();
    private @Nullable String hint;
    private boolean withheld;

    private OpenAIProvider(String name, URI baseURL) {
        this.name = name;
        this.baseURL = baseURL;
    }

    /**
     * A provider without a key. What is known of the address is heeded: how its makers want the key, which headers they ask
     * for.
     *
     * @param name what stands before the colon in {@code provider:model}; it may hold a colon itself
     * @param baseURL where its API is, with its {@code /v1} if it has one
     * @throws IllegalArgumentException if the name is blank or ends with a colon, or the address cannot be used
     */
    public static OpenAIProvider of(String name, String baseURL) {
        return new OpenAIProvider(
                checkedName(name), Presets.completed(BaseUrls.parse(Checks.text("baseURL", baseURL))));
    }

    /** The same at an address that {@link BaseUrls#parse} gave. */
    static OpenAIProvider of(String name, URI baseURL) {
        return new OpenAIProvider(checkedName(name), Presets.completed(baseURL));
    }

    /** What a client goes to that was given no provider's name. */
    static OpenAIProvider unnamed(String baseURL) {
        return new OpenAIProvider("", URI.create(baseURL));
    }

    static String checkedName(String name) {
        Checks.text("name", name);
        if (name.startsWith(":") || name.endsWith(":"))
            throw new IllegalArgumentException("name: a colon neither begins nor ends the name of a provider: " + name);
        return name;
    }

    private OpenAIProvider copy() {
        OpenAIProvider copy = new OpenAIProvider(name, baseURL);
        copy.apiKey = apiKey;
        copy.organization = organization;
        copy.project = project;
        copy.headers = headers;
        copy.query = query;
        copy.keyHeaders = keyHeaders;
        copy.modelAliases = modelAliases;
        copy.hint = hint;
        copy.withheld = withheld;
        return copy;
    }

    OpenAIProvider baseURL(String url) {
        URI uri = Presets.completed(BaseUrls.parse(Checks.text("baseURL", url)));
        OpenAIProvider copy = copy();
        copy.baseURL = uri;
        return copy;
    }

    /**
     * The key. By default none.
     *
     * @throws IllegalArgumentException if it is blank or no header can hold it; the message does not hold it either
     */
    public OpenAIProvider apiKey(String key) {
        if (key == null || key.isBlank()) throw new IllegalArgumentException("apiKey: a key expected, not a blank one");
        if (!isOfOneWord(key))
            throw new IllegalArgumentException("apiKey: it holds a space, a line break or a character outside of ASCII;"
                    + " was something else copied along?");
        OpenAIProvider copy = copy();
        copy.apiKey = key;
        return copy;
    }

    private static boolean isOfOneWord(String ascii) {
        for (int i = 0; i < ascii.length(); i++) if (ascii.charAt(i) <= ' ' || ascii.charAt(i) >= 127) return false;
        return true;
    }

    /** The organization, sent as {@code OpenAI-Organization}. By default none. */
    public OpenAIProvider organization(String id) {
        Requests.checkedHeader("OpenAI-Organization", Checks.text("organization", id));
        OpenAIProvider copy = copy();
        copy.organization = id;
        return copy;
    }

    /** The project, sent as {@code OpenAI-Project}. By default none. */
    public OpenAIProvider project(String id) {
        Requests.checkedHeader("OpenAI-Project", Checks.text("project", id));
        OpenAIProvider copy = copy();
        copy.project = id;
        return copy;
    }

    /** A header for every call that goes there. */
    public OpenAIProvider header(String header, String value) {
        Map<String, String> more = with(headers, Requests.checkedHeader(header, value), value);
        OpenAIProvider copy = copy();
        copy.headers = more;
        return copy;
    }

    /** A parameter in the address of every call that goes there, such as {@code api-version}. Not for keys: addresses are shown. */
    public OpenAIProvider query(String parameter, String value) {
        Map<String, String> more =
                with(query, Checks.text("query", parameter), Objects.requireNonNull(value, "query: a value"));
        OpenAIProvider copy = copy();
        copy.query = more;
        return copy;
    }

    /**
     * The header that holds the key, such as {@code api-key}; in {@code Authorization} it follows the word {@code Bearer}.
     * By default what is known of the address, else {@code Authorization}. Several: in each of them.
     */
    public OpenAIProvider keyHeaders(String... names) {
        List<String> checked = List.of(names).stream()
                .map(header -> Requests.checkedHeader(header, ""))
                .toList();
        OpenAIProvider copy = copy();
        copy.keyHeaders = checked;
        return copy;
    }

    OpenAIProvider modelAliases(List<OpenAIModelAlias> aliases) {
        OpenAIProvider copy = copy();
        copy.modelAliases = List.copyOf(aliases);
        return copy;
    }

    /** What to do about a key that is missing. */
    OpenAIProvider hint(String advice) {
        OpenAIProvider copy = copy();
        copy.hint = advice;
        return copy;
    }

    /** A key is known, but not for this address: the hint says why. */
    OpenAIProvider withheld(String why) {
        OpenAIProvider copy = copy();
        copy.hint = why;
        copy.withheld = true;
        return copy;
    }

    private static Map<String, String> with(Map<String, String> map, String name, String value) {
        Map<String, String> copy = new LinkedHashMap<>(map);
        copy.put(name, value);
        return Collections.unmodifiableMap(copy);
    }

    /** What stands before the colon in {@code provider:model}. */
    public String name() {
        return name;
    }

    /** Where its API is, without a slash at the end. */
    public URI baseURL() {
        return baseURL;
    }

    /** The key, if there is one: do not print it. */
    public @Nullable String apiKey() {
        return apiKey;
    }

    /** The organization, if there is one. */
    public @Nullable String organization() {
        return organization;
    }

    /** The project, if there is one. */
    public @Nullable String project() {
        return project;
    }

    /** The headers that were set, by name in lower case; a key may be among them. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The aliases whose first model is this provider's, by name; of a provider that {@link OpenAIProviders} gave. */
    public List<OpenAIModelAlias> modelAliases() {
        return modelAliases;
    }

    /** Whether calls can be made: it has a key, or its makers want none. */
    public boolean isUsable() {
        return destination(Map.of()).flaw() == null;
    }

    /** What is sent there; the other headers are those of a client that has this provider for its own. */
    Destination destination(Map<String, String> otherHeaders) {
        Preset preset = Presets.at(baseURL);
        List<String> forKey = !keyHeaders.isEmpty() ? keyHeaders : preset.keyHeaders();
        Map<String, String> all = new LinkedHashMap<>();
        all.put("user-agent", "aikit-java/" + Version.NUMBER);
        for (String header : forKey)
            if (apiKey != null) all.put(header, header.equals(AUTHORIZATION) ? "Bearer " + apiKey : apiKey);
        if (organization != null) all.put("openai-organization", organization);
        if (project != null) all.put("openai-project", project);
        all.putAll(preset.headers());
        all.putAll(headers);
        all.putAll(otherHeaders);
        boolean keyed = !Collections.disjoint(all.keySet(), forKey) || all.containsKey(AUTHORIZATION);
        String flaw = keyed || !(withheld || preset.needsKey()) ? null : noKey(preset);
        return new Destination(name, withQuery(), Collections.unmodifiableMap(all), Set.copyOf(forKey), flaw);
    }

    private String noKey(Preset preset) {
        if (name.isEmpty())
            return "no key and no address: set apiKey (or OPENAI_API_KEY) for OpenAI itself, or baseURL (or"
                    + " OPENAI_BASE_URL) for a server that needs no key (one of your own: dev.aikit:aikit-local),"
                    + " or use another provider: provider(\"ollama\") in the configuration, or provider:model as the name of"
                    + " the model";
        return "no key for the provider " + name + " (" + baseURL.getHost() + "): "
                + (hint != null
                        ? hint
                        : "set apiKey after provider(…), or " + preset.keyVariable() + " in the environment");
    }

    private URI withQuery() {
        StringBuilder address = new StringBuilder(baseURL.toString());
        query.forEach((parameter, value) -> address.append(address.indexOf("?") < 0 ? '?' : '&')
                .append(encoded(parameter))
                .append('=')
                .append(encoded(value)));
        return URI.create(address.toString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The variable of the environment that holds a provider's key: {@code MY_GATEWAY_API_KEY} for {@code my-gateway}. */
    static String keyVariable(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "_API_KEY";
    }

    /** Name and address and whether there is a key, never the key. */
    @Override
    public String toString() {
        return "OpenAIProvider[" + name + ", " + SecretParameters.hiddenIn(baseURL)
                + (apiKey == null ? ", no key]" : ", with a key]");
    }
}
