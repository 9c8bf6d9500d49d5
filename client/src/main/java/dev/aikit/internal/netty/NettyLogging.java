package dev.aikit.internal.netty;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;

/**
 * Netty asks SLF4J for a logger if it finds its classes. Where SLF4J is there without a provider, as it comes with other
 * libraries, it prints three lines to the standard error of the program, and Netty then takes the JDK's logging. Here it takes
 * that at once, in this one case: whoever has set up logging for Netty keeps it.
 */
public final class NettyLogging {
    private static final ClassLoader LOADER = InternalLoggerFactory.class.getClassLoader();

    private NettyLogging() {}

    /** To be called before anything of Netty is used. */
    public static void settle() {
        if (!isThere("org.slf4j.LoggerFactory") || hasProvider()) return;
        if (isThere("org.apache.logging.log4j.Logger") || isThere("org.apache.log4j.Logger")) return;
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    }

    private static boolean hasProvider() {
        return System.getProperty("slf4j.provider") != null
                || LOADER.getResource("META-INF/services/org.slf4j.spi.SLF4JServiceProvider") != null
                || isThere("org.slf4j.impl.StaticLoggerBinder");
    }

    private static boolean isThere(String type) {
        try {
            Class.forName(type, false, LOADER);
            return true;
        } catch (ClassNotFoundException | LinkageError notThere) {
            return false;
        }
    }
}
