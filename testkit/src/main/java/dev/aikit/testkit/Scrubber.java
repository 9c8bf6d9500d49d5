package dev.aikit.testkit;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out what is secret: by the names of headers, parameters and fields, by its look, and wherever a value stands again that
 * was seen under such a name. In bodies stars take the place of it, one for each byte, so that no boundary moves.
 */
final class Scrubber {
    private static final String STARS = "***";

    /** Shorter ones would be found in innocent words. */
    private static final int SHORTEST = 6;

    private static final Pattern NAME = Pattern.compile(
            ".*(auth|api-?key|-key$|token(?!s)|secret|cookie|credential|password|session|signature|organization|project).*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern PARAMETER = Pattern.compile(
            "(?i)([?&;])((?:key|sig|code|[^=&;]*(?:api[-_]?key|token|secret|signature|password))=)([^&;#]*)");
    private static final Pattern FIELD = Pattern.compile(
            "(?i)\"(?:authorization|(?:x-)?api[-_]?key|access[-_]?token|refresh[-_]?token|client[-_]?secret|secret|password"
                    + "|cookie|org(?:anization)?(?:_id)?|project(?:_id)?)\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)+)\"");
    private static final Pattern LOOK =
            Pattern.compile("(\\bsk[-_][A-Za-z0-9_-]{6,}|\\b(?:org|proj)[-_][A-Za-z0-9]{16,}"
                    + "|\\b(?:pk|gsk|xai|hf|r8|pplx|nvapi|csk|fw|key)[-_][A-Za-z0-9_-]{16,}"
                    + "|\\bAIza[A-Za-z0-9_-]{20,}|\\beyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+"
                    + "|(?<=Bearer )[^\\s\"',}\\\\]+)");

    /** As UTF-8, each byte one character; longer ones first. */
    private final Set<String> secrets = new ConcurrentSkipListSet<>(
            (one, other) -> one.length() == other.length() ? one.compareTo(other) : other.length() - one.length());

    /** Knows that a value is secret wherever it stands. */
    void secret(String value) {
        if (value.length() < SHORTEST) return;
        secrets.add(latin(value));
        secrets.add(latin(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        secrets.add(Base64.getEncoder().withoutPadding().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
    }

    /** Learns what is secret from the headers and the target of a request, or the headers of an answer. */
    void learn(String target, Map<String, List<String>> headers) {
        Matcher parameter = PARAMETER.matcher(target);
        while (parameter.find()) secret(parameter.group(3));
        headers.forEach((name, values) -> {
            if (!NAME.matcher(name).matches()) return;
            for (String value : values) {
                secret(value);
                // "Bearer KEY", "name=value; name=value"
                for (String part : value.split("[\\s;,]+")) {
                    secret(part);
                    secret(part.substring(part.indexOf('=') + 1));
                }
            }
        });
    }

    /** A method's target without what is secret in it. */
    String target(String target) {
        return text(PARAMETER.matcher(target).replaceAll("$1$2" + Matcher.quoteReplacement(STARS)));
    }

    /** Headers without what is secret in them. */
    Map<String, List<String>> headers(Map<String, List<String>> headers) {
        Map<String, List<String>> clean = new LinkedHashMap<>();
        headers.forEach((name, values) -> {
            List<String> all = new ArrayList<>();
            for (String value : values) all.add(NAME.matcher(name).matches() ? STARS : text(value));
            clean.put(name, all);
        });
        return clean;
    }

    private String text(String text) {
        return new String(body(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    /** A body with stars for what is secret in it, as long as before. */
    byte[] body(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        StringBuilder clean = new StringBuilder(text);
        cover(clean, FIELD.matcher(text));
        cover(clean, LOOK.matcher(text));
        for (String secret : secrets)
            for (int at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1))
                cover(clean, at, at + secret.length());
        return clean.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void cover(StringBuilder clean, Matcher found) {
        while (found.find()) cover(clean, found.start(1), found.end(1));
    }

    private static void cover(StringBuilder clean, int from, int to) {
        for (int at = from; at < to; at++) clean.setCharAt(at, '*');
    }

    private static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
