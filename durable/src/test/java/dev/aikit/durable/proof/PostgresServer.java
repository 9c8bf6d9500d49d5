package dev.aikit.durable.proof;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.opentest4j.TestAbortedException;
import org.tukaani.xz.XZInputStream;

/** A real PostgreSQL server, whose programs come from Maven. It refuses to be run by root: then it is run by nobody. */
public final class PostgresServer implements AutoCloseable {
    public static final String USER = "postgres";
    public static final String PASSWORD = "the-password-of-the-store";

    /** Ways to run a program as somebody else than root: the first one that works is taken. */
    private static final List<List<String>> NOT_AS_ROOT = List.of(
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"), List.of("unshare", "--user"));

    /** Databases that are not dropped: more than one test has. */
    private static final int KEPT = 3;

    private static PostgresServer shared;
    private static String whyNot;

    private final AtomicInteger databases = new AtomicInteger();
    private final Path folder;
    private final int port;
    private List<String> somebodyElse = List.of();

    /** The server of this run of the tests. Where none can be started, the test is skipped, or fails under CI. */
    public static synchronized PostgresServer shared() {
        if (shared == null && whyNot == null) {
            try {
                shared = new PostgresServer();
                Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
            } catch (Exception error) {
                whyNot = "SKIPPED: no PostgreSQL server can be started on this machine: " + error;
                System.err.println(whyNot);
            }
        }
        if (shared != null) return shared;
        if ("true".equals(System.getenv("CI"))) throw new AssertionError(whyNot);
        throw new TestAbortedException(whyNot);
    }

    public PostgresServer() throws Exception {
        folder = Files.createTempDirectory("aikit-postgresql");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx")); // for who is not root
        port = freePort();
        try {
            unpack();
            Path password = Files.writeString(folder.resolve("password"), PASSWORD);
            boolean root = "root".equals(System.getProperty("user.name"));
            for (List<String> way : root ? NOT_AS_ROOT : List.of(List.<String>of())) {
                somebodyElse = way;
                if (run(
                                "initdb",
                                "--username=" + USER,
                                "--pwfile=" + password,
                                "--auth=scram-sha-256",
                                "--encoding=UTF8",
                                "--locale=C",
                                "--no-sync")
                        == 0) break;
            }
            start();
        } catch (Exception error) {
            close();
            throw error;
        }
    }

    /** Below those that the system gives to whoever asks for any: while the server is stopped, nobody takes its own. */
    private static int freePort() throws IOException {
        for (int tries = 1; ; tries++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
                return free.getLocalPort();
            } catch (BindException taken) {
                if (tries == 100) throw taken;
            }
        }
    }

    private void unpack() throws Exception {
        String system = isMac() ? "darwin" : "linux";
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        String name = "/postgres-" + system + "-" + machine + ".txz";
        try (InputStream archive = PostgresServer.class.getResourceAsStream(name)) {
            if (archive == null) throw new IOException("there is no " + name + " on the class path");
            Process tar = new ProcessBuilder("tar", "-x", "-C", folder.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("tar.txt").toFile())
                    .start();
            try (OutputStream to = tar.getOutputStream()) {
                new XZInputStream(archive).transferTo(to);
            }
            if (tar.waitFor() != 0) throw new IOException(Files.readString(folder.resolve("tar.txt")));
        }
    }

    private static boolean isMac() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
    }

    /** Starts it; returns when it takes connections. */
    public void start() throws Exception {
        String options = "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
                + (isMac()
                        ? ""
                        : " -c recovery_init_sync_method=syncfs"); // not one file after the other, at each start
        must("pg_ctl", "start", "-w", "-l", folder.resolve("server.log").toString(), "-o", options);
    }

    /** Stops it at once, as a crash does. */
    public void stopAtOnce() throws Exception {
        must("pg_ctl", "stop", "-w", "-m", "immediate");
    }

    private void must(String... command) throws Exception {
        if (run(command) != 0) throw new IOException(Files.readString(folder.resolve("said.txt")));
    }

    private synchronized int run(String... command) throws Exception {
        List<String> all = new ArrayList<>(somebodyElse);
        all.add(folder.resolve("bin").resolve(command[0]).toString());
        all.addAll(List.of("-D", folder.resolve("data").toString()));
        for (int i = 1; i < command.length; i++) all.add(command[i]);
        File said = folder.resolve("said.txt").toFile();
        try {
            Process process = new ProcessBuilder(all)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said)
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) throw new IOException(all + " does not end");
            return process.exitValue();
        } catch (IOException noSuchProgram) {
            Files.writeString(said.toPath(), noSuchProgram.toString());
            return -1;
        }
    }

    /** A new database; its address. Of those before, the last few stay. */
    public String createDatabase() throws SQLException {
        int number = databases.incrementAndGet();
        String name = "test" + number;
        try (Connection connection = connect(url("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS \"test" + (number - KEPT) + "\" WITH (FORCE)");
            statement.execute("CREATE DATABASE " + name);
        }
        return url(name);
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public int port() {
        return port;
    }

    public static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, USER, PASSWORD);
    }

    /** Terminates all connections of that connection's database but itself; returns how many. */
    public static int endOthers(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var ended = statement.executeQuery("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()")) {
            ended.next();
            return ended.getInt(1);
        }
    }

    /** What the server has to say. */
    public String log() throws IOException {
        return Files.readString(folder.resolve("server.log"));
    }

    @Override
    public void close() {
        try {
            if (Files.exists(folder.resolve("data/postmaster.pid"))) run("pg_ctl", "stop", "-m", "immediate");
            Processes.delete(folder);
        } catch (Exception stays) {
            System.err.println("a PostgreSQL server of the tests stays in " + folder + ": " + stays);
        }
    }
}
