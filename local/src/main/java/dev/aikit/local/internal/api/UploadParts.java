package dev.aikit.local.internal.api;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import java.nio.charset.Charset;
import java.nio.file.Path;

/** Makes the parts of a form: short ones in memory, others on disk. Keeps file names as they were sent. */
final class UploadParts extends DefaultHttpDataFactory {
    private String sent = "";
    private String filename = "";

    UploadParts(Path folder, int longestInMemory, long longest) {
        super(longestInMemory);
        setBaseDir(folder.toString());
        setMaxLimit(longest);
    }

    /** The decoder changes some characters of a file name, and refuses others, but shows it here before. */
    @Override
    public Attribute createAttribute(HttpRequest request, String name, String value) {
        if (name.equals("filename")) sent = value;
        return super.createAttribute(request, name, value);
    }

    @Override
    public FileUpload createFileUpload(
            HttpRequest request,
            String name,
            String cleaned,
            String contentType,
            String contentTransferEncoding,
            Charset charset,
            long size) {
        filename = sent;
        return super.createFileUpload(request, name, "file", contentType, contentTransferEncoding, charset, size);
    }

    /** The name of the last file, as it was sent. */
    String filename() {
        return filename;
    }
}
