package dev.aikit.performance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Answers each request on one connection with the same bytes, on a thread of its own. */
final class PreparedServer implements AutoCloseable {
    private static final int LONGEST_HEAD = 2048;

    private final ServerSocket socket;
    private final byte[] answer;

    PreparedServer(String answer) throws IOException {
        this.answer = answer.getBytes(StandardCharsets.ISO_8859_1);
        socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "prepared-server");
        thread.setDaemon(true);
        thread.start();
    }

    static PreparedServer ofJson(String json) throws IOException {
        return new PreparedServer("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-request-id: req_1\r\n"
                + "openai-processing-ms: 12\r\ncontent-length: " + json.length() + "\r\n\r\n" + json);
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort() + "/v1";
    }

    private void serve() {
        try (Socket client = socket.accept()) {
            client.setTcpNoDelay(true);
            byte[] some = new byte[1024 * 1024];
            int length = 0;
            while (true) {
                int more = client.getInputStream().read(some, length, some.length - length);
                if (more < 0) return;
                length += more;
                if (!isWhole(some, length)) continue;
                client.getOutputStream().write(answer);
                length = 0;
            }
        } catch (IOException over) {
            return;
        }
    }

    /** Of requests with a content-length, one after the other. */
    private static boolean isWhole(byte[] bytes, int length) {
        String text = new String(bytes, 0, Math.min(length, LONGEST_HEAD), StandardCharsets.ISO_8859_1);
        int head = text.indexOf("\r\n\r\n");
        int at = text.indexOf("content-length: ") + 16;
        return head >= 0 && length == head + 4 + Integer.parseInt(text.substring(at, text.indexOf('\r', at)));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }
}
