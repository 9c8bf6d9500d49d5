package dev.aikit.durable.internal.sql;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Set;

/** The store's connection for user code, which may write with it and not end its transaction. */
final class GuardedConnection {
    private static final Set<String> REFUSED =
            Set.of("close", "abort", "commit", "rollback", "setAutoCommit", "setSavepoint", "releaseSavepoint");

    private GuardedConnection() {}

    static Connection of(Connection store) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (REFUSED.contains(method.getName()))
                        throw new IllegalStateException(method.getName()
                                + ": the transaction belongs to the store, which ends it with the call");
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
