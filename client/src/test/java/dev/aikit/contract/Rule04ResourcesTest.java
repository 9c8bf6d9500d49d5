package dev.aikit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.HttpAgent;
import dev.aikit.OpenAIError.Kind;
import dev.aikit.OpenAILimits;
import dev.aikit.OpenAIResult;
import dev.aikit.internal.call.ClientSettings;
import dev.aikit.internal.call.Clock;
import dev.aikit.internal.call.Destination;
import dev.aikit.internal.call.Engine;
import dev.aikit.internal.call.Operation;
import dev.aikit.internal.call.Outcome;
import dev.aikit.internal.call.Plan;
import dev.aikit.internal.call.Timeouts;
import dev.aikit.internal.threads.CallbackThreads;
import dev.aikit.testing.Events;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Rule 4, the machine's part: if the system gives no threads or file handles for connections, that is reported too. */
class Rule04ResourcesTest {
    /** The result of a function that only this test has. */
    private static final class Result extends OpenAIResult {
        Result(Outcome outcome) {
            super(outcome);
        }
    }

    private final Engine engine = new Engine(
            new ClientSettings(
                    new Destination("", URI.create("http://127.0.0.1:1/v1"), Map.of(), Set.of(), null),
                    null,
                    Timeouts.UNSET,
                    0,
                    HttpAgent.defaults(),
                    OpenAILimits.defaults(),
                    null),
            Clock.SYSTEM,
            agent -> {
                throw new IllegalStateException("too many open files");
            },
            CallbackThreads.shared());
    private final Operation<Result> operation = Operation.of("test", "GET", "/test", null, Result::new);

    @Test
    void aCallThatWaitsReturns() {
        Result result = engine.await(operation, Plan.empty());

        assertThat(result.errors()).singleElement().satisfies(error -> {
            assertThat(error.kind()).isEqualTo(Kind.CONNECT);
            assertThat(error.message()).contains("too many open files");
        });
    }

    @Test
    void aCallWithACallbackCallsBack() {
        CompletableFuture<Result> received = new CompletableFuture<>();

        engine.start(operation, Plan.<Result>empty().withOnError(received::complete));

        assertThat(Events.await(received).errors().get(0).kind()).isEqualTo(Kind.CONNECT);
    }
}
