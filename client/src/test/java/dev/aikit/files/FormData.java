package dev.aikit.files;

import dev.aikit.testkit.ReceivedRequest;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.util.LinkedHashMap;
import java.util.Map;

/** A multipart body as Netty's decoder for servers, which has nothing to do with this library, reads it. */
public record FormData(Map<String, String> fields, String fileField, String fileName, String mediaType, byte[] file) {

    public static FormData of(ReceivedRequest request) throws Exception {
        return of(request.header("content-type"), request.body());
    }

    static FormData of(String contentType, byte[] body) throws Exception {
        DefaultFullHttpRequest http =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/", Unpooled.wrappedBuffer(body));
        http.headers().set("content-type", contentType);
        HttpPostRequestDecoder decoder = new HttpPostRequestDecoder(new DefaultHttpDataFactory(false), http);
        try {
            Map<String, String> fields = new LinkedHashMap<>();
            FormData found = null;
            for (InterfaceHttpData part : decoder.getBodyHttpDatas()) {
                if (part instanceof Attribute field) fields.put(field.getName(), field.getValue());
                if (part instanceof FileUpload file)
                    found = new FormData(fields, file.getName(), file.getFilename(), file.getContentType(), file.get());
            }
            if (found == null) throw new AssertionError("no file among " + decoder.getBodyHttpDatas());
            return found;
        } finally {
            decoder.destroy();
            http.release();
        }
    }
}
