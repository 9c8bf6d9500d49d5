package dev.aikit.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What the JVM is shown when it archives the classes that the command needs, so that later starts find them read and
 * checked: two questions to a server of its own, whose answers are made up. The second one is written so that picocli reads
 * it. Nobody else runs it.
 */
final class Training {
    private static final String STREAM =
            piece("one", "null") + piece("two", "null") + piece("", "\"stop\"") + "data: [DONE]\n\n";
    private static final String WHOLE =
            "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"one two\"},\"finish_reason\":\"stop\"}]}";

    private Training() {}

    private static String piece(String text, String finishReason) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"},\"finish_reason\":"
                + finishReason + "}]}\n\n";
    }

    /** Runs twice and ends the program. */
    public static void main(String... arguments) throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread answering = new Thread(() -> answer(server), "training");
        answering.setDaemon(true);
        answering.start();
        String url = "http://127.0.0.1:" + server.getLocalPort() + "/v1";
        Terminal process = Terminal.ofProcess();
        // As most people have it: what is read of the environment loads classes too.
        Map<String, String> environment = new HashMap<>(process.environment());
        environment.putAll(Map.of("OPENAI_BASE_URL", url, "OPENAI_API_KEY", "none"));
        Terminal terminal = new Terminal(process.in(), process.out(), process.err(), environment, process.screens());
        int streamed = Main.run(terminal, "chat", "--model", "none", "Hello?");
        int whole = Main.run(terminal, "chat", "--base-url=" + url, "--no-stream", "--model=none", "Hello?");
        System.exit(Math.max(streamed, whole));
    }

    /** With heads as servers write them: other ways to write a name, or to send a body, need other classes. */
    private static void answer(ServerSocket server) {
        try {
            String chunk = Integer.toHexString(STREAM.length()) + "\r\n" + STREAM + "\r\n";
            answer(server, "text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked", chunk + "0\r\n\r\n");
            answer(server, "application/json\r\nContent-Length: " + WHOLE.length(), WHOLE);
        } catch (IOException over) {
            return;
        }
    }

    private static void answer(ServerSocket server, String head, String body) throws IOException {
        try (Socket client = server.accept()) {
            InputStream in = client.getInputStream();
            byte[] some = new byte[8192];
            StringBuilder asked = new StringBuilder();
            while (!asked.toString().contains("Hello?")) {
                int length = in.read(some);
                if (length < 0) return;
                asked.append(new String(some, 0, length, StandardCharsets.ISO_8859_1));
            }
            String answer = "HTTP/1.1 200 OK\r\nDate: Sat, 28 Nov 2026 12:00:00 GMT\r\nConnection: keep-alive\r\n"
                    + "Content-Type: " + head + "\r\n\r\n" + body;
            client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            in.read(); // until the client has gone
        }
    }
}
