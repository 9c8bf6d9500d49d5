/** An OpenAI-compatible server with real models that runs inside the JVM. */
module dev.aikit.local {
    requires static org.jspecify;
    requires static llama;
    requires com.microsoft.onnxruntime;
    requires dev.aikit;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.transport;
    requires org.commonmark;
    requires org.commonmark.ext.gfm.tables;

    exports dev.aikit.local;
}
