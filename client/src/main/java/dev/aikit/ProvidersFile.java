package dev.aikit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aikit.json.Json;
import dev.aikit.json.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads an {@code AIProviders.json}. What it says of mistakes names the file and the place in it, and repeats none of the
 * values but names of models, because keys are among them.
 */
final class ProvidersFile {
    private static final List<String> PROVIDER_FIELDS =
            List.of("baseURL", "apiKey", "organization", "project", "headers", "query", "keyHeaders");
    private static final List<String> MODEL_FIELDS = List.of("provider", "model", "fallbacks");

    private static final int MOST_BYTES = 1 << 20;

    private final Path file;
    private final Map<String, OpenAIProvider> presets;
    private final Map<String, OpenAIProvider> providers = new LinkedHashMap<>();
    private final Map<String, String> writtenAs = new LinkedHashMap<>();
    private final List<OpenAIModelAlias> aliases = new ArrayList<>();

    private ProvidersFile(Path file, Map<String, OpenAIProvider> presets) {
        this.file = file;
        this.presets = presets;
    }

    /** Reads it; a provider without an address has that of the preset with its name. */
    static ProvidersFile read(Path file, Map<String, OpenAIProvider> presets) {
        ProvidersFile read = new ProvidersFile(file, presets);
        Json content = read.content();
        if (!content.isObject()) throw read.wrong("the whole", "an object expected, {\"providers\": {…}}");
        read.section(content, "providers").forEach(read::provider);
        read.section(content, "models").forEach(read::alias);
        return read;
    }

    Map<String, OpenAIProvider> providers() {
        return providers;
    }

    List<OpenAIModelAlias> aliases() {
        return aliases;
    }

