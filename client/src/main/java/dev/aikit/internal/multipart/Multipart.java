package dev.aikit.internal.multipart;

import dev.aikit.internal.http.HttpBody;
import dev.aikit.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A body of the type multipart/form-data (RFC 7578): fields, and then one file. Names are written as HTML has it: in UTF-8, with
 * {@code %22}, {@code %0D} and {@code %0A} for what would end them. The boundary is 122 random bits, which no file has by chance.
 */
public final class Multipart implements HttpBody.Source {
    private final String boundary = "aikit-" + UUID.randomUUID();
    private final StringBuilder fields = new StringBuilder();
    private final HttpBody.Source file;
    private final byte[] head;
    private final byte[] tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);

    /**
     * With its fields first, so that a server knows them when the file comes.
     *
     * @param fields a field of an object becomes {@code name[key]}, an element of an array {@code name[]}
     * @param fileField the name of the field that is the file
     * @param fileName the name that the server is told
     * @param mediaType of the file; one line
     */
    public Multipart(Map<String, ?> fields, String fileField, String fileName, String mediaType, HttpBody.Source file) {
        this.file = file;
        fields.forEach((name, value) -> add(name, Json.of(value)));
        this.head = (this.fields
                        + disposition(fileField) + "; filename=\"" + escaped(fileName) + "\"\r\ncontent-type: "
                        + mediaType + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private void add(String name, Json value) {
        value.fields().forEach((key, inner) -> add(name + "[" + key + "]", inner));
        value.items().forEach(item -> add(name + "[]", item));
        if (!value.isObject() && !value.isArray())
            fields.append(disposition(name))
                    .append("\r\n\r\n")
                    .append(value.asText())
                    .append("\r\n");
    }

    private String disposition(String name) {
        return "--" + boundary + "\r\ncontent-disposition: form-data; name=\"" + escaped(name) + "\"";
    }

    private static String escaped(String name) {
        StringBuilder escaped = new StringBuilder();
        for (char c : name.toCharArray())
            if (c < ' ' || c == '"' || c == 0x7f) escaped.append(String.format("%%%02X", (int) c));
            else escaped.append(c);
        return escaped.toString();
    }

    /** For the header of that name. */
    public String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    @Override
    public Opened open() throws IOException {
        Opened content = file.open();
        if (content.length() > Long.MAX_VALUE - head.length - tail.length) {
            content.stream().close();
            throw new IOException("it is too long to be sent: " + content.length() + " bytes");
        }
        List<InputStream> all = new ArrayList<>();
        all.add(new ByteArrayInputStream(head));
        all.add(new CheckedStream(content.stream(), content.length()));
        all.add(new ByteArrayInputStream(tail));
        long length = content.length() < 0 ? -1 : head.length + content.length() + tail.length;
        return new Opened(length, new SequenceInputStream(Collections.enumeration(all)));
    }

    @Override
    public boolean isSendable() {
        return file.isSendable();
    }

    @Override
    public void over() {
        file.over();
    }
}
