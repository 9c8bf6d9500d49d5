package dev.aikit.local;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A small form, put together in memory. */
public final class UploadBody {
    public static final String BOUNDARY = "boundary-of-the-test-5f1d";

    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

    public UploadBody field(String name, String value) {
        return part("name=\"" + name + "\"\r\n", value.getBytes(StandardCharsets.UTF_8));
    }

    public UploadBody file(String filename, byte[] content) {
        return part(
                "name=\"file\"; filename=\"" + filename + "\"\r\nContent-Type: application/octet-stream\r\n", content);
    }

    private UploadBody part(String head, byte[] content) {
        parts.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + head + "\r\n")
                .getBytes(StandardCharsets.UTF_8));
        parts.writeBytes(content);
        parts.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(parts.toByteArray());
        all.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return all.toByteArray();
    }
}
