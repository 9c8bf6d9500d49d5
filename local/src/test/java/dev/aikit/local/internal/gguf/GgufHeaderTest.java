package dev.aikit.local.internal.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GgufHeaderTest {
    @TempDir
    Path folder;

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("model.gguf"), bytes);
    }

    @Test
    void readsWhatItNeedsAndPassesOverTheRest() throws IOException {
        byte[] file = new GgufWriter()
                .text("general.architecture", "llama")
                .number("general.alignment", 32)
                .list("tokenizer.ggml.tokens", "a", "b", "c")
                .number("llama.context_length", 512)
                .text("tokenizer.ggml.model", "llama")
                .text("tokenizer.chat_template", "{{ messages }}")
                .bytes();

        assertThat(GgufHeader.read(write(file))).isEqualTo(new GgufHeader("llama", 512, "{{ messages }}", true));
    }

    @Test
    void doesWithoutWhatIsNotSaid() throws IOException {
        assertThat(GgufHeader.read(write(new GgufWriter().bytes()))).isEqualTo(new GgufHeader("", 0, "", false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{{ messages }} | false",
                "{% if tools %}{{ tools }}<tool_call>{% endif %}{{ messages }} | true",
                "{% if tools %}{{ tools }}<tool_call><function=name>{% endif %}{{ messages }} | false",
                "{% if tools %}{{ tools }}[TOOL_CALLS]{% endif %}{{ messages }} | false"
            })
    void seesFromTheTemplateWhetherTheModelKnowsTools(String template, boolean knows) throws IOException {
        byte[] file = new GgufWriter().text("tokenizer.chat_template", template).bytes();

        assertThat(GgufHeader.read(write(file)).knowsTools()).isEqualTo(knows);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 10, 30, 50})
    void refusesAFileThatIsCut(int length) throws IOException {
        byte[] file = new GgufWriter().text("general.architecture", "llama").bytes();
        Path cut = write(java.util.Arrays.copyOf(file, length));

        assertThatThrownBy(() -> GgufHeader.read(cut))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a GGUF file")
                .hasMessageContaining("model.gguf");
    }

    @Test
    void isNotMisledByALengthThatCannotBe() throws IOException {
        byte[] file = new GgufWriter().text("general.architecture", "llama").bytes();
        file[31] = 0x7f; // the highest byte of the length of the first key

        assertThatThrownBy(() -> GgufHeader.read(write(file))).isInstanceOf(IllegalArgumentException.class);
    }
}
