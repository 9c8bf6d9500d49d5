package dev.aikit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.cli.Run.Outcome;
import dev.aikit.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With a server somewhere else, which here is a fake one. */
class RemoteCommandsTest {
    private static final String KEY = "sk-secret-0123456789";
    private static final String CHUNK = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Once upon\"}}]}\n\n";
    private static final String END =
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n" + "data: [DONE]\n\n";

    @Test
    void whatIsSetReachesTheServer() throws Exception {
        try (FakeServer server = FakeServer.answering(200, "text/event-stream", CHUNK + END)) {
            Outcome outcome = new Run()
                    .with("OPENAI_API_KEY", KEY)
                    .with("OPENAI_BASE_URL", server.baseURL())
                    .aikit(
                            "chat",
                            "-m",
                            "some-model",
                            "-s",
                            "Be brief.",
                            "--max-tokens",
                            "9",
                            "--temperature",
                            "0.5",
                            "Hi");

            assertThat(outcome).isEqualTo(new Outcome(0, "Once upon\n", ""));
            FakeServer.Request request = server.requests.take();
            assertThat(request.head()).contains("authorization: bearer " + KEY);
            Json body = Json.parse(request.body());
            assertThat(body.get("model").asText()).isEqualTo("some-model");
            assertThat(body.get("stream").asBoolean(false)).isTrue();
            assertThat(body.get("max_completion_tokens").asInt(0)).isEqualTo(9);
            assertThat(body.get("temperature").asDouble(0)).isEqualTo(0.5);
            assertThat(body.get("messages")
                            .map(message -> message.get("role").asText() + " "
                                    + message.get("content").asText()))
                    .containsExactly("system Be brief.", "user Hi");
        }
    }

    @Test
    void theKeyOfTheEnvironmentDoesNotGoToAnAddressOnTheCommandLine() throws Exception {
        try (FakeServer server =
                FakeServer.answering(401, "application/json", "{\"error\":{\"message\":\"no key\"}}")) {
            Outcome outcome = new Run().with("OPENAI_API_KEY", KEY).aikit("models", "--base-url", server.baseURL());

            assertThat(server.requests.take().head()).doesNotContain(KEY).doesNotContain("authorization");
            assertThat(outcome.exitCode()).isEqualTo(4);
            assertThat(outcome.err()).contains("--api-key-env NAME");
        }
    }

    @Test
    void theKeyOfANamedVariableDoes() throws Exception {
        try (FakeServer server = FakeServer.answering(200, "application/json", "{\"data\":[{\"id\":\"a\"}]}")) {
            Outcome outcome = new Run()
                    .with("OTHER_KEY", KEY)
                    .aikit("models", "--base-url", server.baseURL(), "--api-key-env", "OTHER_KEY");

            assertThat(outcome).isEqualTo(new Outcome(0, "a\n", ""));
            assertThat(server.requests.take().head()).contains("authorization: bearer " + KEY);
        }
    }

    @Test
    void aRefusedKeyIsExitCode4AndTheKeyIsNotShown() throws Exception {
        String refusal = "{\"error\":{\"message\":\"Incorrect API key\",\"type\":\"invalid_request_error\"}}";
        try (FakeServer server = FakeServer.answering(401, "application/json", refusal)) {
            Outcome outcome = new Run()
                    .with("OPENAI_API_KEY", KEY)
                    .with("OPENAI_BASE_URL", server.baseURL())
                    .aikit("chat", "--json", "Hi");

            assertThat(outcome.exitCode()).isEqualTo(4);
            assertThat(outcome.err())
                    .isEqualTo("aikit: Incorrect API key [401] (request req-7)\n"
                            + "aikit: is the key in OPENAI_API_KEY right? --api-key-env NAME takes another\n");
            Json error = Json.parse(outcome.out()).get("error");
            assertThat(error.get("status").asInt(0)).isEqualTo(401);
            assertThat(error.get("kind").asText()).isEqualTo("HTTP");
            assertThat(outcome.out() + outcome.err()).doesNotContain(KEY);
        }
    }

