package dev.aikit.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** When the script builds, and what it says if it cannot: in an empty repository, with a fake Java and a fake Maven. */
@DisabledOnOs(OS.WINDOWS)
class ScriptBuildTest {
    @TempDir
    Path folder;

    private Path repository;
    private Path source;

    @BeforeEach
    void makeRepository() throws IOException {
        repository = Files.createDirectories(folder.resolve("a clone"));
        source = repository.resolve("client/src/main/java/Some.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "");
        Files.writeString(repository.resolve("pom.xml"), "");
        Files.copy(Path.of("..", "aikit"), repository.resolve("aikit"));
        executable("aikit", Files.readString(repository.resolve("aikit")));
        executable("bin/mvn", "#!/bin/sh\ncat\necho \"$@\" >>maven.calls\necho noise\nexit ${MAVEN_RESULT:-0}\n");
        java(21);
    }

    private void java(int version) throws IOException {
        executable("jdk/bin/java", "#!/bin/sh\necho java; for last; do :; done; echo \"[$last]\"; cat\n");
        executable("jdk/bin/javac", "#!/bin/sh\n");
        Files.writeString(repository.resolve("jdk/release"), "JAVA_VERSION=\"" + version + ".0.1\"\n");
    }

    private void executable(String path, String text) throws IOException {
        Path file = repository.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(repository.resolve("maven.calls"));
    }

    private Run.Outcome aikit(String... variables) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(repository.resolve("aikit").toString(), "two words");
        builder.environment().remove("AIKIT_CLASSPATH");
        builder.environment().put("JAVA_HOME", repository.resolve("jdk").toString());
        builder.environment().put("PATH", repository.resolve("bin") + ":/usr/bin:/bin");
        for (int i = 0; i < variables.length; i += 2) builder.environment().put(variables[i], variables[i + 1]);
        Path err = folder.resolve("err");
        Path in = Files.writeString(folder.resolve("in"), "typed");
        Process process =
                builder.redirectError(err.toFile()).redirectInput(in.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, SECONDS)).isTrue();
        return new Run.Outcome(process.exitValue(), out, Files.readString(err));
    }

    @Test
    void itBuildsOnceAndThenOnlyRuns() throws Exception {
        Run.Outcome first = aikit();
        assertThat(first.err()).startsWith("building aikit (first time").hasLineCount(1);
        assertThat(builds()).singleElement().asString().contains("-pl cli -am package");
        assertThat(first.out()).isEqualTo("java\n[two words]\ntyped");

        Run.Outcome second = aikit();
        assertThat(second).isEqualTo(new Run.Outcome(0, first.out(), ""));
        assertThat(builds()).hasSize(1);
    }

    @Test
    void itBuildsAgainWhenASourceIsNewer() throws Exception {
        aikit();
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

        assertThat(aikit().err()).contains("sources have changed, building again");
        assertThat(builds()).hasSize(2);
    }

    @Test
    void aBuildThatFailedIsMadeAgain() throws Exception {
        Run.Outcome failed = aikit("MAVEN_RESULT", "1");
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.out()).isEmpty();
        assertThat(failed.err()).endsWith("noise\naikit: the build failed\n");

        assertThat(aikit().exitCode()).isZero();
        assertThat(builds()).hasSize(2);
    }

    @Test
    void itSaysThatJavaIsTooOld() throws Exception {
        java(11);

        Run.Outcome outcome = aikit();

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("Java 17 or newer is needed").contains("11");
        assertThat(repository.resolve("maven.calls")).doesNotExist();
    }

    @Test
    void itSaysThatMavenIsMissing() throws Exception {
        Files.delete(repository.resolve("bin/mvn"));
        Path tools = Files.createDirectories(repository.resolve("tools"));
        for (String tool : new String[] {"sh", "dirname", "sed", "cat", "find", "head", "mkdir", "rm", "readlink"}) {
            Path real = Path.of("/usr/bin", tool);
            Files.createSymbolicLink(tools.resolve(tool), Files.exists(real) ? real : Path.of("/bin", tool));
        }

        Run.Outcome outcome = aikit("PATH", tools.toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("Maven (mvn) is missing");
    }

    @Test
    void itSaysThatAJreCannotBuild() throws Exception {
        Files.delete(repository.resolve("jdk/bin/javac"));

        assertThat(aikit().err()).contains("a JDK, 17 or newer, is needed");
    }

    /** The script builds without tests: in a fresh clone a jar of tests is not there, and Maven finds it nowhere. */
    @Test
    void noModuleNeedsTheTestsOfAnother() throws IOException {
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            assertThat(modules.map(module -> module.resolve("pom.xml")).filter(Files::isRegularFile))
                    .hasSizeGreaterThan(5)
                    .allSatisfy(pom -> assertThat(Files.readString(pom)).doesNotContain("<type>test-jar</type>"));
        }
    }
}
