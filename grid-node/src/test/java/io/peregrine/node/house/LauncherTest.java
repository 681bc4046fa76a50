package io.peregrine.node.house;

import io.peregrine.node.ChildLimit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The launcher in a tree of its own, with a java that tells how it was called and a mvn that makes two empty jars.
 */
@Tag("long")
@Timeout(120)
class LauncherTest
{
    private static final String JAVA = """
        #!/bin/sh
        if [ "$1" = -version ]
        then
            echo 'openjdk version "17.0.9" 2023-10-17' >&2
            exit 0
        fi
        for word in "$@"
        do
            printf '<%s>' "$word"
            case $word in
                -XX:ArchiveClassesAtExit=*) [ -n "${FAKE_NO_ARCHIVE:-}" ] || : >"${word#*=}" ;;
            esac
        done
        exit ${FAKE_EXIT:-0}
        """;
    private static final String MAVEN = """
        #!/bin/sh
        echo build >>builds
        sleep ${FAKE_SLEEP:-0}
        mkdir -p perf/target/lib
        : >perf/target/lib/a.jar
        : >perf/target/perf-1.jar
        if [ -n "${FAKE_FAILURE:-}" ]
        then
            echo "[ERROR] $FAKE_FAILURE"
            exit 1
        fi
        """;

    private record Run(int exitCode, String out, String err)
    {
    }

    private record Started(Process process, Path err)
    {
    }

    @TempDir(factory = TempDirFactory.Standard.class)
    Path dir;

    private Path tree;

    @BeforeEach
    void plant() throws IOException
    {
        tree = Files.createDirectories(dir.resolve("a tree"));
        script(tree.resolve("grid"), Tree.text(Tree.top().resolve("grid")));
        Files.createDirectories(tree.resolve(".mvn"));
        Files.writeString(tree.resolve(".mvn/jvm.config"), "");
        Files.writeString(tree.resolve("pom.xml"), "");
        Files.createDirectories(tree.resolve("perf/src/main"));
        Files.writeString(tree.resolve("perf/pom.xml"), "");
        Files.writeString(tree.resolve("perf/src/main/A.java"), "one");
        script(dir.resolve("jdk/bin/java"), JAVA);
        script(dir.resolve("jdk/bin/javac"), "");
        script(dir.resolve("tools/mvn"), MAVEN);
    }

    @Test
    void shouldBuildOnceAndAgainOnlyWhenSourcesChange() throws Exception
    {
        final Run first = launch("stat");
        assertEquals(0, first.exitCode, first.err);
        assertTrue(first.err.contains("building for the first time"), first.err);
        assertEquals(1, builds());

        assertEquals("", launch("stat").err);
        Files.setLastModifiedTime(tree.resolve("pom.xml"), Files.getLastModifiedTime(dir.resolve("jdk")));
        launch("stat");
        assertEquals(1, builds());

        Files.writeString(tree.resolve("perf/src/main/A.java"), "two");
        final Run changed = launch("stat");
        assertTrue(changed.err.contains("the sources have changed"), changed.err);
        assertEquals(2, builds());

        Files.writeString(tree.resolve("perf/src/main/A.java"), "one");
        assertEquals("", launch("stat").err);
        assertEquals(2, builds());
    }

    @Test
    void shouldHandOverArgumentsFlagsAndExitCode() throws Exception
    {
        launch("stat");
        final Run run = finish(start("FAKE_EXIT=2 PEREGRINE_JAVA_OPTS='-Xmx1g -Da=b'", "bench", "a b", "", "*"));

        assertEquals(2, run.exitCode);
        assertTrue(run.out.endsWith("GridTool><bench><a b><><*>"), run.out);
        assertTrue(run.out.contains("<--add-exports><java.base/jdk.internal.misc=ALL-UNNAMED>"), run.out);
        assertTrue(run.out.contains("<-Dagrona.disable.bounds.checks=true>"), run.out);
        assertTrue(run.out.contains("<-Xmx1g><-Da=b>"), run.out);
        assertFalse(run.out.contains("TieredStopAtLevel"), run.out);
        assertTrue(run.out.contains("<-XX:+UseParallelGC>"), run.out);
        assertFalse(run.out.contains("<-Xms2g>"), run.out);
        assertTrue(launch("demo").out.contains("<-Xms2g><-Xmx2g>"));
        assertTrue(launch("stat").out.contains("<-XX:TieredStopAtLevel=1>"));
        final Run node = launch("node");
        assertTrue(node.out.contains("<-Djava.util.logging.SimpleFormatter.format=%1$tFT%1$tT"), node.out);
        assertFalse(node.out.contains("TieredStopAtLevel") || node.out.contains("<-Xm"), node.out);
        final Run other = finish(start("PEREGRINE_JAVA_OPTS=-XX:+UseZGC", "bench"));
        assertFalse(other.out.contains("ParallelGC"), other.out);
    }