    @Test
    void aServerThatIsNotRunningIsExitCode3() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }

        Outcome outcome = new Run().aikit("models", "--base-url", "http://127.0.0.1:" + port + "/v1");

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines()).hasSize(2);
        assertThat(outcome.err()).contains("127.0.0.1:" + port).contains("is the server running?");
    }

    @Test
    void anErrorOfTheServerIsExitCode1() throws Exception {
        try (FakeServer server = FakeServer.answering(500, "text/plain", "out of order")) {
            Outcome outcome = new Run().aikit("chat", "--base-url", server.baseURL(), "Hi");

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.err()).contains("out of order [500]").contains("try again later");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {"error":{"message":"no access to it","code":"model_not_found"}} | --model NAME asks for another; 'aikit models'
            {"error":{"message":"The model `a` does not exist.","code":404}} | --model NAME asks for another; 'aikit models'
            {"error":{"message":"Invalid URL: /models","code":"unknown_url"}} | 'aikit models' lists what the server offers; most
            """)
    void aModelThatIsNotThereIsToldFromAWrongAddress(String answer, String told) throws Exception {
        try (FakeServer server = FakeServer.answering(404, "application/json", answer)) {
            Outcome outcome = new Run().aikit("chat", "--base-url", server.baseURL(), "Hi");

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.err().lines().skip(1)).singleElement().asString().startsWith("aikit: " + told);
        }
    }

    @Test
    void theListOfModelsDoesNotLeadToItself() throws Exception {
        try (FakeServer server = FakeServer.answering(404, "text/plain", "Not Found")) {
            Outcome outcome = new Run().aikit("models", "--base-url", server.baseURL());

            assertThat(outcome.err()).contains("most base URLs end in /v1").doesNotContain("'aikit models'");
        }
    }

    @Test
    void aStreamThatBreaksOffIsExitCode1AfterItsText() throws Exception {
        try (FakeServer server = FakeServer.answering(200, "text/event-stream", CHUNK)) {
            Outcome outcome = new Run().aikit("chat", "--base-url", server.baseURL(), "Hi");

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.out()).isEqualTo("Once upon\n");
            assertThat(outcome.err()).contains("the answer is not complete");
        }
    }

    @Test
    void aTimeoutIsExitCode3() throws Exception {
        try (FakeServer server = FakeServer.stalling("")) {
            Outcome outcome = new Run().aikit("chat", "--base-url", server.baseURL(), "--timeout", "300ms", "Hi");

            assertThat(outcome.exitCode()).isEqualTo(3);
            assertThat(outcome.err()).contains("300 ms").contains("--timeout");
        }
    }

    @Test
    void anAddressThatIsNoApiIsToldSo() throws Exception {
        try (FakeServer server = FakeServer.answering(200, "text/html", "<html>Welcome</html>")) {
            Outcome outcome = new Run().aikit("models", "--base-url", server.baseURL());

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.err()).contains("most base URLs end in /v1");
        }
    }

    @Test
    void whatAServerSendsCannotSteerTheTerminal() throws Exception {
        String chunk = "data: {\"choices\":[{\"delta\":{\"content\":\"a\\u001b[2Jb\\u0007\"}}]}\n\n";
        try (FakeServer server = FakeServer.answering(200, "text/event-stream", chunk + END)) {
            assertThat(new Run()
                            .screens("012")
                            .aikit("chat", "--base-url", server.baseURL(), "Hi")
                            .out())
                    .isEqualTo("a[2Jb\n");
            assertThat(new Run()
                            .aikit("chat", "--base-url", server.baseURL(), "Hi")
                            .out())
                    .isEqualTo("a\u001b[2Jb\u0007\n");
        }
    }

    @Test
    void eachTextIsHarmlessOrHarmfulInSomeWay() throws Exception {
        String answer = "{\"results\":[{\"flagged\":false,\"categories\":{\"violence\":false}},{\"flagged\":true,"
                + "\"categories\":{\"hate\":true,\"violence\":true,\"sexual\":false},\"category_scores\":{\"hate\":0.514}}]}";
        try (FakeServer server = FakeServer.answering(200, "application/json", answer)) {
            Outcome outcome = new Run().aikit("moderate", "--base-url", server.baseURL(), "one", "two");

            assertThat(outcome).isEqualTo(new Outcome(0, "harmless\nharmful: hate (0.51), violence\n", ""));
            Json body = Json.parse(server.requests.take().body());
            assertThat(body.get("input").map(Json::asText)).containsExactly("one", "two");
            assertThat(body.get("model").asText()).isEqualTo("omni-moderation-latest");
        }
    }
}
