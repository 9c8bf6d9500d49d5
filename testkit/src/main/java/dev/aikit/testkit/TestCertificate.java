package dev.aikit.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Certificates for servers of tests, all of one authority of the test kit, which nobody trusts but {@link #client}. Their private keys are public, in this jar: trust them in tests only.
 *
 * <pre>{@code
 * ScriptedServer server = ScriptedServer.startTls(TestCertificate.GOOD);
 * OpenAI client = OpenAI.create(c -> c.baseURL(server.baseURL())
 *         .httpAgent(HttpAgent.create(a -> a.sslContext(TestCertificate.client()))));
 * }</pre>
 */
public enum TestCertificate {
    /** For localhost, 127.0.0.1 and ::1, until the year 2125. */
    GOOD,
    /** For the same names, in the year 2001 only. */
    EXPIRED,
    /** For the name elsewhere.test. */
    OTHER_NAME;

    private static final char[] PASSWORD = "testkit".toCharArray();

    /** For a server with this certificate. */
    public SSLContext server() {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store(name().toLowerCase(java.util.Locale.ROOT)), PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException unsupported) {
            throw new IllegalStateException(unsupported);
        }
    }

    /** For a client that trusts the test kit's authority and no other. */
    public static SSLContext client() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store("authority"));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException unsupported) {
            throw new IllegalStateException(unsupported);
        }
    }

    private static KeyStore store(String name) throws GeneralSecurityException {
        try (InputStream in = TestCertificate.class.getResourceAsStream(name + ".p12")) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(Objects.requireNonNull(in, name), PASSWORD);
            return store;
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
