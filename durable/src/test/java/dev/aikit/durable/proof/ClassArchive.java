package dev.aikit.durable.proof;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;

/**
 * The class path of the processes of the proofs, and an archive of the classes that they load: with it each starts in half the
 * time. Java archives classes from jars alone, so folders of classes are packed first.
 *
 * @param options for the JVM of a process
 */
record ClassArchive(List<String> options) {
    private static ClassArchive made;

    /** That of this JVM, made when it is asked for first. */
    static synchronized ClassArchive shared() throws IOException {
        if (made != null) return made;
        Path folder = Files.createTempDirectory("aikit-proof-classes");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
        List<String> path = List.of("-cp", packed(folder));
        Path archive = folder.resolve("classes.jsa");
        run(folder, new ClassArchive(with("-XX:ArchiveClassesAtExit=" + archive, path)));
        made = new ClassArchive(Files.exists(archive) ? with("-XX:SharedArchiveFile=" + archive, path) : path);
        return made;
    }

    private static List<String> with(String option, List<String> more) {
        List<String> all = new ArrayList<>(List.of(option));
        all.addAll(more);
        return all;
    }

    private static String packed(Path folder) {
        ToolProvider jar = ToolProvider.findFirst("jar").orElseThrow();
        List<String> path = new ArrayList<>();
        for (String place : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!Files.isDirectory(Path.of(place))) {
                path.add(place);
                continue;
            }
            String packed = folder.resolve(path.size() + ".jar").toString();
            if (jar.run(System.out, System.err, "--create", "--file", packed, "-C", place, ".") != 0)
                throw new IllegalStateException("not packed: " + place);
            path.add(packed);
        }
        return String.join(File.pathSeparator, path);
    }

    /** A process that ends by itself: one that is killed leaves no archive. */
    private static void run(Path folder, ClassArchive classes) throws IOException {
        Path work = Files.createDirectory(folder.resolve("first"));
        try (ModelServer server = new ModelServer()) {
            TestStore.create(TestStore.Kind.SQLITE, work).withEffects();
            String[] calls = {server.baseUrl(), "w", "0", "12"};
            Process first = Processes.start(ProofWorker.class, classes, "-Xmx256m", work, "w", calls);
            if (!first.waitFor(1, TimeUnit.MINUTES)) first.destroyForcibly();
        } catch (InterruptedException | SQLException withoutAnArchive) {
            throw new IOException("the first process of the proofs", withoutAnArchive);
        }
    }

    private static void delete(Path folder) {
        try {
            Processes.delete(folder);
        } catch (IOException stays) {
            System.err.println("the classes of the proofs stay in " + folder + ": " + stays);
        }
    }
}
