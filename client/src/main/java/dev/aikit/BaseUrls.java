package dev.aikit;

import java.net.URI;
import java.net.URISyntaxException;

/** Base URLs as people write them. Each start reads those of all known providers: hence no regular expressions. */
final class BaseUrls {
    private BaseUrls() {}

    static URI parse(String text) {
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException error) {
            throw new IllegalArgumentException(
                    "baseURL: an address such as https://api.openai.com/v1 expected: " + error.getReason(), error);
        }
        String scheme = uri.getScheme();
        if (scheme == null || !isHttp(scheme) || uri.getHost() == null)
            throw new IllegalArgumentException(
                    "baseURL: an address such as https://api.openai.com/v1 or http://localhost:8080/v1 expected, not \""
                            + text + "\"");
        // Whatever stands before the @ would be shown wherever the address is.
        if (uri.getRawUserInfo() != null)
            throw new IllegalArgumentException(
                    "baseURL: no user name or password expected; use apiKey or customHeader");
        if (uri.getRawFragment() != null) throw new IllegalArgumentException("baseURL: no #fragment expected");
        return withoutSlash(uri);
    }

    private static boolean isHttp(String scheme) {
        return scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http");
    }

    private static URI withoutSlash(URI uri) {
        String path = uri.getRawPath();
        if (!path.endsWith("/")) return uri;
        while (path.endsWith("/")) path = path.substring(0, path.length() - 1);
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + path + query);
    }
}
