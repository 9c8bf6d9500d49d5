package dev.aikit.internal.netty;

import dev.aikit.HttpAgent;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** Secure connections by the JDK: the name in the certificate is checked, and the protocol is settled by ALPN. */
final class Tls {
    private final SSLContext context;

    private Tls(SSLContext context) {
        this.context = context;
    }

    /**
     * Reads the JDK's certificates if the agent has none of its own, which takes a while.
     *
     * @throws NoSuchAlgorithmException if the JDK cannot do TLS, or cannot read its certificates
     */
    static Tls of(HttpAgent agent) throws NoSuchAlgorithmException {
        SSLContext own = agent.sslContext();
        Tls tls = new Tls(own == null ? SSLContext.getDefault() : own);
        tls.engine(new Origin(true, "localhost", 443));
        return tls;
    }

    private SSLEngine engine(Origin origin) {
        SSLEngine engine = context.createSSLEngine(origin.host(), origin.port());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
        if (!Names.isAddress(origin.host())) {
            try {
                parameters.setServerNames(List.of(new SNIHostName(origin.host())));
            } catch (IllegalArgumentException notAllowedThere) {
                // The name is checked against the certificate all the same.
                parameters.setServerNames(List.of());
            }
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** Puts TLS on an open connection; the result is the protocol, {@code ""} if the server did not choose one. */
    Future<String> secure(ChannelPipeline pipeline, String before, Origin origin) {
        SSLEngine engine = engine(origin);
        SslHandler handler = new SslHandler(engine);
        // The attempt has a limit of its own.
        handler.setHandshakeTimeoutMillis(0);
        Promise<String> protocol = pipeline.channel().eventLoop().newPromise();
        handler.handshakeFuture().addListener(done -> {
            if (done.isSuccess()) protocol.setSuccess(engine.getApplicationProtocol());
            else protocol.setFailure(done.cause());
        });
        pipeline.addBefore(before, null, handler).addBefore(before, null, new Farewell());
        return protocol;
    }

    /** Tells an end that the server announced from a connection that was cut, which TLS was made to tell apart. */
    private static final class Farewell extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == SslCloseCompletionEvent.SUCCESS) context.channel().close();
            else if (event instanceof SslCloseCompletionEvent)
                context.fireExceptionCaught(new IOException("closed without the farewell of TLS"));
            context.fireUserEventTriggered(event);
        }
    }
}
