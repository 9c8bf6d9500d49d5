package dev.aikit.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.HttpAgent;
import dev.aikit.internal.http.IoLoop;
import dev.aikit.testing.LoadedClasses;
import dev.aikit.testkit.ScriptedServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a JVM loads for its first call. */
class StartTest {
    @TempDir
    Path directory;

    /** The program of the JVM that is watched. */
    static final class OneCall {
        public static void main(String[] address) {
            NettyTransport transport = new NettyTransport(HttpAgent.defaults(), 16_384);
            IoLoop loop = transport.nextLoop();
            Recorder recorder = new Recorder();
            loop.execute(() -> loop.open(Client.get(URI.create(address[0])), Duration.ofSeconds(30), recorder));
            if (!recorder.awaitEnd().equals("ok")) throw new AssertionError(recorder.text());
            transport.close();
        }
    }

    @Test
    void aPlainCallLoadsNothingOfHttp2TlsProxiesOrCompression() throws Exception {
        try (ScriptedServer server = ScriptedServer.start()) {
            server.then(to -> to.answer(200, "ok"));

            List<String> classes =
                    LoadedClasses.of(OneCall.class, directory, server.uri("/").toString());

            assertThat(classes).anyMatch(line -> line.contains("dev.aikit.internal.netty.Http1Connection"));
            assertThat(classes)
                    .filteredOn(line -> line.contains("io.netty.handler.codec.http2")
                            || line.contains("io.netty.handler.ssl")
                            || line.contains("io.netty.handler.proxy")
                            || line.contains("io.netty.handler.codec.compression")
                            || line.contains("io.netty.channel.DefaultChannelId")
                            || line.contains("sun.security.ssl")
                            || line.contains("netty.H2")
                            || line.contains("netty.Tls"))
                    .isEmpty();
        }
    }
}
