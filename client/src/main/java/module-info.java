/** A client for OpenAI-compatible APIs whose callbacks always come. */
@SuppressWarnings("module") // some that it exports to are compiled after it
module dev.aikit {
    requires static org.jspecify;
    requires static java.desktop;
    requires com.fasterxml.jackson.core;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.codec.http2;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.handler.proxy;
    requires io.netty.transport;

    exports dev.aikit;
    exports dev.aikit.batches;
    exports dev.aikit.chat;
    exports dev.aikit.embeddings;
    exports dev.aikit.files;
    exports dev.aikit.images;
    exports dev.aikit.json;
    exports dev.aikit.models;
    exports dev.aikit.moderations;
    exports dev.aikit.internal to
            dev.aikit.durable,
            dev.aikit.schema;
    exports dev.aikit.internal.call to
            dev.aikit.durable;
    exports dev.aikit.internal.http to
            dev.aikit.durable;
    exports dev.aikit.internal.netty to
            dev.aikit.local;
    exports dev.aikit.internal.threads to
            dev.aikit.durable;

    uses dev.aikit.json.JsonSchemaProvider;
}
