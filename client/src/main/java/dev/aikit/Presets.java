package dev.aikit;

import dev.aikit.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The providers that this library knows: data, read from {@code providers.json} when first asked for. */
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
            Json.parse(file.readAllBytes())
                    .get("providers")
                    .fields()
                    .forEach((name, entry) -> presets.put(name, read(name, entry)));
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
        List<String> hosts = entry.get("hosts").map(Json::asText);
        if (hosts.isEmpty() && !local && address != null) hosts = List.of(address.getHost());
        List<String> keyHeaders = entry.get("keyHeaders").map(Json::asText);
        Map<String, String> headers = new LinkedHashMap<>();
        entry.get("headers").fields().forEach((header, value) -> headers.put(header, value.asText()));
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
}
