package dev.aikit.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.OpenAIConfiguration;
import dev.aikit.chat.OpenAIChatCompletionsResult;
import dev.aikit.chat.OpenAIMessage;
import dev.aikit.testkit.ChatScripts;
import dev.aikit.testkit.Fault;
import dev.aikit.testkit.Faults;
import dev.aikit.testkit.ManualClock;
import dev.aikit.testkit.ScriptedServer;
import dev.aikit.testkit.TestKitExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How users of the kit test a part of their program: no line here knows the inside of the kit. */
@ExtendWith(TestKitExtension.class)
class GreeterTest {
    /** The part of a program that is tested. */
    private record Greeter(OpenAI client) {
        CompletableFuture<String> greet(String name) {
            CompletableFuture<String> greeting = new CompletableFuture<>();
            client.chat()
                    .completions()
                    .create(
                            List.of(OpenAIMessage.user("Greet " + name)),
                            p -> p.stream(true).formula(result -> greeting.complete(text(result, name))));
            return greeting;
        }

        private static String text(OpenAIChatCompletionsResult result, String name) {
            return result.success() ? result.choice().text() : "Hi " + name + ".";
        }
    }

    private static String greeting(OpenAIConfiguration configuration) throws Exception {
        try (OpenAI client = OpenAI.create(configuration)) {
            return new Greeter(client).greet("Ann").get(60, TimeUnit.SECONDS);
        }
    }

    private static OpenAIConfiguration of(ScriptedServer server) {
        return OpenAIConfiguration.defaults().baseURL(server.baseURL());
    }

    @Test
    void greetsWithWhatTheModelSays(ScriptedServer server) throws Exception {
        server.then(ChatScripts.says("Hello", ", Ann."));
        assertThat(greeting(of(server))).isEqualTo("Hello, Ann.");
        assertThat(server.takeRequest().text()).contains("Greet Ann");
    }

    @Test
    void isPoliteWithoutAModel(ScriptedServer server) throws Exception {
        server.then(Faults.after(200, Fault.RESET, ChatScripts.says("Hello", ", Ann.")));
        assertThat(greeting(of(server).maxRetries(0))).isEqualTo("Hi Ann.");
    }

    @Test
    void doesNotWaitForeverForAMuteModel(ScriptedServer server, ManualClock clock) throws Exception {
        server.then(Faults.instead(Fault.STALL));
        try (OpenAI client = OpenAI.create(of(server).maxRetries(0).clock(clock, clock::schedule))) {
            CompletableFuture<String> greeting = new Greeter(client).greet("Ann");
            server.takeRequest();
            clock.advance(Duration.ofHours(1));
            assertThat(greeting.get(60, TimeUnit.SECONDS)).isEqualTo("Hi Ann.");
        }
    }
}
