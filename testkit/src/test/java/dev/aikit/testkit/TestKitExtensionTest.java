package dev.aikit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.lang.reflect.Method;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

/** What the extension makes of tests that go well and wrong. */
class TestKitExtensionTest {
    /** Lets the tests that fail be run by the tests below, and by nobody else. */
    static final class OnPurpose implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return context.getConfigurationParameter("on.purpose").isPresent()
                    ? ConditionEvaluationResult.enabled("on purpose")
                    : ConditionEvaluationResult.disabled("it fails, and is run by " + TestKitExtensionTest.class);
        }
    }

    @ExtendWith({OnPurpose.class, TestKitExtension.class})
    static final class Sample {
        private ScriptedServer before;

        @BeforeEach
        void prepare(ScriptedServer server) {
            before = server;
            server.then(to -> to.answer(200, "prepared"));
        }

        @Test
        void goesWell(ScriptedServer server, ManualClock clock) throws Exception {
            assertThat(server).isSameAs(before);
            assertThat(clock.instant()).isEqualTo(clock.instant());
            assertThat(get(server)).isEqualTo("prepared");
        }

        @Test
        void leavesAScript(ScriptedServer server) throws Exception {
            get(server);
            server.then(to -> to.answer(200, "never asked for"));
        }

        @Test
        void asksTooOften(ScriptedServer server) throws Exception {
            get(server);
            assertThat(get(server)).isEqualTo("lost");
        }

        @Test
        void hasAScriptThatFails(ScriptedServer server) throws Exception {
            get(server);
            server.then(to -> {
                throw new IllegalStateException("the script's own");
            });
            get(server);
        }

        @Test
        void failsItself(ScriptedServer server) {
            throw new IllegalStateException("the test's own");
        }

        private static String get(ScriptedServer server) throws Exception {
            try {
                return HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(server.uri("/")).build(), HttpResponse.BodyHandlers.ofString())
                        .body();
            } catch (java.io.IOException noAnswer) {
                return "lost";
            }
        }
    }

    @ExtendWith({OnPurpose.class, TestKitExtension.class})
    static final class Elsewhere {
        Elsewhere(ScriptedServer server) {}

        @Test
        void unreachable() {}
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    leavesAScript,       1 script(s) left that nothing came for,
                    asksTooOften,        a script of the server failed,           no script for GET /
                    hasAScriptThatFails, a script of the server failed,           the script's own
                    """)
    void failsATestWhoseScriptsDoNotMatchItsRequests(String method, String message, String cause) {
        Throwable failure = failureOf(method);
        assertThat(failure).isInstanceOf(AssertionError.class).hasMessage(message);
        if (cause != null) assertThat(failure.getCause()).hasMessage(cause);
    }

    @Test
    void letsATestPassThatUsedAllItsScripts() {
        assertThat(failureOf("goesWell")).isNull();
    }

    @Test
    void keepsTheFailureOfTheTestItselfInFront() {
        assertThat(failureOf("failsItself"))
                .hasMessage("the test's own")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .asString()
                        .contains("1 script(s) left"));
    }

    @Test
    void refusesToShareAServerBetweenTests() {
        assertThat(failureOf(Elsewhere.class, "unreachable"))
                .hasMessageContaining("each test has its own ScriptedServer")
                .hasMessageContaining("@BeforeEach");
    }

    private static Throwable failureOf(String method) {
        return failureOf(Sample.class, method);
    }

    private static Throwable failureOf(Class<?> test, String method) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter("on.purpose", "true")
                .selectors(selectMethod(test, method(test, method)))
                .execute()
                .testEvents()
                .finished()
                .stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .map(result -> result.getThrowable().orElse(null))
                .toList()
                .get(0);
    }

    private static Method method(Class<?> test, String name) {
        for (Method method : test.getDeclaredMethods()) if (method.getName().equals(name)) return method;
        throw new AssertionError(name);
    }
}
