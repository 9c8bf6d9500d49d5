package dev.aikit.durable.internal.sql;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The store's connection for user code, which may write with it and not end its transaction: that of other calls, too.
 * Against a mistake, not against malice.
 */
final class GuardedConnection {
    /** What ends the transaction, and what would stay with the connection after it. */
    private static final Set<String> REFUSED = Set.of(
            "close",
            "abort",
            "commit",
            "rollback",
            "setAutoCommit",
            "setSavepoint",
            "releaseSavepoint",
            "setSchema",
            "setCatalog",
            "setReadOnly",
            "setNetworkTimeout");

    /** What only looks like statements: texts, names and comments. */
    private static final Pattern NO_STATEMENT =
            Pattern.compile("'[^']*'|\"[^\"]*\"|\\$(\\w*)\\$.*?\\$\\1\\$|--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);

    /**
     * At the start of any of the statements that a text has in it. Going back to a savepoint of one's own ends nothing; END
     * after others ends the body of a trigger.
     */
    private static final Pattern ENDS = Pattern.compile(
            "^[\\s;]*(end|abort)\\b|(^|;)\\s*(commit|rollback(?!\\s+(work\\s+|transaction\\s+)?to\\b)|prepare\\s+transaction)\\b",
            Pattern.CASE_INSENSITIVE);

    private GuardedConnection() {}

    static Connection of(Connection store) {
        return guarded(Connection.class, store, REFUSED);
    }

    private static <V> V guarded(Class<V> type, V real, Set<String> refused) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    boolean ends = arguments != null
                            && arguments.length > 0
                            && arguments[0] instanceof String sql
                            && ENDS.matcher(NO_STATEMENT.matcher(sql).replaceAll(" "))
                                    .find();
                    if (ends || refused.contains(method.getName()))
                        throw new IllegalStateException((ends ? arguments[0] : method.getName())
                                + ": the transaction belongs to the store, which ends it with the call");
                    try {
                        Object result = method.invoke(real, arguments);
                        return method.getName().equals("createStatement")
                                ? guarded(Statement.class, (Statement) result, Set.of())
                                : result;
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                }));
    }
}
