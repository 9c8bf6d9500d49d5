package dev.aikit.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aikit.testkit.ScriptedServer;
import java.io.File;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that are many times as large as all memory of the program that sends and saves them. {@code -Dtest.args=-Daikit.megabytes=1024}
 * makes them larger than usual; the numbers are printed.
 */
class MemoryTest {
    private static final long LENGTH = Long.getLong("aikit.megabytes", 160) << 20;

    @TempDir
    Path folder;

    private final ScriptedServer server = ScriptedServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    private String run(List<String> before, String direction, Path file) throws Exception {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx24m",
                "-XX:MaxDirectMemorySize=12m",
                "-XX:+UseSerialGC",
                "-cp",
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> !entry.contains("slf4j"))
                        .collect(Collectors.joining(File.pathSeparator)),
                TransferProgram.class.getName(),
                server.uri("/v1").toString(),
                direction,
                file.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            System.out.println(direction + " " + LENGTH + " bytes: " + out.replace('\n', ' '));
            return out;
        } finally {
            process.destroyForcibly();
        }
    }

    /** With holes, so that it takes no place on the disk, and something at its ends. */
    private Path largeFile() throws Exception {
        Path file = folder.resolve("large");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.writeInt(42);
            large.seek(LENGTH - 4);
            large.writeInt(42);
        }
        return file;
    }

    @Test
    void aFileIsSentWithLessMemoryThanASixthOfIt() throws Exception {
        CompletableFuture<Long> received = new CompletableFuture<>();
        server.thenBeforeBody(to -> {
            to.passBody(OutputStream.nullOutputStream());
            received.complete(Long.parseLong(to.request().header("content-length")));
            to.answer(200, FilesTest.FILE);
        });
        assertThat(run(List.of(), "up", largeFile())).contains("SUCCESS").contains("peak heap");
        assertThat(received.join()).isGreaterThan(LENGTH);
    }

    @Test
    void aFileIsSavedWithLessMemoryThanASixthOfIt() throws Exception {
        server.then(to -> to.head(200, "content-length: " + LENGTH).writeAll(LENGTH));
        Path target = folder.resolve("saved");
        assertThat(run(List.of(), "down", target)).contains("SUCCESS").contains("peak heap");
        assertThat(Files.size(target)).isEqualTo(LENGTH);
    }

    /** As a full disk: the system lets a file of this program grow to ten megabytes, and no further. */
    @Test
    void aFileThatCannotGrowIsAClearErrorAndNothingStaysBehind() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "a shell that limits the size of files");
        server.then(to -> {
            to.head(200, "content-length: " + LENGTH);
            to.writeUntilStalled(LENGTH);
        });
        List<String> limited = List.of("/bin/bash", "-c", "ulimit -f 10240; exec \"$@\"", "bash");
        assertThat(run(limited, "down", folder.resolve("saved")))
                .contains("TARGET")
                .contains("could not be written to");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }
}
