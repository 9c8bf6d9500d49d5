package dev.aikit.local.internal.api;

import dev.aikit.local.internal.ApiError;
import dev.aikit.local.internal.http.Exchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From method and path to the function that answers; a path may have one id in it. */
final class Router {
    private record Route(String method, Pattern path, BiConsumer<Exchange, String> function) {}

    private final List<Route> routes = new ArrayList<>();

    /** Adds a function for a path without an id. */
    void add(String method, String path, Consumer<Exchange> function) {
        routes.add(
                new Route(method, Pattern.compile(Pattern.quote(path)), (exchange, none) -> function.accept(exchange)));
    }

    /** Adds a function for a path in which <code>{id}</code> stands for anything without a slash, or <code>{name}</code> for anything. */
    void add(String method, String path, BiConsumer<Exchange, String> function) {
        String pattern = Pattern.quote(path).replace("{id}", "\\E([^/]+)\\Q").replace("{name}", "\\E(.+)\\Q");
        routes.add(new Route(method, Pattern.compile(pattern), function));
    }

    /**
     * Calls the function; of several that fit, the first that was added.
     *
     * @return whether there is one
     * @throws ApiError if there is one for another method
     */
    boolean route(Exchange exchange) {
        List<String> allowed = new ArrayList<>();
        for (Route route : routes) {
            Matcher path = route.path().matcher(exchange.path());
            if (!path.matches()) continue;
            if (route.method().equals(exchange.method())) {
                route.function().accept(exchange, path.groupCount() > 0 ? decoded(path.group(1)) : "");
                return true;
            }
            if (!allowed.contains(route.method())) allowed.add(route.method());
        }
        if (allowed.isEmpty()) return false;
        String methods = String.join(", ", allowed);
        throw ApiError.method(
                methods, "Not allowed: " + exchange.method() + " " + exchange.path() + ". Use " + methods + ".");
    }

    private static String decoded(String id) {
        try {
            return URLDecoder.decode(id.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return id;
        }
    }
}
