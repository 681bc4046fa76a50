package io.peregrine.storage.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The readers of {@link ReadersTest} in a process whose buffers check no bounds, as in production: what follows a wrong
 * address there ends the process.
 */
class UncheckedReadersTest
{
    private static final long LIMIT_S = 200;

    /**
     * @param args none.
     * @throws InterruptedException when interrupted.
     */
    public static void main(final String[] args) throws InterruptedException
    {
        assertFalse(UnsafeBuffer.SHOULD_BOUNDS_CHECK);
        new ReadersTest().shouldReturnRightValuesOrTypedResultsWhateverTheWriterDoes();
    }

    @Test
    @Timeout(240)
    void shouldReturnRightValuesOrTypedResultsWhenNoBoundsAreChecked() throws Exception
    {
        final Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED",
            "-Dagrona.disable.bounds.checks=true",
            "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            UncheckedReadersTest.class.getName()).redirectErrorStream(true).start();
        process.onExit().orTimeout(LIMIT_S, TimeUnit.SECONDS).exceptionally((late) -> process.destroyForcibly());
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(0, process.waitFor(), output);
    }
}
