package dev.aikit.testkit;

import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives the methods of a JUnit test a {@link ScriptedServer} and a {@link ManualClock}, as parameters:
 *
 * <pre>{@code
 * @ExtendWith(TestKitExtension.class)
 * class GreeterTest {
 *     @Test
 *     void greets(ScriptedServer server) {
 *         server.then(ChatScripts.says("Hello."));
 *         ...
 *     }
 * }
 * }</pre>
 *
 * <p>Each test has its own, and its {@code @BeforeEach} and {@code @AfterEach} methods get the same. After the test the server is
 * closed. The test fails if a script failed, a request came that there was no script for, or a script is left that no
 * request came for. Where the test has failed already, that is added to its failure.
 */
public final class TestKitExtension implements ParameterResolver, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(TestKitExtension.class);

    /** Made by JUnit. */
    public TestKitExtension() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == ScriptedServer.class || type == ManualClock.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Parameter wanted = parameter.getParameter();
        // A constructor or a @BeforeAll method runs for several tests.
        if (context.getTestMethod().isEmpty())
            throw new ParameterResolutionException(
                    "each test has its own " + wanted.getType().getSimpleName()
                            + ": take it as a parameter of a @Test, @BeforeEach or @AfterEach method, not of "
                            + wanted.getDeclaringExecutable());
        return given(context).computeIfAbsent(wanted.getType(), TestKitExtension::make);
    }

    private static Object make(Class<?> type) {
        return type == ManualClock.class ? new ManualClock() : ScriptedServer.start();
    }

    /** What this test was given. */
    @SuppressWarnings("unchecked")
    private static Map<Class<?>, Object> given(ExtensionContext context) {
        ExtensionContext.Store store = context.getStore(NAMESPACE);
        Object given = store.get(context.getUniqueId());
        if (given == null) {
            given = new ConcurrentHashMap<Class<?>, Object>();
            store.put(context.getUniqueId(), given);
        }
        return (Map<Class<?>, Object>) given;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!(given(context).get(ScriptedServer.class) instanceof ScriptedServer server)) return;
        List<AssertionError> found = new ArrayList<>();
        int left = server.scriptsLeft();
        try {
            server.close();
        } catch (AssertionError scriptFailed) {
            found.add(scriptFailed);
        }
        if (left > 0) found.add(new AssertionError(left + " script(s) left that nothing came for"));
        if (found.isEmpty()) return;
        Throwable failure = context.getExecutionException().orElse(found.get(0));
        for (AssertionError error : found) if (error != failure) failure.addSuppressed(error);
        if (failure == found.get(0)) throw found.get(0);
    }
}
