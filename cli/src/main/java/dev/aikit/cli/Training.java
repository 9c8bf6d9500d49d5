package dev.aikit.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * What the JVM is shown when it archives the classes that the command needs, so that later starts find them read and
 * checked: one question to a server of its own, whose answers are made up. Nobody else runs it.
 */
final class Training {
    private static final String ANSWER =
            piece("one", "null") + piece("two", "null") + piece("", "\"stop\"") + "data: [DONE]\n\n";

    private Training() {}

    private static String piece(String text, String finishReason) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"},\"finish_reason\":"
                + finishReason + "}]}\n\n";
    }

    /** Runs once and ends the program. */
    public static void main(String... arguments) throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread answering = new Thread(() -> answer(server), "training");
        answering.setDaemon(true);
        answering.start();
        String url = "http://127.0.0.1:" + server.getLocalPort() + "/v1";
        System.exit(Main.run(Terminal.ofProcess(), "chat", "--base-url", url, "--model", "none", "Hello?"));
    }

    private static void answer(ServerSocket server) {
        try (Socket client = server.accept()) {
            InputStream in = client.getInputStream();
            byte[] some = new byte[8192];
            StringBuilder asked = new StringBuilder();
            while (!asked.toString().contains("Hello?")) {
                int length = in.read(some);
                if (length < 0) return;
                asked.append(new String(some, 0, length, StandardCharsets.ISO_8859_1));
            }
            String head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: " + ANSWER.length();
            client.getOutputStream().write((head + "\r\n\r\n" + ANSWER).getBytes(StandardCharsets.ISO_8859_1));
            in.read(); // until the client has gone
        } catch (IOException over) {
            return;
        }
    }
}
