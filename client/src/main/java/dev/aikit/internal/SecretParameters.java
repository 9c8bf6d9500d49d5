package dev.aikit.internal;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys that stand in an address, as some servers want them ({@code ?key=…}), and the signatures of signed ones. */
public final class SecretParameters {
    // A name ends at a question mark, too: else each of many would be tried with all that follows.
    private static final Pattern PARAMETER = Pattern.compile(
            "([?&](?:key|sig|code|[^=&?]*(?:api[-_]?key|token|secret|signature|password|credential))=)([^&#]+)",
            Pattern.CASE_INSENSITIVE);

    private SecretParameters() {}

    /** Their values, as they were before they were put into the address. */
    public static List<String> of(URI address) {
        return PARAMETER
                .matcher(address.toString())
                .results()
                .map(found -> decoded(found.group(2)))
                .toList();
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return value;
        }
    }

    /** The address with stars in their place. */
    public static URI hiddenIn(URI address) {
        if (address.getRawQuery() == null) return address;
        Matcher parameters = PARAMETER.matcher(address.toString());
        return parameters.find() ? URI.create(parameters.replaceAll("$1***")) : address;
    }
}