    private Json content() {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) throw wrong("the whole", "at most " + MOST_BYTES + " bytes (1 MB) expected");
            Json content = Json.parse(bytes);
            String twice = RepeatedNames.in(new String(bytes, UTF_8));
            if (twice != null) throw new IllegalArgumentException(file + ": " + twice);
            return content;
        } catch (JsonException notJson) {
            String where = notJson.line() == 0 ? "" : "line " + notJson.line() + ", column " + notJson.column();
            throw wrong(where.isEmpty() ? "the whole" : where, "this is not JSON");
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(file + ": it cannot be read: " + unreadable, unreadable);
        }
    }

    private IllegalArgumentException wrong(String place, String what) {
        return new IllegalArgumentException(file + ": " + place + ": " + what);
    }

    private Map<String, Json> section(Json content, String name) {
        Json section = content.get(name);
        if (section.isPresent() && !section.isObject()) throw wrong(name, "an object expected, {\"name\": {…}}");
        return section.fields();
    }

    private void provider(String key, Json entry) {
        String place = "providers." + key;
        fields(place, entry, PROVIDER_FIELDS);
        String name = decoded(key);
        String other = writtenAs.putIfAbsent(name, key);
        if (other != null)
            throw wrong(place, "another name expected, because providers." + other + " stands for the same one");
        OpenAIProvider made = set(place, start(place, name, entry), entry, "apiKey", OpenAIProvider::apiKey);
        made = set(place, made, entry, "organization", OpenAIProvider::organization);
        made = set(place, made, entry, "project", OpenAIProvider::project);
        made = setAll(place, made, entry.get("headers"), "headers", OpenAIProvider::header);
        made = setAll(place, made, entry.get("query"), "query", OpenAIProvider::query);
        Json keyHeaders = entry.get("keyHeaders");
        if (keyHeaders.isPresent()) {
            String[] names = texts(place + ".keyHeaders", keyHeaders).toArray(String[]::new);
            OpenAIProvider before = made;
            made = checked(place + ".keyHeaders", () -> before.keyHeaders(names));
        }
        providers.put(name, made);
    }

    private OpenAIProvider start(String place, String name, Json entry) {
        checked(place, () -> OpenAIProvider.checkedName(name));
        String address = text(place + ".baseURL", entry.get("baseURL"));
        OpenAIProvider preset = presets.get(name);
        if (address == null && preset != null) return preset;
        if (address == null) throw wrong(place + ".baseURL", "it is missing; an address expected");
        try {
            return OpenAIProvider.of(name, address);
        } catch (IllegalArgumentException badAddress) { // whose message would repeat it
            throw wrong(
                    place + ".baseURL",
                    "an address such as https://api.example.com/v1 expected, without a user name and a #fragment");
        }
    }

    private void alias(String name, Json entry) {
        String place = "models." + name;
        fields(place, entry, MODEL_FIELDS);
        String provider = text(place + ".provider", entry.get("provider"));
        String model = text(place + ".model", entry.get("model"));
        if (provider == null) throw wrong(place + ".provider", "it is missing; the name of a provider expected");
        if (model == null) throw wrong(place + ".model", "it is missing; the name of a model expected");
        List<String> fallbacks = texts(place + ".fallbacks", entry.get("fallbacks"));
        aliases.add(new OpenAIModelAlias(name, decoded(provider), model, fallbacks));
    }

    /** The place of a mistake in an alias: {@code n} is the model's number, from 0. */
    IllegalArgumentException wrongAlias(OpenAIModelAlias alias, int n, String what) {
        return wrong("models." + alias.name() + (n == 0 ? ".provider" : ".fallbacks[" + (n - 1) + "]"), what);
    }

    /** The kit writes a colon in a name like this. */
    static String decoded(String name) {
        return name.replace("%3A", ":").replace("%3a", ":");
    }

    private void fields(String place, Json entry, List<String> known) {
        if (!entry.isObject()) throw wrong(place, "an object expected, {\"" + known.get(0) + "\": …}");
        for (String field : entry.fields().keySet())
            for (String right : known)
                if (field.equalsIgnoreCase(right) && !field.equals(right))
                    throw wrong(place + "." + field, "it is written " + right);
    }

    private @Nullable String text(String place, Json value) {
        if (!value.isPresent() || value.isString() && value.asText().isBlank()) return null;
        if (!value.isString()) throw wrong(place, "a text expected");
        return value.asText().strip();
    }

    private List<String> texts(String place, Json value) {
        if (value.isPresent() && !value.isArray()) throw wrong(place, "an array of texts expected, [\"…\"]");
        List<String> texts = new ArrayList<>();
        for (Json item : value.items()) {
            String text = text(place + "[" + texts.size() + "]", item);
            if (text == null) throw wrong(place + "[" + texts.size() + "]", "a text expected");
            texts.add(text);
        }
        return texts;
    }

    private OpenAIProvider set(
            String place,
            OpenAIProvider made,
            Json entry,
            String field,
            BiFunction<OpenAIProvider, String, OpenAIProvider> setter) {
        String value = text(place + "." + field, entry.get(field));
        return value == null ? made : checked(place + "." + field, () -> setter.apply(made, value));
    }

    private interface Setter {
        OpenAIProvider set(OpenAIProvider provider, String name, String value);
    }

    private OpenAIProvider setAll(String place, OpenAIProvider start, Json values, String field, Setter setter) {
        if (values.isPresent() && !values.isObject())
            throw wrong(place + "." + field, "an object expected, {\"name\": \"value\"}");
        OpenAIProvider made = start;
        for (Map.Entry<String, Json> each : values.fields().entrySet()) {
            String at = place + "." + field + "." + each.getKey();
            String value = text(at, each.getValue());
            if (value == null) throw wrong(at, "a text expected");
            OpenAIProvider before = made;
            made = checked(at, () -> setter.set(before, each.getKey(), value));
        }
        return made;
    }

    /** The messages of the setters repeat no values. */
    private <V> V checked(String place, Supplier<V> setter) {
        try {
            return setter.get();
        } catch (IllegalArgumentException error) {
            throw wrong(place, error.getMessage());
        }
    }
}
