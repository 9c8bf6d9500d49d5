package dev.aikit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aikit.local.internal.gguf.StoriesModel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How programs with a server end, each in a virtual machine of its own. */
class ExitTest {
    @TempDir
    Path folder;

    private record Ended(int code, String output, String errors) {}

    private Ended run(String... arguments) throws Exception {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "-Djava.io.tmpdir=" + temporary,
                "--enable-native-access=ALL-UNNAMED",
                ExitProgram.class.getName()));
        command.addAll(List.of(arguments));
        File output = folder.resolve("out").toFile();
        File errors = folder.resolve("err").toFile();
        Process process = new ProcessBuilder(command)
                .redirectOutput(output)
                .redirectError(errors)
                .directory(folder.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), Files.readString(output.toPath()), Files.readString(errors.toPath()));
    }

    private List<Path> left() throws IOException {
        try (var files = Files.list(folder.resolve("tmp"))) {
            return files.filter(file -> !file.getFileName().toString().startsWith("hsperf"))
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "return-at-once, 0",
        "exit-at-once, 7",
        "exit-while-loading, 7",
        "exit-while-embedding, 7",
        "return-without-closing, 0",
    })
    void endsWithTheCodeOfTheProgramAndInSilence(String program, int code) throws Exception {
        Ended ended = run(program);

        assertThat(ended.errors()).isEmpty();
        assertThat(ended.output()).isEmpty();
        assertThat(ended.code()).isEqualTo(code);
    }

    @Test
    void leavesNothingBehindWhenItCloses() throws Exception {
        assertThat(run("close")).isEqualTo(new Ended(0, "", ""));
        assertThat(left()).isEmpty();
    }

    /** With a class path of 4,000 characters the virtual machine was killed by the load: ONNX Runtime reads the command line. */
    @Test
    void aLongCommandLineDoesNotEndIt() throws Exception {
        assertThat(run("close", "/repository/some-library.jar:".repeat(3_000))).isEqualTo(new Ended(0, "", ""));
    }

    @Test
    void letsTheNativeLibraryOfGgufFilesPrintNothing() throws Exception {
        assumeTrue(Files.exists(StoriesModel.FILE), "there is no model to try: " + StoriesModel.FILE);

        Ended ended = run("gguf", StoriesModel.FILE.toRealPath().toString());

        assertThat(ended.errors()).isEmpty();
        assertThat(ended.output()).isEqualTo("200");
        assertThat(ended.code()).isZero();
        assertThat(left()).isEmpty();
    }
}
