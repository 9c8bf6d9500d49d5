package dev.aikit.durable.proof;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Between a driver and PostgreSQL: loses replies to COMMIT, or the COMMIT itself, with their connections. What was
 * committed stays committed, of course.
 */
public final class LossyProxy implements AutoCloseable {
    /** The server's message that a COMMIT is done: type, length, text. */
    private static final String COMMITTED = "C\0\0\0\013COMMIT\0";

    private static final String COMMIT = "COMMIT\0";

    private final ServerSocket listening;
    private final int server;
    private final AtomicInteger lost = new AtomicInteger();
    private volatile BooleanSupplier loses = () -> false;
    private volatile BooleanSupplier losesRequest = () -> false;

    public LossyProxy(int server) throws IOException {
        this.server = server;
        listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        daemon(this::accept);
    }

    /** Asked at each COMMIT whether its reply gets lost. */
    public void loses(BooleanSupplier when) {
        loses = when;
    }

    /** Asked at each COMMIT, as far as it is written out, whether it gets lost on its way to the server. */
    public void losesRequest(BooleanSupplier when) {
        losesRequest = when;
    }

    /** How many replies and requests have been lost. */
    public int lost() {
        return lost.get();
    }

    /** The address of a database by way of this. */
    public String through(String url) {
        return url.replace(":" + server + "/", ":" + listening.getLocalPort() + "/");
    }

    private void accept() throws IOException {
        while (true) {
            Socket driver = listening.accept();
            Socket database = new Socket(listening.getInetAddress(), server);
            driver.setTcpNoDelay(true);
            database.setTcpNoDelay(true);
            daemon(() -> pass(driver, database, false));
            daemon(() -> pass(database, driver, true));
        }
    }

    private void pass(Socket from, Socket to, boolean replies) throws IOException {
        byte[] bytes = new byte[1 << 16];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
                String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
                boolean commit = text.contains(replies ? COMMITTED : COMMIT);
                if (commit && (replies ? loses : losesRequest).getAsBoolean()) {
                    lost.incrementAndGet();
                    return;
                }
                out.write(bytes, 0, length);
            }
        }
    }

    private interface Passing {
        void run() throws IOException;
    }

    private static void daemon(Passing passing) {
        Thread thread = new Thread(() -> {
            try {
                passing.run();
            } catch (IOException closed) {
                // One side has gone, and the other one with it.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
