package dev.aikit.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The {@link Server} in a process of its own. It ends when this one does, however that comes. */
record ServerProcess(Process process, int port) implements AutoCloseable {
    static ServerProcess start(Path benchmarks) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xms1g",
                        "-Xmx1g",
                        "-XX:+UseSerialGC",
                        "-XX:MaxDirectMemorySize=1g",
                        "-cp",
                        benchmarks
                                .resolve("harness/target/benchmark-harness-1.jar")
                                .toString(),
                        Server.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String port =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (port == null) throw new IOException("the server did not start");
        return new ServerProcess(process, Integer.parseInt(port));
    }

    @Override
    public void close() {
        process.destroy();
    }
}
