package dev.aikit.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.internal.http.HttpBody.Opened;
import dev.aikit.internal.multipart.Multipart;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and values in a multipart body, read back by a decoder that is not ours. */
class FileNamesTest {
    private static byte[] bytes(Multipart body) throws Exception {
        Opened opened = body.open();
        byte[] bytes = opened.stream().readAllBytes();
        assertThat(opened.length()).isEqualTo(bytes.length);
        return bytes;
    }

    private static FormData sent(String fileName, Map<String, ?> fields) throws Exception {
        Multipart body = FileSource.of(fileName, new byte[] {1, 2, 3}).with(fields);
        return FormData.of(body.contentType(), bytes(body));
    }

    /** Netty's decoder puts a space in the place of what separates things in headers. */
    private static String asNettyHasIt(String name) {
        return name.replaceAll("[:;,=]", " ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.txt", "with spaces.txt", "übergröße – 文件 🎈.pdf", "semi;colon=x.txt", "a,b.txt"})
    void aFileNameArrivesAsItIs(String name) throws Exception {
        FormData form = sent(name, Map.of());
        assertThat(form.fileName()).isEqualTo(asNettyHasIt(name));
        assertThat(form.file()).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @CsvSource({"a\"b.txt, a%22b.txt", "'a\r\nx-evil: b', a%0D%0Ax-evil: b", "'a\nb', a%0Ab", "'a\u0000b', a%00b"})
    void whatWouldEndANameIsWrittenAsHtmlHasIt(String name, String expected) throws Exception {
        FormData form = sent(name, Map.of());
        assertThat(form.fileName()).isEqualTo(asNettyHasIt(expected));
        assertThat(form.file()).containsExactly(1, 2, 3);
    }

    @Test
    void aFieldNameCannotAddAFieldOrAHeader() throws Exception {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("a\"; filename=\"b", "1");
        fields.put("c\r\n\r\nd", "2");
        FormData form = sent("x", fields);
        assertThat(form.fields()).isEqualTo(Map.of(asNettyHasIt("a%22; filename=%22b"), "1", "c%0D%0A%0D%0Ad", "2"));
    }

    @Test
    void valuesArriveAsTheyAre() throws Exception {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("text", "größer\r\n--aikit-x\r\ncontent-disposition: form-data; name=\"evil\"");
        fields.put("number", 3_000_000_000L);
        fields.put("flag", true);
        fields.put("object", Map.of("inner", Map.of("deep", 1)));
        FormData form = sent("x", fields);
        assertThat(form.fields())
                .containsEntry("text", (String) fields.get("text"))
                .containsEntry("number", "3000000000")
                .containsEntry("flag", "true")
                .containsEntry("object[inner][deep]", "1")
                .hasSize(4);
    }

    @Test
    void eachBodyHasABoundaryOfItsOwn() {
        FileSource source = FileSource.of("x", new byte[0]);
        assertThat(source.with(Map.of()).contentType())
                .isNotEqualTo(source.with(Map.of()).contentType());
    }

    @Test
    void theBodyIsWrittenAsTheStandardHasIt() throws Exception {
        Multipart body = FileSource.of("a;b=\"c\".txt", "hi".getBytes(StandardCharsets.UTF_8))
                .with(Map.of("purpose", "batch"));
        String boundary = body.contentType().replaceFirst(".*boundary=", "");
        assertThat(boundary).hasSizeLessThanOrEqualTo(70).matches("[0-9a-zA-Z-]+");
        assertThat(new String(bytes(body), StandardCharsets.UTF_8))
                .isEqualTo(("--B\r\ncontent-disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n"
                                + "--B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a;b=%22c%22.txt\"\r\n"
                                + "content-type: application/octet-stream\r\n\r\nhi\r\n--B--\r\n")
                        .replace("B\r", boundary + "\r")
                        .replace("--B--", "--" + boundary + "--"));
    }
}
