package dev.aikit;

import dev.aikit.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The providers that this library knows: data, read from {@code providers.json} when first asked for. Almost every program
 * asks at its start, and each lambda costs a start about as much as a class: hence the loops.
 */
final class Presets {
    /** Of a place that nothing is known of. */
    private static final Preset UNKNOWN =
            new Preset("", null, "", List.of(), "", "", "", "", List.of("authorization"), Map.of(), false);

    private static final Map<String, Preset> ALL = Collections.unmodifiableMap(read());

    private Presets() {}

    /** By name, in the order of the file. */
    static Map<String, Preset> all() {
        return ALL;
    }

    /** What is known of an address. Several ports of one machine may be anything: nothing is, of local ones. */
    static Preset at(URI address) {
        for (Preset preset : ALL.values()) if (preset.isAt(address)) return preset;
        return UNKNOWN;
    }

    /** The address with the path that it needs, if it has none. */
    static URI completed(URI address) {
        if (!address.getRawPath().isEmpty()) return address;
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        return URI.create(address.getScheme() + "://" + address.getRawAuthority()
                + at(address).path() + query);
    }

    private static Map<String, Preset> read() {
        try (InputStream file = Objects.requireNonNull(Presets.class.getResourceAsStream("providers.json"))) {
            Map<String, Preset> presets = new LinkedHashMap<>();
            Json providers = Json.parse(file.readAllBytes()).get("providers");
            for (Map.Entry<String, Json> provider : providers.fields().entrySet())
                presets.put(provider.getKey(), read(provider.getKey(), provider.getValue()));
            return presets;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static Preset read(String name, Json entry) {
        URI address = entry.get("baseURL").isPresent()
                ? BaseUrls.parse(entry.get("baseURL").asText())
                : null;
        boolean local = entry.get("local").asBoolean(false);
        List<String> hosts = texts(entry.get("hosts"));
        if (hosts.isEmpty() && !local && address != null) hosts = List.of(address.getHost());
        List<String> keyHeaders = texts(entry.get("keyHeaders"));
        Map<String, String> headers = new LinkedHashMap<>();
        for (Map.Entry<String, Json> header : entry.get("headers").fields().entrySet())
            headers.put(header.getKey(), header.getValue().asText());
        return new Preset(
                name,
                address,
                entry.get("baseURLVariable").asText(),
                hosts,
                entry.get("path").asText(),
                entry.get("keyVariable").asText(),
                entry.get("organizationVariable").asText(),
                entry.get("projectVariable").asText(),
                keyHeaders.isEmpty() ? UNKNOWN.keyHeaders() : keyHeaders,
                Collections.unmodifiableMap(headers),
                local);
    }

    private static List<String> texts(Json array) {
        List<String> texts = new ArrayList<>();
        for (Json text : array.items()) texts.add(text.asText());
        return List.copyOf(texts);
    }
}
