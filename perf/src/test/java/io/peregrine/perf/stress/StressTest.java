package io.peregrine.perf.stress;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Runs every jcstress class of this package, each for about a second, in JVMs of their own. The report is in
 * {@code target/jcstress/report/index.html}.
 */
@Tag("long")
class StressTest
{
    private static final Pattern RESULTS = Pattern.compile("(\\d+) planned; (\\d+) passed, (\\d+) failed, (\\d+) soft");
    private static final long LIMIT_SECONDS = 600;

    @Test
    @Timeout(LIMIT_SECONDS + 30)
    void shouldOnlyEverSeeListedOutcomes() throws IOException, InterruptedException
    {
        final Path directory = Files.createDirectories(Path.of("target", "jcstress"));
        final Path log = directory.resolve("log.txt");
        final Process process = new ProcessBuilder(command())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
        {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }

        final String output = Files.readString(log);
        assertEquals(0, process.waitFor(), output);
        final Matcher results = RESULTS.matcher(output);
        int passed = 0;
        while (results.find())
        {
            passed = Integer.parseInt(results.group(2));
            assertEquals("0", results.group(3), output);
        }

        assertTrue(passed >= 15, () -> "not every class ran: " + output);
    }

    private static List<String> command()
    {
        final String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return List.of(
            System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
            "-Xmx128m",
            "-cp", path,
            StressMain.class.getName(),
            "-t", StressTest.class.getPackageName(),
            "-m", "quick",
            "-f", "1",
            "-fsm", "1",
            "-iters", "3",
            "-time", "200",
            "-sc", "false",
            "-hs", "128",
            "-jvmArgs", "--add-exports java.base/jdk.internal.misc=ALL-UNNAMED -Dagrona.disable.bounds.checks=true",
            "-r", "report");
    }
}
