package dev.aikit.internal.netty;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The names of headers. Servers use the same few again and again, most with the same value: those are made and checked
 * once. Of one loop.
 */
final class HeaderNames implements HttpHeadersFactory {
    /** A server that thinks up names takes the place of others, and no more of our memory. */
    private static final int SLOTS = 128;

    private static final int LONGEST = 64;

    static final int MOST_USUAL = 32;

    /** Names and values of the last answer: the next one has as many, mostly. */
    int usual = MOST_USUAL;

    private final @Nullable Name[] known = new Name[SLOTS];

    /** A name that was sent. */
    static final class Name {
        private static final DefaultHttpHeadersFactory RULES = DefaultHttpHeadersFactory.headersFactory();

        final AsciiString asSent;
        private boolean checked;
        private String repeated = "";
        private int lastHash;
        final String lowerCase;

        private Name(AsciiString asSent) {
            this.asSent = asSent;
            lowerCase = asSent.toString().toLowerCase(Locale.ROOT);
        }

        private boolean stands(byte[] bytes, int start, int length) {
            int at = asSent.arrayOffset();
            return Arrays.equals(asSent.array(), at, at + asSent.length(), bytes, start, start + length);
        }

        /** Throws what Netty throws if the name breaks the rules. */
        void check() {
            if (!checked) RULES.getNameValidator().validateName(asSent);
            checked = true;
        }

        /** That value, or the same one of before; throws what Netty throws if it breaks the rules. */
        String value(String sent) {
            if (sent.equals(repeated)) return repeated;
            RULES.getValueValidator().validate(sent);
            return remembered(sent);
        }

        /** The same of a value that keeps the rules. */
        String value(byte[] ascii, int from, int to) {
            if (isRepeated(ascii, from, to)) return repeated;
            return remembered(new String(ascii, from, to - from, StandardCharsets.US_ASCII));
        }

        /** Only one that came twice is kept beyond its answer: a cookie or the number of a request comes once. */
        private String remembered(String value) {
            if (value.length() <= LONGEST && value.hashCode() == lastHash) repeated = value;
            lastHash = value.hashCode();
            return value;
        }

        private boolean isRepeated(byte[] ascii, int from, int to) {
            if (to - from != repeated.length()) return false;
            for (int i = from; i < to; i++) if (ascii[i] != repeated.charAt(i - from)) return false;
            return true;
        }
    }

    private static int slot(int first, int middle, int last, int length) {
        return ((first * 31 + middle) * 31 + last + length * 7) & SLOTS - 1;
    }

    /** What is known of the name that stands there. */
    Name of(byte[] bytes, int start, int length) {
        if (length == 0 || length > LONGEST) return new Name(new AsciiString(bytes, start, length, true));
        int slot = slot(bytes[start], bytes[start + length / 2], bytes[start + length - 1], length);
        Name found = known[slot];
        if (found == null || !found.stands(bytes, start, length))
            known[slot] = found = new Name(new AsciiString(bytes, start, length, true));
        return found;
    }

    /** What is known of that name. */
    Name of(CharSequence name) {
        AsciiString ascii = AsciiString.of(name);
        return of(ascii.array(), ascii.arrayOffset(), ascii.length());
    }

    @Override
    public HttpHeaders newHeaders() {
        return new AnswerHeaders(this);
    }

    @Override
    public HttpHeaders newEmptyHeaders() {
        return newHeaders();
    }
}
