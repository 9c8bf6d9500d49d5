package dev.aikit.durable.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.TestAbortedException;

/**
 * A disk that is really full: the store, or the whole PostgreSQL server, is on a small file system of its own, which only
 * its process sees. That takes Linux, and no rights: a user may mount one in a name space of his own. {@code
 * -Dproof.fullRounds=25} for the long run.
 */
@ParameterizedClass
@EnumSource(TestStore.Kind.class)
class FullDiskTest {
    private static final int ROUNDS = Integer.getInteger("proof.fullRounds", 2);

    private static final List<List<String>> OWN_MOUNTS =
            List.of(List.of("unshare", "--user", "--map-root-user", "--mount"), List.of("unshare", "--mount"));

    private static final String MOUNT = "mount -t tmpfs -o size=\"$0\" aikit \"$1\" && shift && exec \"$@\"";

    @Parameter
    TestStore.Kind kind;

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS) // of the long run
    void aFullDiskIsSaidAloudLosesNothingAndWorkGoesOnWhenThereIsRoom() throws Exception {
        if (kind == TestStore.Kind.POSTGRESQL) PostgresServer.shared(); // where there is none, this is skipped
        Path small = Files.createDirectory(folder.resolve("small"));
        List<String> mounted = mounted(small);
        Path log = folder.resolve("process-full.txt");
        try (ModelServer server = new ModelServer();
                Journal sent = new Journal(folder.resolve("sent.log"))) {
            server.journal(sent::add);
            List<String> command = new ArrayList<>(mounted);
            command.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-Djava.io.tmpdir=" + small, // the server of the process is there as well
                    "-Dorg.sqlite.tmpdir=" + folder,
                    "-cp",
                    System.getProperty("java.class.path"),
                    FullDiskMain.class.getName(),
                    folder.toString(),
                    small.toString(),
                    server.baseUrl(),
                    kind.name(),
                    "" + ROUNDS));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            boolean over = process.waitFor(55, TimeUnit.MINUTES);
            process.destroyForcibly();
            assertThat(over && process.exitValue() == 0).as(() -> end(log, 120)).isTrue();
        }
        System.out.println(kind + ": " + end(log, 3));
    }

    /** What a command begins with that is to see a small file system there. */
    private List<String> mounted(Path small) throws Exception {
        String size = kind == TestStore.Kind.SQLITE ? "32m" : "320m"; // with the server's programs
        for (List<String> way : OWN_MOUNTS) {
            List<String> command = new ArrayList<>(way);
            command.addAll(List.of("sh", "-c", MOUNT, size, small.toString()));
            if (works(command)) return command;
        }
        String why = "SKIPPED: no file system can be mounted here, so no disk can be full";
        System.err.println(why);
        throw new TestAbortedException(why);
    }

    private static boolean works(List<String> mounted) throws InterruptedException {
        List<String> command = new ArrayList<>(mounted);
        command.add("true");
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    private static String end(Path log, int lines) {
        try {
            List<String> all = Files.readAllLines(log);
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException error) {
            return error.toString();
        }
    }
}
