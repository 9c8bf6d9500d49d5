package dev.aikit.examples;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples that need a model which the local server lacks, against a fake server: it has no model, only answers. */
class ImageExamplesTest {
    @TempDir
    Path folder;

    private final CompletableFuture<String> asked = new CompletableFuture<>();
    private HttpServer fake;
    private String answer;

    @BeforeEach
    void start() throws IOException {
        fake = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        fake.createContext("/v1/", exchange -> {
            asked.complete(exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        fake.start();
    }

    @AfterEach
    void stop() {
        fake.stop(0);
    }

    private String run(Class<?> example, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                example.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder program = new ProcessBuilder(command).redirectErrorStream(true);
        program.environment().keySet().removeIf(name -> name.startsWith("OPENAI_"));
        program.environment()
                .put("OPENAI_BASE_URL", "http://127.0.0.1:" + fake.getAddress().getPort() + "/v1");
        Process process = program.start();
        try {
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, SECONDS)).isTrue();
            assertThat(process.exitValue()).as(out).isZero();
            return out.replace(System.lineSeparator(), "\n");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void images() throws Exception {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB), "png", png);
        answer = "{\"data\":[{\"b64_json\":\"" + Base64.getEncoder().encodeToString(png.toByteArray()) + "\"}]}";

        assertThat(run(Images.class, folder.toString(), "A hill", "some-model"))
                .hasLineCount(2)
                .contains("asked for: A hill\n", "saved: " + folder.resolve("picture.png") + "\n");

        assertThat(asked.get(60, SECONDS)).startsWith("/v1/images/generations ").contains("A hill", "some-model");
        assertThat(Files.readAllBytes(folder.resolve("picture.png"))).isEqualTo(png.toByteArray());
    }

    @Test
    void vision() throws Exception {
        answer = "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"A circle.\"}}]}";

        assertThat(run(Vision.class)).isEqualTo("A circle.\n");

        String sent = asked.get(60, SECONDS);
        assertThat(sent).startsWith("/v1/chat/completions ").contains("What do you see?");
        String base64 = sent.replaceFirst("(?s).*data:image/png;base64,([^\"]+).*", "$1");
        BufferedImage picture =
                ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
        assertThat(picture.getRGB(100, 100)).isEqualTo(0xffff0000);
    }
}
