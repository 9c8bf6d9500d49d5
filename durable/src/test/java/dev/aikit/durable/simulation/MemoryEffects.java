package dev.aikit.durable.simulation;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.function.Consumer;

/** A fake of a connection that knows one thing: to write an effect, which is a name. */
public final class MemoryEffects {
    private MemoryEffects() {}

    static Connection connection(Consumer<String> effects) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("setCatalog"))
                        throw new UnsupportedOperationException(method.getName());
                    effects.accept((String) arguments[0]);
                    return null;
                });
    }

    /** Writes an effect on such a connection. */
    public static void write(Connection connection, String effect) throws java.sql.SQLException {
        connection.setCatalog(effect);
    }
}
