package dev.aikit.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** A fake server: no model, only answers that a test has written. Each connection takes one request. */
final class FakeServer implements Closeable {
    /** A request as it came: the head in lower case, and the body. */
    record Request(String head, String body) {}

    private final ServerSocket listener;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final String answer;
    private final boolean stalls;
    final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    final CountDownLatch disconnected = new CountDownLatch(1);

    private FakeServer(String answer, boolean stalls) throws IOException {
        this.answer = answer;
        this.stalls = stalls;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::accept, "fake-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** Answers each request so, and closes the connection. */
    static FakeServer answering(int status, String type, String body) throws IOException {
        return new FakeServer(head(status, type) + body, false);
    }

    /** Begins a stream with these events, and then neither goes on nor ends it. */
    static FakeServer stalling(String events) throws IOException {
        return new FakeServer(head(200, "text/event-stream") + events, true);
    }

    private static String head(int status, String type) {
        return "HTTP/1.1 " + status + " Text\r\nContent-Type: " + type
                + "\r\nx-should-retry: false\r\nx-request-id: req-7\r\nConnection: close\r\n\r\n";
    }

    String baseURL() {
        return "http://127.0.0.1:" + listener.getLocalPort() + "/v1";
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                Thread thread = new Thread(() -> serve(socket), "fake-server-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) return;
                head.append((char) next);
            }
            String lower = head.toString().toLowerCase(java.util.Locale.ROOT);
            int at = lower.indexOf("content-length:");
            int length = at < 0
                    ? 0
                    : Integer.parseInt(
                            lower.substring(at + 15, lower.indexOf('\r', at)).strip());
            requests.add(new Request(lower, new String(in.readNBytes(length), StandardCharsets.UTF_8)));
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            if (stalls && in.read() < 0) disconnected.countDown();
        } catch (IOException reset) {
            disconnected.countDown();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) socket.close();
    }
}
