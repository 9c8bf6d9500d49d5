package dev.aikit.benchmarks;

import java.io.IOException;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;

/**
 * One client in one scenario, in a JVM of its own. Arguments: client class, scenario, port of the server, seconds to warm up,
 * seconds to measure. Prints one line of {@code name=value}; ends with 1 if any call failed.
 */
public final class Trial {
    private Trial() {}

    public static void main(String[] arguments) throws Exception {
        Scenario scenario = Scenario.of(arguments[1]);
        int port = Integer.parseInt(arguments[2]);
        Client client = client(arguments[0], scenario.path(), port, scenario.inFlight());
        double warmup = Double.parseDouble(arguments[3]);
        double seconds = Double.parseDouble(arguments[4]);
        Map<String, Double> results = switch (scenario.kind()) {
            case SLOW -> new SlowStreams(client, scenario).measure();
            case FIRST -> new Latencies(client, scenario).measure(warmup, seconds, true);
            case TIMES -> new Latencies(client, scenario).measure(warmup, seconds, false);
            default -> new Load(client, scenario, port).measure(warmup, seconds);
        };
        StringBuilder line = new StringBuilder("result");
        results.forEach((name, value) -> line.append(String.format(Locale.ROOT, " %s=%.3f", name, value)));
        System.out.println(line);
        System.exit(0);
    }

    static Client client(String type, String path, int port, int inFlight) throws ReflectiveOperationException {
        return (Client) Class.forName(type)
                .getConstructor(String.class, int.class)
                .newInstance("http://127.0.0.1:" + port + "/" + path + "/v1", inFlight);
    }

    /** Ends the trial: a figure of a client that fails is worth nothing. */
    static void fail(String reason, Throwable cause) {
        System.err.println("failed: " + reason);
        if (cause != null) cause.printStackTrace();
        System.exit(1);
    }

    /** The processor time that the server has used so far, in nanoseconds. */
    static long serverCpu(int port) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(Bodies.ascii("GET /stat HTTP/1.1\r\n\r\n"));
            byte[] answer = new byte[1000];
            int n = socket.getInputStream().read(answer);
            String text = new String(answer, 0, n, java.nio.charset.StandardCharsets.ISO_8859_1);
            return Long.parseLong(text.substring(text.indexOf("\r\n\r\n") + 4).split(" ")[0]);
        }
    }
}
