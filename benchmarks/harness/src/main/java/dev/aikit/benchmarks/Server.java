package dev.aikit.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * A server that is never the bottleneck: one thread, one selector, answers made before they are asked for. The first part of
 * the path says what is answered: {@code /text-130/v1/chat/completions}; {@code /stat} says how busy the server was. Prints
 * its port, and ends when its input ends.
 */
final class Server {
    private final Selector selector;
    private final ServerSocketChannel listener;
    private final ByteBuffer received = ByteBuffer.allocateDirect(1 << 18);
    private final Map<String, Script> scripts = new HashMap<>();
    private final Wheel wheel = new Wheel();
    private long requests;

    private Server() throws IOException {
        selector = Selector.open();
        listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8192);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
    }

    public static void main(String[] arguments) throws IOException {
        Server server = new Server();
        Thread parent = new Thread(Server::endWithInput);
        parent.setDaemon(true);
        parent.start();
        System.out.println(((InetSocketAddress) server.listener.getLocalAddress()).getPort());
        server.run();
    }

    private static void endWithInput() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException gone) {
            // The same as its end.
        }
        System.exit(0);
    }

    private void run() throws IOException {
        while (true) {
            if (wheel.isEmpty()) selector.select(this::ready);
            else selector.select(this::ready, 1);
            wheel.turn(System.nanoTime());
        }
    }

    private void ready(SelectionKey key) {
        if (key.attachment() == null) {
            accept();
            return;
        }
        Connection connection = (Connection) key.attachment();
        try {
            if (key.isValid() && key.isWritable()) connection.flush();
            if (key.isValid() && key.isReadable()) read(connection);
        } catch (IOException error) {
            connection.close();
        }
    }

    private void accept() {
        try {
            for (SocketChannel channel; (channel = listener.accept()) != null; ) {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                Connection connection = new Connection(channel);
                connection.key = channel.register(selector, SelectionKey.OP_READ, connection);
            }
        } catch (IOException error) {
            throw new IllegalStateException("cannot accept: is 'ulimit -n' too low?", error);
        }
    }

    private void read(Connection connection) throws IOException {
        received.clear();
        int n = connection.channel.read(received);
        if (n < 0) {
            connection.close();
            return;
        }
        connection.add(received.flip());
        for (String route; (route = connection.request()) != null; ) answer(connection, route);
    }

    private void answer(Connection connection, String route) throws IOException {
        if (route.equals("stat")) {
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            String body = cpu + " " + requests;
            String head = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n";
            connection.send(ByteBuffer.wrap((head + body).getBytes(StandardCharsets.ISO_8859_1)));
            return;
        }
        requests++;
        Script script = scripts.get(route);
        if (script == null) scripts.put(route, script = Script.of(route, wheel));
        script.answer(connection);
    }
}
