package dev.aikit.durable.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no kill can show: that a call which was acknowledged is on the disk, and not only in the system's memory. */
class SyncTest {
    private static final int CALLS = 50;

    @TempDir
    Path folder;

    @Test
    void eachAcknowledgedGroupIsSynced() throws Exception {
        TestStore.create(TestStore.Kind.SQLITE, folder);
        assumeTrue(isThere("strace"), "SKIPPED: syncs can be counted only where strace is installed");
        Path trace = folder.resolve("trace.txt");
        List<String> command = List.of(
                "strace",
                "-f",
                "-qq",
                "-e",
                "trace=fsync,fdatasync",
                "-o",
                trace.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SubmittingMain.class.getName(),
                folder.toString(),
                "" + CALLS);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), "process.txt"))
                .start();
        assertThat(process.waitFor(110, TimeUnit.SECONDS)).isTrue();
        List<String> lines = Files.readAllLines(trace);
        assumeTrue(!lines.isEmpty() || process.exitValue() == 0, "SKIPPED: strace may not look into processes here");
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("process.txt")))
                .isZero();
        long syncs = lines.stream().filter(line -> line.contains("sync(")).count();
        System.out.println(CALLS + " groups of one call each, " + syncs + " syncs");
        assertThat(syncs).isGreaterThanOrEqualTo(CALLS);
    }

    @Test
    void theServerSyncsEachAcknowledgedGroupAlsoWhereTheDatabaseSaysOtherwise() throws Exception {
        TestStore store = TestStore.create(TestStore.Kind.POSTGRESQL, folder);
        try (Connection connection = store.connect();
                Statement statement = connection.createStatement()) {
            String name = store.url().substring(store.url().lastIndexOf('/') + 1);
            statement.execute("ALTER DATABASE " + name + " SET synchronous_commit = off");
            long before = syncs(statement);
            SubmittingMain.main(folder.toString(), "" + CALLS);
            long syncs = syncs(statement) - before;
            // A session tells its figures when it has ended, which is after its client has gone.
            for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
                    syncs < CALLS && System.nanoTime() - end < 0; ) syncs = syncs(statement) - before;
            System.out.println(CALLS + " groups of one call each, " + syncs + " syncs of PostgreSQL's log");
            assertThat(syncs).isGreaterThanOrEqualTo(CALLS);
        }
    }

    private static long syncs(Statement statement) throws Exception {
        try (ResultSet row = statement.executeQuery("SELECT sum(fsyncs) FROM pg_stat_io WHERE object = 'wal'")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static boolean isThere(String program) throws Exception {
        for (String place : System.getenv("PATH").split(File.pathSeparator))
            if (Files.isExecutable(Path.of(place, program))) return true;
        return false;
    }
}
