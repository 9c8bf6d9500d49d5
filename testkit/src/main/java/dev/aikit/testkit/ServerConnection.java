package dev.aikit.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One connection of a {@link ScriptedServer}; for a {@linkplain ScriptedServer#thenConnection script} before its first byte. */
public final class ServerConnection {
    /** The connection has failed as it should: nothing more of the script is done. */
    private static final class Failed extends IOException {
        private static final long serialVersionUID = 1;
    }

    final SocketChannel channel;
    private final ScriptedServer server;
    private final int number;
    private Socket socket;
    private RequestReader reader;
    private OutputStream out;
    private int piece = Integer.MAX_VALUE;
    private Duration pause = Duration.ZERO;
    private @Nullable Fault fault;
    private long untilFault;

    ServerConnection(ScriptedServer server, SocketChannel channel, int number) throws IOException {
        this.server = server;
        this.channel = channel;
        this.number = number;
        socket = channel.socket();
        socket.setTcpNoDelay(true);
        reader = new RequestReader(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** Its number; the first is 1. */
    public int number() {
        return number;
    }

    /** Goes on when the test opens the gate. */
    public ServerConnection await(CountDownLatch gate) throws InterruptedException {
        if (!gate.await(ScriptedServer.LIMIT_SECONDS, TimeUnit.SECONDS))
            throw new AssertionError("the gate was not opened within " + ScriptedServer.LIMIT_SECONDS + " s");
        return this;
    }

    /** Sends these bytes as they are; before TLS, if there is TLS. */
    public ServerConnection raw(byte[] bytes) throws IOException {
        write(bytes);
        return this;
    }

    /** Reads and drops what comes, and says nothing, until the client closes the connection. */
    public void awaitPeerClosed() {
        try {
            reader.dropAll();
        } catch (IOException reset) {
            // It has closed, only less politely.
        }
        peerClosed();
    }

    /** Ends the connection in the ordinary way. */
    public void close() throws IOException {
        // With TLS this says farewell.
        socket.close();
        channel.close();
    }

    /** Ends the connection with a reset. */
    public void reset() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }

    void serve(@Nullable SSLContext tls, ScriptedServer.@Nullable ConnectionScript script) {
        try {
            if (script != null) script.run(this);
            if (tls != null && channel.isOpen()) secure(tls);
            while (channel.isOpen() && serveOne()) continue;
        } catch (IOException gone) { // the client's doing, or that of a fault
            if (channel.isOpen()) peerClosed();
        } catch (Throwable error) {
            server.scriptFailed(error);
        }
        try {
            channel.close();
        } catch (IOException error) {
            server.scriptFailed(error);
        }
    }

    private void secure(SSLContext tls) throws IOException {
        SSLSocket secure =
                (SSLSocket) tls.getSocketFactory().createSocket(socket, InputStream.nullInputStream(), false);
        secure.setUseClientMode(false);
        socket = secure;
        reader = new RequestReader(socket.getInputStream());
        out = socket.getOutputStream();
    }

    private boolean serveOne() throws Exception {
        RequestReader.Head head = reader.readHead();
        if (head == null) {
            peerClosed();
            return false;
        }
        boolean inOneRead = reader.cameInOneRead(head);
        ScriptedServer.Entry entry = server.nextScript();
        byte[] body = entry != null && entry.beforeBody() ? new byte[0] : reader.readBody(head.headers());
        ReceivedRequest request =
                new ReceivedRequest(head.method(), head.target(), head.headers(), body, number, inOneRead);
        server.received(request);
        if (entry == null) throw new AssertionError("no script for " + request);
        piece = Integer.MAX_VALUE;
        fault = null;
        entry.script().run(new ServerExchange(this, request));
        return true;
    }

    RequestReader reader() {
        return reader;
    }

    void pace(int bytes, Duration between) {
        if (bytes < 1) throw new IllegalArgumentException("bytes must be positive, but is " + bytes);
        piece = bytes;
        pause = between;
    }

    void failAfter(long bytes, Fault how) {
        untilFault = bytes;
        fault = how;
    }

    /** To be called when everything is written: then the fault should have come. */
    void requireFailed() {
        if (fault != null)
            throw new AssertionError("the answer ended " + untilFault + " bytes before the fault " + fault);
    }

    void write(byte[] bytes) throws IOException {
        int length = fault == null ? bytes.length : (int) Math.min(bytes.length, untilFault);
        for (int at = 0; at < length; at += Math.min(piece, length - at)) {
            if (at > 0) rest();
            out.write(bytes, at, Math.min(piece, length - at));
            out.flush();
        }
        if (fault == null) return;
        untilFault -= length;
        if (untilFault == 0) fail(fault);
    }

    private void rest() throws IOException {
        try {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        } catch (InterruptedException interrupt) {
            throw new IOException("interrupted between two pieces", interrupt);
        }
    }

    private void fail(Fault how) throws IOException {
        fault = null;
        switch (how) {
            case RESET -> reset();
            case CLOSE -> close();
            case CUT -> channel.close();
            case HALF_CLOSE -> {
                channel.shutdownOutput();
                awaitPeerClosed();
            }
            case STALL -> awaitPeerClosed();
            case GARBAGE -> {
                out.write(Faults.garbage());
                close();
            }
        }
        throw new Failed();
    }

    private void peerClosed() {
        server.closing(number).complete(null);
    }

    @Override
    public String toString() {
        return "connection " + number;
    }
}
