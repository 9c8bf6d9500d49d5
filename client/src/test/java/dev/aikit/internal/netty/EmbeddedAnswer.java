package dev.aikit.internal.netty;

import dev.aikit.internal.http.ExchangeListener;
import dev.aikit.internal.http.HttpCall;
import dev.aikit.internal.http.HttpHead;
import dev.aikit.internal.http.TransportFailure;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What an answer comes to that is received in given pieces, without a socket. */
final class EmbeddedAnswer implements ExchangeListener {
    private final StringBuilder body = new StringBuilder();
    private final CompletableFuture<String> all = new CompletableFuture<>();
    private String head = "";

    private EmbeddedAnswer() {}

    static EmbeddedAnswer to(String method, List<ByteBuffer> pieces) {
        EmbeddedAnswer answer = new EmbeddedAnswer();
        HttpCall call = new HttpCall(method, URI.create("http://127.0.0.1/"), Map.of(), new byte[0]);
        new EmbeddedLoop(pieces, 64 * 1024).open(call, Duration.ofSeconds(60), answer);
        return answer;
    }

    /** Its body, and how it ends. */
    String outcome() throws Exception {
        return all.get(60, TimeUnit.SECONDS);
    }

    /** And its head before. */
    String withHead() throws Exception {
        String outcome = outcome();
        return head + "|" + outcome;
    }

    @Override
    public void connected() {}

    @Override
    public void head(HttpHead received) {
        head = received.status() + " " + received.statusText() + received.headers();
    }

    @Override
    public void body(ByteBuffer bytes) {
        body.append(StandardCharsets.ISO_8859_1.decode(bytes));
    }

    @Override
    public void end() {
        all.complete(body + "|end");
    }

    @Override
    public void failed(TransportFailure failure) {
        all.complete(body + "|" + failure.reason());
    }
}
