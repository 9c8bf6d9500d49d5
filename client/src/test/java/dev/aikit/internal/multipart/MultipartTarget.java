package dev.aikit.internal.multipart;

import dev.aikit.internal.http.HttpBody;
import dev.aikit.internal.multipart.PartsReader.Part;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Any names, values and bytes as the parts of a form: a reader that has nothing to do with the writer finds them all again, and a
 * source that has not the length that it said makes no form. Five texts, each ended by a zero, and then the file; the first byte
 * chooses what length is said and how much is read at a time.
 */
public final class MultipartTarget {
    private static final int TEXTS = 5;

    private MultipartTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) return;
        int choice = input[0] & 0xff;
        String[] texts = new String[TEXTS];
        int at = 1;
        for (int i = 0; i < TEXTS; i++) {
            int end = at;
            while (end < input.length && input[end] != 0) end++;
            texts[i] = new String(input, at, end - at, StandardCharsets.UTF_8);
            at = Math.min(input.length, end + 1);
        }
        byte[] file = Arrays.copyOfRange(input, at, input.length);
        long said = switch (choice & 3) {
            case 1 -> file.length + 1L;
            case 2 -> Math.max(0, file.length - 1L);
            case 3 -> file.length;
            default -> -1;
        };
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(texts[0], texts[1]);
        fields.put("list", List.of(texts[1], 7, true));
        fields.put("object", Map.of(texts[2], texts[1]));
        HttpBody.Source source = Sources.of(() -> new ByteArrayInputStream(file), said);
        Multipart form = new Multipart(fields, texts[3], texts[4], "application/octet-stream", source);
        for (int attempt = 0; attempt < 2; attempt++) compare(form, fields, texts, file, said, 1 + (choice >> 2));
    }

    private static void compare(
            Multipart form, Map<String, Object> fields, String[] texts, byte[] file, long said, int atOnce) {
        byte[] body;
        try {
            HttpBody.Opened opened = form.open();
            body = read(opened.stream(), atOnce);
            require(opened.length() == (said < 0 ? -1 : body.length), "the length said is " + opened.length());
        } catch (IOException wrongLength) {
            require(said >= 0 && said != file.length, "it cannot be read: " + wrongLength);
            return;
        }
        require(said < 0 || said == file.length, "a source that has not the length it said makes a form");
        List<Part> parts = PartsReader.read(form.contentType(), body);
        require(parts.size() == fields.size() + 3, parts.size() + " parts");
        String object = "object[" + texts[2] + "]";
        List<String> names = List.of(texts[0], "list[]", "list[]", "list[]", object, texts[3]);
        List<String> values = List.of(texts[1], texts[1], "7", "true", texts[1]);
        if (fields.size() < 3) return; // one of the names was given twice
        for (int i = 0; i < names.size(); i++) same(parts.get(i).name(), PartsReader.plain(names.get(i)));
        for (int i = 0; i < values.size(); i++)
            require(Arrays.equals(parts.get(i).content(), utf8(values.get(i))), "another value");
        Part last = parts.get(names.size() - 1);
        same(last.fileName(), PartsReader.plain(texts[4]));
        require(Arrays.equals(last.content(), file), "another file");
        require(parts.stream().filter(part -> part.fileName() != null).count() == 1, "several files");
    }

    private static byte[] read(InputStream stream, int atOnce) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (stream) {
            byte[] piece = new byte[atOnce];
            for (int count = stream.read(piece); count >= 0; count = stream.read(piece)) all.write(piece, 0, count);
        } catch (UncheckedIOException thrown) {
            throw thrown.getCause();
        }
        return all.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void same(String found, String expected) {
        require(expected.equals(found), "\"" + found + "\" instead of \"" + expected + "\"");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) throw new AssertionError(otherwise);
    }
}
