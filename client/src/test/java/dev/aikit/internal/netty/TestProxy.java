package dev.aikit.internal.netty;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** A proxy on plain sockets, for CONNECT or SOCKS5, which notes where it was asked to go. Any name leads to this machine. */
final class TestProxy implements AutoCloseable {
    /** {@code host:port} of each request, or {@code refused}. */
    final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final boolean socks;
    private final String credentials;
    private final Thread acceptor;
    private volatile boolean silent;

    /** With {@code user:password} to demand, or null. */
    TestProxy(boolean socks, String credentials) throws IOException {
        this.socks = socks;
        this.credentials = credentials;
        acceptor = thread(this::accept);
    }

    URI uri(String userInfo) {
        String user = userInfo == null ? "" : userInfo + "@";
        return URI.create((socks ? "socks5" : "http") + "://" + user + "127.0.0.1:" + listener.getLocalPort());
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Takes connections, and says nothing. */
    TestProxy fallSilent() {
        silent = true;
        return this;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                open.add(client);
                if (!silent) thread(() -> serve(client));
            }
        } catch (IOException closed) {
            return;
        }
    }

    private void serve(Socket client) {
        try {
            Socket server = socks ? socks(client) : connect(client);
            if (server == null) {
                client.close();
                return;
            }
            open.add(server);
            thread(() -> copy(server, client));
            copy(client, server);
        } catch (IOException gone) {
            return;
        }
    }

    private Socket connect(Socket client) throws IOException {
        StringBuilder head = new StringBuilder();
        InputStream in = client.getInputStream();
        while (head.indexOf("\r\n\r\n") < 0) head.append((char) in.read());
        String target = head.toString().split(" ")[1];
        OutputStream out = client.getOutputStream();
        if (credentials != null && !head.toString().contains("Basic " + base64(credentials))) {
            asked.add("refused");
            out.write("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n".getBytes());
            return null;
        }
        asked.add(target);
        Socket server = reach(target.substring(target.lastIndexOf(':') + 1));
        out.write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes());
        return server;
    }

    private static String base64(String text) {
        return java.util.Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** RFC 1928, with the password of RFC 1929. */
    private Socket socks(Socket client) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        OutputStream out = client.getOutputStream();
        in.readByte();
        in.readFully(new byte[in.readByte()]);
        out.write(new byte[] {5, (byte) (credentials == null ? 0 : 2)});
        if (credentials != null) {
            in.readByte();
            String given = text(in) + ":" + text(in);
            boolean right = given.equals(credentials);
            out.write(new byte[] {1, (byte) (right ? 0 : 1)});
            if (!right) {
                asked.add("refused");
                return null;
            }
        }
        in.readFully(new byte[3]);
        String host = in.readByte() == 3
                ? text(in)
                : InetAddress.getByAddress(in.readNBytes(4)).getHostAddress();
        int port = in.readUnsignedShort();
        asked.add(host + ":" + port);
        Socket server = reach(Integer.toString(port));
        out.write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 0});
        return server;
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readByte()), StandardCharsets.UTF_8);
    }

    private static Socket reach(String port) throws IOException {
        Socket server = new Socket();
        server.connect(new InetSocketAddress("127.0.0.1", Integer.parseInt(port)));
        return server;
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException gone) {
            return;
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "test-proxy");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        try {
            acceptor.join(); // until then it may take one more
        } catch (InterruptedException interrupt) {
            throw new InterruptedIOException("while the proxy was closed");
        }
        for (Socket socket : open) socket.close();
    }
}
