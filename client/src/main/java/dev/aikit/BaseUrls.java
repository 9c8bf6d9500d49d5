package dev.aikit;

import java.net.URI;
import java.net.URISyntaxException;

/** Base URLs as people write them. */
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
        if (scheme == null || !scheme.matches("(?i)https?") || uri.getHost() == null)
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

    private static URI withoutSlash(URI uri) {
        String path = uri.getRawPath().replaceAll("/+$", "");
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + path + query);
    }
}
