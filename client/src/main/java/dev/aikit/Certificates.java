package dev.aikit;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Objects;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** TLS settings from key store files (PKCS#12 or JKS), for {@link HttpAgent#sslContext}. */
public final class Certificates {
    private Certificates() {}

    /**
     * Trusts the certificates in a file, and none else.
     *
     * @throws IllegalArgumentException if the file cannot be read as a key store with that password
     */
    public static SSLContext trust(Path trustStore, char[] password) {
        return context(null, trustManagers(load("trustStore", trustStore, password)));
    }

    /**
     * Shows the client certificate in one file to servers that ask for it, and trusts those of the other, or, without
     * one, the JDK's.
     *
     * @throws IllegalArgumentException if a file cannot be read as a key store with its password
     */
    public static SSLContext client(
            Path keyStore, char[] password, @Nullable Path trustStore, char @Nullable [] trustPassword) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(load("keyStore", keyStore, password), password);
            TrustManager @Nullable [] trusted = trustStore == null
                    ? null
                    : trustManagers(
                            load("trustStore", trustStore, Objects.requireNonNull(trustPassword, "trustPassword")));
            return context(keys.getKeyManagers(), trusted);
        } catch (GeneralSecurityException error) {
            throw new IllegalArgumentException("keyStore: no usable key in " + keyStore, error);
        }
    }

    private static SSLContext context(KeyManager @Nullable [] keys, TrustManager @Nullable [] trusted) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trusted, null);
            return context;
        } catch (GeneralSecurityException error) {
            throw new IllegalStateException("this JDK cannot make a TLS context", error);
        }
    }

    private static TrustManager[] trustManagers(KeyStore store) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException error) {
            throw new IllegalArgumentException("trustStore: no usable certificates", error);
        }
    }

    private static KeyStore load(String argument, Path file, char[] password) {
        try {
            return KeyStore.getInstance(file.toFile(), password);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException error) {
            throw new IllegalArgumentException(
                    argument + ": " + file + " cannot be read as a key store with the password given", error);
        }
    }
}
