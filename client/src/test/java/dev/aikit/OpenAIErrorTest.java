package dev.aikit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aikit.OpenAIError.Kind;
import dev.aikit.models.OpenAIModelListResult;
import dev.aikit.testing.Way;
import dev.aikit.testkit.ScriptedServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server says of an error, in every form that servers are known to give it. */
class OpenAIErrorTest {
    private static OpenAIModelListResult answered(int status, String body, String... headers) {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server, c -> c.maxRetries(0))) {
            server.then(to -> to.answer(status, body, headers));
            return client.models().list();
        }
    }

    private static OpenAIError error(int status, String body, String... headers) {
        OpenAIModelListResult result = answered(status, body, headers);
        assertThat(result.success()).isFalse();
        assertThat(result.models()).isEmpty();
        assertThat(result.errors()).hasSize(1);
        return result.errors().get(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            {"error":{"message":"said","type":"t","param":"p","code":"c"}} ~ said
            {"error":{"message":"said","code":400,"status":"INVALID"}} ~ said
            [{"error":{"message":"said","code":400}}] ~ said
            {"error":"said"} ~ said
            {"error":{"error":"said"}} ~ said
            {"error":{"msg":"said"}} ~ said
            {"error":{"message":{"detail":"said"}}} ~ said
            {"message":"said"} ~ said
            {"msg":"said"} ~ said
            {"detail":"said"} ~ said
            {"detail":[{"loc":["body","n"],"msg":"said"},{"msg":"more"}]} ~ body.n: said; more
            {"detail":{"message":"said"}} ~ said
            {"error_description":"said","error":"invalid_token"} ~ invalid_token
            {"title":"said","status":400} ~ said
            {"errors":[{"message":"said"},{"message":"more"}]} ~ said; more
            {"error":null,"message":"said"} ~ said
            {"object":"error","message":"said","code":40001} ~ said
            said ~ said
            "said" ~ said
            [] ~ the server answered 400 Scripted
            <html><title> said </title></html> ~ said
            <html><body>no title</body></html> ~ the server answered 400 Scripted
            {} ~ the server answered 400 Scripted
            null ~ the server answered 400 Scripted
            '' ~ the server answered 400 Scripted
            """)
    void findsTheMessage(String body, String message) {
        OpenAIError error = error(400, body);
        assertThat(error.message()).isEqualTo(message);
        assertThat(error.kind()).isEqualTo(Kind.HTTP);
        assertThat(error.response().text()).isEqualTo(body);
    }

    @Test
    void keepsAllThatCameWithIt() {
        OpenAIError error = error(
                429,
                "{\"error\":{\"message\":\"slow\",\"type\":\"requests\",\"param\":\"n\",\"code\":\"rate_limit\"}}",
                "x-request-id: req-1",
                "x-ratelimit-remaining-requests: 0");
        assertThat(error.errCode()).isEqualTo(429);
        assertThat(error.status()).isEqualTo(429);
        assertThat(error.statusText()).isEqualTo("Scripted");
        assertThat(error.requestID()).isEqualTo("req-1");
        assertThat(error.headers().get("x-ratelimit-remaining-requests")).isEqualTo(List.of("0"));
        assertThat(error.type()).isEqualTo("requests");
        assertThat(error.param()).isEqualTo("n");
        assertThat(error.code()).isEqualTo("rate_limit");
        assertThat(error.body().get("error").get("message").asText()).isEqualTo("slow");
        assertThat(error).hasToString("429 Scripted: slow [req-1]");
    }

    @Test
    void aCodeMayBeANumberOrNothing() {
        assertThat(error(400, "{\"error\":{\"code\":7}}").code()).isEqualTo("7");
        assertThat(error(400, "{\"error\":{\"code\":null}}").code()).isEmpty();
        assertThat(error(400, "{\"error\":\"x\"}").code()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400,bad request",
        "401,authentication",
        "403,permission",
        "404,not found",
        "422,unprocessable",
        "429,rate limit",
        "500,server",
        "503,server",
        "418,''",
    })
    void saysOfWhichClassItIs(int status, String expected) {
        OpenAIError error = error(status, "{}");
        String found = (error.isBadRequestError() ? "bad request" : "")
                + (error.isAuthenticationError() ? "authentication" : "")
                + (error.isPermissionDeniedError() ? "permission" : "")
                + (error.isNotFoundError() ? "not found" : "")
                + (error.isUnprocessableEntityError() ? "unprocessable" : "")
                + (error.isRateLimitError() ? "rate limit" : "")
                + (error.isInternalServerError() ? "server" : "");
        assertThat(found).isEqualTo(expected);
        assertThat(error.isCancelled()).isFalse();
        assertThat(error.isTimeout()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-request-id", "request-id", "apim-request-id", "x-amzn-requestid", "cf-ray"})
    void findsTheRequestIdUnderTheNamesOfProviders(String header) {
        OpenAIModelListResult result = answered(200, "{\"data\":[]}", header + ": id-7");
        assertThat(result.requestID()).isEqualTo("id-7");
    }

    @Test
    void readsTheLimitsFromTheHeaders() {
        OpenAIRateLimit limit = answered(
                        200,
                        "{\"data\":[]}",
                        "x-ratelimit-limit-requests: 60",
                        "x-ratelimit-limit-tokens: 150000",
                        "x-ratelimit-remaining-requests: 59",
                        "x-ratelimit-remaining-tokens: many",
                        "x-ratelimit-reset-requests: 1s",
                        "x-ratelimit-reset-tokens: 6m0s")
                .rateLimit();
        assertThat(limit.limit()).isEqualTo(new OpenAIRateLimit.Counts(60, 150_000));
        assertThat(limit.remaining()).isEqualTo(new OpenAIRateLimit.Counts(59, -1));
        assertThat(limit.reset()).isEqualTo(new OpenAIRateLimit.Times("1s", "6m0s"));
    }

    @Test
    void anErrorWithoutAnAnswerHasNothingInItsPlaces() {
        OpenAIError error = OpenAIError.of(Kind.CONNECT, "no connection", null, null);
        assertThat(error.errCode()).isEqualTo(1102);
        assertThat(error.status()).isZero();
        assertThat(error.statusText() + error.requestID() + error.type() + error.param())
                .isEmpty();
        assertThat(error.headers()).isEmpty();
        assertThat(error.body().isPresent() || !error.code().isEmpty()).isFalse();
        assertThat(error).hasToString("CONNECT: no connection");
    }

    @Test
    void aHugeBodyOfAnErrorIsKeptInPartAndEndsTheCall() {
        OpenAIError error = error(400, "x".repeat(3 << 20));
        assertThat(error.status()).isEqualTo(400);
        assertThat(error.message()).hasSizeLessThan(600);
        assertThat(error.response().body()).hasSizeLessThanOrEqualTo(1 << 20);
    }

    @Test
    void throwsOnlyWhereItWasAskedTo() {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server, c -> c.maxRetries(0))) {
            server.otherwise(to -> to.answer(401, "{\"error\":{\"message\":\"who are you?\"}}"));
            assertThatThrownBy(() -> client.models().list(p -> p.throwing(true)))
                    .isInstanceOfSatisfying(OpenAIException.class, thrown -> {
                        assertThat(thrown.result().errors().get(0).isAuthenticationError())
                                .isTrue();
                        assertThat(thrown).hasMessageContaining("who are you?");
                    });
            OpenAIModelListResult result = client.models().list();
            assertThatThrownBy(result::orThrow).isInstanceOf(OpenAIException.class);
        }
        answered(200, "{\"data\":[]}").orThrow();
    }
}
