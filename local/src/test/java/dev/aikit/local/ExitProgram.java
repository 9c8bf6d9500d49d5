package dev.aikit.local;

import dev.aikit.local.internal.embedding.MiniLm;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** Programs that end in different ways while a server runs. */
final class ExitProgram {
    private ExitProgram() {}

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "return-at-once" -> LocalServer.start();
            case "exit-at-once" -> {
                LocalServer.start();
                System.exit(7);
            }
            case "exit-while-loading" -> {
                Semaphore loaded = loadForEver();
                loaded.acquire();
                System.exit(7);
            }
            case "exit-while-embedding" -> {
                embedForEver(LocalServer.start()).await();
                System.exit(7);
            }
            case "return-without-closing" -> embedForEver(LocalServer.start()).await();
            case "close" -> {
                LocalServer server = LocalServer.start();
                embedForEver(server).await();
                server.close();
            }
            case "gguf" -> tell(Path.of(arguments[1]));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Keeps the model busy from two sides; counts down when it has answered. */
    private static CountDownLatch embedForEver(LocalServer server) {
        CountDownLatch answered = new CountDownLatch(10);
        for (int i = 0; i < 2; i++) {
            Thread thread = new Thread(() -> {
                TestClient client = new TestClient(server.baseURL());
                Map<String, Object> body =
                        Map.of("model", "all-minilm-l6-v2", "input", "some words to embed ".repeat(90));
                while (client.post("/embeddings", body).status() == 200) answered.countDown();
            });
            thread.setDaemon(true);
            // When the server goes away its clients fail, which is no matter here.
            thread.setUncaughtExceptionHandler((failed, error) -> {});
            thread.start();
        }
        return answered;
    }

    /** Loads the model again and again, and tells each time. */
    private static Semaphore loadForEver() {
        Semaphore loaded = new Semaphore(0);
        Thread thread = new Thread(() -> {
            try {
                while (true) {
                    MiniLm.load();
                    loaded.release();
                }
            } catch (CancellationException programEnds) {
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
        return loaded;
    }

    /** The native library never lets go of its thread: such a program must say that it ends. */
    private static void tell(Path file) {
        try (LocalServer server =
                LocalServer.builder().preload(false).gguf(file).start()) {
            TestClient client = new TestClient(server.baseURL());
            System.out.print(
                    client.chat("stories260K", "Once", Map.of("max_tokens", 20)).status());
        }
        System.exit(0);
    }
}
