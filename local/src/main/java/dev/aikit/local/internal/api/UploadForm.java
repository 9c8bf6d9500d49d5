package dev.aikit.local.internal.api;

import dev.aikit.local.internal.ApiError;
import dev.aikit.local.internal.http.Exchange;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.EndOfDataDecoderException;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.ErrorDataDecoderException;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** The form of an upload: its small fields, and a file that was written to disk while it arrived. */
final class UploadForm implements AutoCloseable {
    private static final int LONGEST_FIELD = 4096;
    private static final int MOST_FIELDS = 16;
    private static final int LONGEST_HEAD = 1 << 16;

    private final UploadParts parts;
    private final HttpPostMultipartRequestDecoder decoder;
    private final Set<String> names;
    private final long longestFile;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private @Nullable FileUpload file;

    private UploadForm(Exchange exchange, Set<String> names, Path folder, long longestFile) {
        this.names = names;
        this.longestFile = longestFile;
        this.parts = new UploadParts(folder, LONGEST_FIELD, longestFile);
        if (!HttpPostRequestDecoder.isMultipart(exchange.request())) {
            throw ApiError.field(null, "An upload must be a form of the type multipart/form-data, with its boundary.");
        }
        try {
            decoder = new HttpPostMultipartRequestDecoder(
                    parts, exchange.request(), StandardCharsets.UTF_8, MOST_FIELDS, LONGEST_HEAD);
        } catch (ErrorDataDecoderException malformed) {
            throw ApiError.field(null, "The form is malformed: " + malformed.getMessage());
        }
    }

    /**
     * Reads a form to its end.
     *
     * @param names the fields that it may have, besides {@code file}
     * @param folder where the file is written to
     * @throws ApiError if it is not a form, or has what it may not have; nothing is left in the folder then
     */
    static UploadForm read(Exchange exchange, Set<String> names, Path folder, long longestFile) {
        UploadForm form = new UploadForm(exchange, names, folder, longestFile);
        try {
            form.readToEnd(exchange);
            return form;
        } catch (Throwable failed) {
            form.close();
            throw failed;
        }
    }

    private void readToEnd(Exchange exchange) {
        boolean last = false;
        while (!last) {
            HttpContent content = exchange.incoming().take();
            try {
                if (content.decoderResult().isFailure())
                    throw ApiError.field(null, "The body of the request broke off.");
                decoder.offer(content);
                while (decoder.hasNext()) take(decoder.next());
            } catch (EndOfDataDecoderException end) {
                // hasNext says so at the end of a form that is complete.
            } catch (DecoderException malformed) {
                throw refusal(malformed);
            } finally {
                last = content instanceof LastHttpContent;
                content.release();
            }
        }
        if (decoder.currentPartialHttpData() != null) throw ApiError.field(null, "The form breaks off before its end.");
    }

    private RuntimeException refusal(DecoderException malformed) {
        if (malformed.getCause() instanceof ClosedByInterruptException) return new CancellationException("interrupted");
        if (!(malformed.getCause() instanceof IOException failed)) {
            return ApiError.field(null, "The form is malformed: " + malformed.getMessage());
        }
        return String.valueOf(failed.getMessage()).contains("maximum capacity")
                ? tooLong(longestFile)
                : ApiError.server("the file cannot be written: " + failed.getMessage(), failed);
    }

    static ApiError tooLong(long longestFile) {
        return ApiError.request(413, "file_too_long", "A file may have " + longestFile + " bytes at most.");
    }

    private void take(InterfaceHttpData part) {
        String name = part.getName();
        if (part instanceof FileUpload upload) {
            if (!name.equals("file")) throw unknown(name);
            if (file != null) throw ApiError.field("file", "'file' must be there once.");
            file = upload;
        } else if (part instanceof Attribute attribute) {
            if (name.equals("file")) throw ApiError.field("file", "'file' must be a file: its part needs a filename.");
            if (!names.contains(name)) throw unknown(name);
            if (fields.put(name, value(attribute)) != null)
                throw ApiError.field(name, "'" + name + "' must be there once.");
        }
    }

    private ApiError unknown(String name) {
        return ApiError.field(
                name, "Unknown field '" + name + "'. A form may have: file, " + String.join(", ", names) + ".");
    }

    private static String value(Attribute attribute) {
        try {
            if (attribute.length() <= LONGEST_FIELD) return attribute.getValue();
        } catch (IOException error) {
            throw ApiError.server("a field of the form cannot be read", error);
        }
        throw ApiError.field(attribute.getName(), "'" + attribute.getName() + "' is too long.");
    }

    /** The value of a field; null if it is not there. */
    @Nullable
    String field(String name) {
        return fields.get(name);
    }

    /** The name that the client gives the file; for reading only, never a path. */
    String filename() {
        required();
        return parts.filename();
    }

    /** Moves the file, and gives its length. */
    long moveTo(Path place) throws IOException {
        FileUpload upload = required();
        if (!upload.renameTo(place.toFile())) throw new IOException("cannot move the upload to " + place);
        if (Files.notExists(place)) Files.createFile(place); // an empty one
        return Files.size(place);
    }

    private FileUpload required() {
        FileUpload upload = file;
        if (upload == null) throw ApiError.field("file", "'file' is required: a part with a filename.");
        return upload;
    }

    /** Deletes what was not moved. */
    @Override
    public void close() {
        decoder.destroy();
        parts.cleanAllHttpData();
    }
}
