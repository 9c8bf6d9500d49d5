package dev.aikit.benchmarks.clients;

import dev.aikit.benchmarks.Client;
import dev.aikit.benchmarks.Question;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The floor: one thread, one selector, requests made by hand, and of the answers only what says where they end. */
public final class Selector implements Client, Runnable {
    private final java.nio.channels.Selector selector;
    private final Thread thread = new Thread(this, "selector");
    private final ArrayDeque<Exchange> idle = new ArrayDeque<>();
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 16);
    private final ByteBuffer out = ByteBuffer.allocateDirect(1 << 20);
    private final URI address;
    private byte[] inputs;

    public Selector(String baseURL, int inFlight) throws IOException {
        address = URI.create(baseURL);
        selector = java.nio.channels.Selector.open();
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void chat(Question question, Answer answer) {
        submit(new Request("/chat/completions", question.json(false), answer, null));
    }

    @Override
    public void stream(Question question, Pieces pieces) {
        submit(new Request("/chat/completions", question.json(true), null, pieces));
    }

    @Override
    public void embed(List<String> texts, Answer answer) {
        if (inputs == null) inputs = Question.embeddings(texts);
        submit(new Request("/embeddings", inputs, answer, null));
    }

    private void submit(Request request) {
        if (Thread.currentThread() == thread) {
            request.run();
        } else {
            tasks.add(request);
            selector.wakeup();
        }
    }

    @Override
    public void run() {
        try {
            while (true) {
                selector.select();
                for (Runnable task; (task = tasks.poll()) != null; ) task.run();
                Set<SelectionKey> keys = selector.selectedKeys();
                for (SelectionKey key : keys) read((Exchange) key.attachment());
                keys.clear();
            }
        } catch (IOException error) {
            throw new IllegalStateException(error);
        }
    }

    private void read(Exchange exchange) throws IOException {
        in.clear();
        if (exchange.channel.read(in) < 0) throw new IOException("the server closed a connection");
        exchange.feed(in.flip());
    }

    private final class Request implements Runnable {
        private final String path;
        private final byte[] body;
        private final Answer answer;
        private final Pieces pieces;

        Request(String path, byte[] body, Answer answer, Pieces pieces) {
            this.path = path;
            this.body = body;
            this.answer = answer;
            this.pieces = pieces;
        }

        @Override
        public void run() {
            try {
                Exchange exchange = idle.poll();
                if (exchange == null) exchange = connected();
                exchange.begin(answer, pieces);
                String head = "POST " + address.getPath() + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + address.getPort()
                        + "\r\nAuthorization: Bearer sk-test\r\nContent-Type: application/json\r\n"
                        + "Accept: application/json\r\nUser-Agent: floor\r\nContent-Length: " + body.length
                        + "\r\n\r\n";
                out.clear();
                out.put(head.getBytes(StandardCharsets.ISO_8859_1)).put(body).flip();
                while (out.hasRemaining()) exchange.channel.write(out);
            } catch (IOException error) {
                if (answer != null) answer.failed(error);
                else pieces.end(error);
            }
        }

        private Exchange connected() throws IOException {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(address.getHost(), address.getPort()));
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Exchange exchange = new Exchange(channel, idle);
            channel.register(selector, SelectionKey.OP_READ, exchange);
            return exchange;
        }
    }
}
