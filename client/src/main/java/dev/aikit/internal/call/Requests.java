package dev.aikit.internal.call;

import dev.aikit.OpenAIError;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.internal.call.ModelNames.Target;
import dev.aikit.internal.http.HttpBody;
import dev.aikit.internal.http.HttpCall;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** From an operation to what goes over the wire. */
public final class Requests {
    private Requests() {}

    /** The places that a call may go to, at least one, in the order in which they are tried. */
    static List<Route> routes(ClientSettings client, Operation<?> operation, Plan<?> plan) {
        if (operation.isDownload()) return List.of(download(operation, plan));
        List<Target> targets = targets(client.models(), operation.body());
        if (targets.isEmpty()) return List.of(route(client.own(), "", operation, plan.headers()));
        return IntStream.range(0, targets.size())
                .mapToObj(i -> {
                    Target target = targets.get(i);
                    Destination place = target.destination() == null ? client.own() : target.destination();
                    Map<String, String> extra = i == 0 ? plan.headers() : CallHeaders.harmless(plan.headers());
                    return route(place, target.model(), operation, extra);
                })
                .toList();
    }

    private static List<Target> targets(@Nullable ModelNames names, byte @Nullable [] body) {
        String name = names == null || body == null ? null : ModelField.of(body);
        return name == null ? List.of() : Objects.requireNonNull(names).of(name);
    }

    /** Why the call cannot be sent; null if it can. */
    static @Nullable OpenAIError refusal(List<Route> routes) {
        for (Route route : routes) {
            String flaw = route.destination().flaw();
            if (flaw != null && !CallHeaders.holdKey(route)) return OpenAIError.of(Kind.NO_KEY, flaw, null, null);
        }
        return null;
    }

    private static Route route(
            Destination place, String model, Operation<?> operation, Map<String, String> extraHeaders) {
        HttpCall call = new HttpCall(
                operation.method(),
                place.uri(operation.path()),
                headers(place, operation, extraHeaders),
                body(operation, model));
        return new Route(place, model, call);
    }

    private static Map<String, String> headers(Destination place, Operation<?> operation, Map<String, String> extra) {
        Transfer transfer = operation.transfer();
        boolean ordinary = operation.body() != null && transfer.body() == null && !transfer.raw();
        if (ordinary && extra.isEmpty()) return place.headersForJson(operation.stream());
        Map<String, String> headers = new LinkedHashMap<>(place.headersForJson(operation.stream()));
        if (transfer.raw()) headers.put("accept", "*/*");
        String own = place.headers().get("content-type");
        if (operation.body() == null && own == null) headers.remove("content-type");
        if (operation.body() == null && own != null) headers.put("content-type", own);
        if (transfer.body() != null) headers.put("content-type", transfer.contentType());
        headers.putAll(extra);
        return Collections.unmodifiableMap(headers);
    }

    private static HttpBody body(Operation<?> operation, String model) {
        HttpBody streamed = operation.transfer().body();
        if (streamed != null) return streamed;
        byte[] json = operation.body();
        return json == null ? HttpBody.NONE : new HttpBody.Bytes(Route.body(model, json));
    }

    /** Begins with nothing, so that no header of the client can be forgotten; what the caller sets for this call goes along. */
    private static Route download(Operation<?> operation, Plan<?> plan) {
        URI address = URI.create(operation.path());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("user-agent", "aikit-java");
        headers.put("accept", "*/*");
        headers.putAll(plan.headers());
        HttpCall call = new HttpCall(operation.method(), address, Collections.unmodifiableMap(headers), HttpBody.NONE);
        return new Route(new Destination("", address, Map.of(), Set.of(), null), "", call);
    }

    /**
     * The header's name in lower case.
     *
     * @throws IllegalArgumentException if HTTP knows no such header or no such value; the message does not hold the value
     */
    public static String checkedHeader(String name, String value) {
        if (name == null || !name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+"))
            throw new IllegalArgumentException(
                    "header: a name of letters, digits and dashes expected, not \"" + name + "\"");
        if (value == null || !value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 127) || (c >= 160 && c < 256)))
            throw new IllegalArgumentException(
                    "the value of the header " + name
                            + ": one line of plain characters expected; it holds a line break or a character that HTTP cannot send");
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("host")
                || lower.equals("content-length")
                || lower.equals("transfer-encoding")
                || lower.equals("connection"))
            throw new IllegalArgumentException("header: " + name + " is set by the connection itself");
        return lower;
    }
}
