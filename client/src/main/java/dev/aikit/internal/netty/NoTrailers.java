package dev.aikit.internal.netty;

import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;

/** What may follow a chunked body, and nobody asks for: passed over, so that no answer needs a place for it. */
final class NoTrailers extends EmptyHttpHeaders implements HttpHeadersFactory {
    static final NoTrailers INSTANCE = new NoTrailers();

    private NoTrailers() {}

    @Override
    public HttpHeaders newHeaders() {
        return this;
    }

    @Override
    public HttpHeaders newEmptyHeaders() {
        return this;
    }

    @Override
    public HttpHeaders add(String name, Object value) {
        return this;
    }

    @Override
    public HttpHeaders add(CharSequence name, Object value) {
        return this;
    }
}
