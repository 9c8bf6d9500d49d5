package dev.aikit.pains;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.OpenAI;
import dev.aikit.testing.Way;
import dev.aikit.testkit.ReceivedRequest;
import dev.aikit.testkit.ScriptedServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pain 16: plain HTTP/1.1 on {@code http://}, with nothing that asks for another protocol. */
class Pain16NoUpgradeTest {
    @ParameterizedTest
    @EnumSource
    void sendsNoHeaderThatAsksForAnUpgradeAndAllInOnePiece(Way way) throws Exception {
        try (ScriptedServer server = ScriptedServer.start();
                OpenAI client = Way.client(server)) {
            server.then(way.answer("Fine."));

            way.chat(client);

            ReceivedRequest request = server.takeRequest();
            assertThat(request.headers()).doesNotContainKeys("upgrade", "http2-settings", "connection", "expect");
            assertThat(request.header("content-length")).isEqualTo(String.valueOf(request.body().length));
            assertThat(request.headers()).doesNotContainKey("transfer-encoding");
            assertThat(request.inOneRead()).isTrue();
        }
    }
}
