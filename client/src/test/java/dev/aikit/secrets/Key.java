package dev.aikit.secrets;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** A key that nobody may see again, in the forms in which it could be seen. */
record Key(String value) {
    private List<String> forms() {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return List.of(
                value,
                value.replace("/", "\\/"),
                URLEncoder.encode(value, StandardCharsets.UTF_8),
                inBase64(),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
                // Half of it would do as well.
                value.substring(0, 12),
                value.substring(value.length() - 12));
    }

    String inBase64() {
        return Base64.getEncoder().withoutPadding().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }

    String inAddress() {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** What stands around the first place where the key is in the text. */
    String around(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int at = forms().stream()
                .mapToInt(form -> lower.indexOf(form.toLowerCase(Locale.ROOT)))
                .filter(place -> place >= 0)
                .min()
                .orElse(0);
        return text.substring(0, Math.min(60, at)) + " … "
                + text.substring(Math.max(0, at - 60), Math.min(text.length(), at + 60));
    }

    boolean isIn(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return forms().stream().anyMatch(form -> lower.contains(form.toLowerCase(Locale.ROOT)));
    }
}
