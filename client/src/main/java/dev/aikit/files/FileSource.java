package dev.aikit.files;

import dev.aikit.internal.Checks;
import dev.aikit.internal.http.HttpBody;
import dev.aikit.internal.multipart.Multipart;
import dev.aikit.internal.multipart.Sources;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * What is uploaded: a file, bytes, or any stream. It is read while it is sent, a few pieces of 64 KB ahead of the network, on
 * threads of the library; never on yours, and never as a whole. Immutable.
 */
public final class FileSource {
    private static final String BINARY = "application/octet-stream";

    private final String fileName;
    private final String mediaType;
    /** Makes it for each call. */
    private final Supplier<HttpBody.Source> content;

    private FileSource(String fileName, String mediaType, Supplier<HttpBody.Source> content) {
        this.fileName = Checks.text("fileName", fileName);
        this.mediaType = mediaType;
        this.content = content;
    }

    private static Supplier<HttpBody.Source> same(HttpBody.Source source) {
        return () -> source;
    }

    /** A file; looked at only when the call is sent, and again for each attempt. One that is not there fails the call. */
    public static FileSource of(Path file) {
        Objects.requireNonNull(file, "file");
        if (file.getFileName() == null)
            throw new IllegalArgumentException("file: the path of a file expected, not " + file);
        return new FileSource(file.getFileName().toString(), BINARY, same(Sources.of(file)));
    }

    /** Bytes, which are not copied: they must not change before the call has ended. */
    public static FileSource of(String fileName, byte[] bytes) {
        return new FileSource(fileName, BINARY, same(Sources.of(Objects.requireNonNull(bytes, "bytes"))));
    }

    /**
     * What a stream has, of any length: it is sent in chunks, which not every server takes.
     *
     * @param stream makes the stream anew for each attempt; it is called on a thread of the library
     */
    public static FileSource of(String fileName, Callable<? extends InputStream> stream) {
        return new FileSource(fileName, BINARY, same(Sources.of(Objects.requireNonNull(stream, "stream"), -1)));
    }

    /**
     * What a stream has, when its length is known. One that turns out shorter or longer fails the call.
     *
     * @param length in bytes
     * @param stream makes the stream anew for each attempt; it is called on a thread of the library
     */
    public static FileSource of(String fileName, long length, Callable<? extends InputStream> stream) {
        Objects.requireNonNull(stream, "stream");
        return new FileSource(fileName, BINARY, same(Sources.of(stream, Checks.notNegative("length", length))));
    }

    /**
     * What a stream has that there is only once: after its first byte has been read the call is not tried again. The call
     * closes it, whatever becomes of the call. It serves one call: another one that wants it fails.
     */
    public static FileSource once(String fileName, InputStream stream) {
        return new FileSource(fileName, BINARY, Sources.once(Objects.requireNonNull(stream, "stream"), -1));
    }

    /**
     * The same when its length is known. A stream that turns out shorter or longer fails the call.
     *
     * @param length in bytes
     */
    public static FileSource once(String fileName, long length, InputStream stream) {
        Objects.requireNonNull(stream, "stream");
        return new FileSource(fileName, BINARY, Sources.once(stream, Checks.notNegative("length", length)));
    }

    /** The same under another name: the one that the server is told. */
    public FileSource named(String otherName) {
        return new FileSource(otherName, mediaType, content);
    }

    /** The same with a media type, such as "application/pdf"; without one it is {@value #BINARY}. */
    public FileSource mediaType(String type) {
        if (type == null || !type.matches("[!-.0-~]+/[ -~]+"))
            throw new IllegalArgumentException("mediaType: a type such as \"application/pdf\" expected, not " + type);
        return new FileSource(fileName, type, content);
    }

    Multipart with(Map<String, ?> fields) {
        return new Multipart(fields, "file", fileName, mediaType, content.get());
    }

    /** The name alone. */
    @Override
    public String toString() {
        return "FileSource[" + fileName + "]";
    }
}
