package dev.aikit.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aikit.json.Json;
import dev.aikit.testing.Pictures;
import dev.aikit.testkit.Answers;
import dev.aikit.testkit.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A runtime may lack java.desktop: everything works but pictures of java.awt, which say so. */
class NoDesktopTest {
    @TempDir
    Path folder;

    @Test
    void allButAsPictureWorksWithoutIt() throws Exception {
        byte[] png = Pictures.png();
        try (ScriptedServer server = ScriptedServer.start()) {
            String encoded = Base64.getEncoder().encodeToString(png);
            server.then(to -> to.answer(
                            200,
                            Json.of(Map.of("data", List.of(Map.of("b64_json", encoded))))
                                    .toString()))
                    .otherwise(to -> to.answer(200, Answers.whole("a car")));
            Path errors = folder.resolve("errors.txt");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "--limit-modules",
                            "java.base,java.logging,jdk.unsupported",
                            "-cp",
                            System.getProperty("java.class.path"),
                            NoDesktop.class.getName(),
                            server.uri("/v1").toString(),
                            folder.toString())
                    .redirectError(errors.toFile())
                    .start();
            try {
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(output.lines())
                        .as(Files.readString(errors))
                        .containsExactly(
                                "desktop: false",
                                "saved: " + png.length,
                                "picture: asPicture needs the module java.desktop: the runtime lacks it, or no module of the"
                                        + " program requires it; asBlob and saveToDisk do without",
                                "file: a car",
                                "bytes: a car",
                                "message: 2");
                assertThat(process.exitValue()).isZero();
            } finally {
                process.destroyForcibly();
            }
        }
    }
}