    @Test
    void shouldStartFromTheArchiveOfClassesThatTheSameJavaMade() throws Exception
    {
        final String archive = "<-XX:SharedArchiveFile=" + tree.toRealPath() + "/target/grid/lib-";
        assertTrue(launch("node").out.contains(archive));
        assertTrue(launch("stat").out.contains("/classes.jsa><-Xlog:cds*=off>"));

        script(dir.resolve("other/bin/java"), JAVA);
        final Run other = finish(start("JAVA_HOME='" + dir.resolve("other") + "'", "node"));
        assertEquals(0, other.exitCode, other.err);
        assertFalse(other.out.contains("SharedArchiveFile"), other.out);
    }

    @Test
    void shouldStartWithoutAnArchiveThatCouldNotBeMade() throws Exception
    {
        final Run run = finish(start("FAKE_NO_ARCHIVE=yes", "stat"));

        assertEquals(0, run.exitCode, run.err);
        assertFalse(run.out.contains("SharedArchiveFile"), run.out);
    }

    @Test
    void shouldFindItsTreeThroughLinks() throws Exception
    {
        Files.createSymbolicLink(dir.resolve("near"), Path.of("a tree/grid"));
        final Path far = Files.createSymbolicLink(dir.resolve("far"), dir.resolve("near"));
        final Run run = finish(shell("'" + far + "' stat"));

        assertEquals(0, run.exitCode, run.err);
        assertTrue(run.out.contains(tree.toRealPath() + "/target/grid/lib-"), run.out);
    }

    @Test
    void shouldBuildOnceWhenStartedTwiceAtOnce() throws Exception
    {
        final Started one = start("FAKE_SLEEP=1", "stat");
        final Started other = start("FAKE_SLEEP=1", "stat");

        assertEquals(0, finish(one).exitCode);
        assertEquals(0, finish(other).exitCode);
        assertEquals(1, builds());
    }

    @Test
    void shouldNotWaitForABuildThatWasKilled() throws Exception
    {
        final Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.createDirectories(tree.resolve("target/grid"));
        Files.createSymbolicLink(tree.resolve("target/grid/lock"), Path.of(Long.toString(gone.pid())));

        assertEquals(0, launch("stat").exitCode);
        assertFalse(Files.isSymbolicLink(tree.resolve("target/grid/lock")));
    }

    @Test
    void shouldShowWhatMavenSaidWhenTheBuildFails() throws Exception
    {
        final Run run = finish(start("FAKE_FAILURE='no such class'", "stat"));

        assertEquals(1, run.exitCode);
        assertTrue(run.err.contains("no such class") && run.err.contains("build.log"), run.err);
        assertEquals(0, launch("stat").exitCode);
    }

    @Test
    void shouldSayWhatToInstallWhenSomethingIsMissing() throws Exception
    {
        final Run absent = finish(start("JAVA_HOME=/absent", "stat"));
        assertEquals(1, absent.exitCode);
        assertTrue(absent.err.contains("JAVA_HOME is /absent") && absent.err.contains("17 or newer"), absent.err);

        script(dir.resolve("jdk/bin/java"), JAVA.replace("17.0.9", "11.0.2"));
        final Run old = launch("stat");
        assertEquals(1, old.exitCode);
        assertTrue(old.err.contains("is Java 11, and 17 or newer is needed"), old.err);

        script(dir.resolve("jdk/bin/java"), JAVA);
        Files.delete(dir.resolve("jdk/bin/javac"));
        final Run noCompiler = launch("stat");
        assertEquals(1, noCompiler.exitCode);
        assertTrue(noCompiler.err.contains("without javac"), noCompiler.err);
    }

    private long builds() throws IOException
    {
        return Files.readAllLines(tree.resolve("builds")).size();
    }

    private Run launch(final String... args) throws Exception
    {
        return finish(start("", args));
    }

    private Started start(final String variables, final String... args) throws IOException
    {
        final StringBuilder line = new StringBuilder(variables).append(" '").append(tree.resolve("grid")).append('\'');
        for (final String arg : args)
        {
            line.append(" '").append(arg).append('\'');
        }
        return shell(line.toString());
    }

    private Started shell(final String line) throws IOException
    {
        final ProcessBuilder builder = new ProcessBuilder("sh", "-c", line).directory(dir.toFile());
        final Path err = Files.createTempFile(dir, "err", "");
        builder.redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", dir.resolve("jdk").toString());
        builder.environment().put("PATH", dir.resolve("tools") + ":" + System.getenv("PATH"));
        builder.environment().remove("PEREGRINE_JAVA_OPTS");
        return new Started(ChildLimit.watched(builder.start()), err);
    }

    private static Run finish(final Started started) throws Exception
    {
        final byte[] out = started.process.getInputStream().readAllBytes();
        final int exitCode = started.process.waitFor();
        return new Run(exitCode, new String(out, StandardCharsets.UTF_8), Files.readString(started.err));
    }

    private static void script(final Path path, final String text) throws IOException
    {
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        assertTrue(path.toFile().setExecutable(true));
    }
}
