package io.peregrine.transport.process;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class ProcessLifeTest
{
    private static final long STEP_NS = 1_000_000;
    private static final long SELF = ProcessHandle.current().pid();

    @Test
    void shouldTellAProcessFromAnotherOfItsPid()
    {
        final long start = ProcessLife.start(SELF);
        assertTrue(ProcessLife.isAlive(SELF, start));
        assertTrue(ProcessLife.isAlive(SELF, 0));
        assertFalse(ProcessLife.isAlive(SELF, start + 1));
    }

    /**
     * Times of the wall clock are other ones once it was set, as the JVM counts them from when the machine started.
     */
    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldTellTheStartByTicksThatNoWallClockHasASayIn() throws IOException
    {
        final double upS = Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ")[0]);
        final long start = ProcessLife.start(SELF);
        assertTrue(start > 0 && start <= upS * 10_000, () -> start + " ticks in " + upS + " s");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldTakeOneForDeadThatWasKilledAndNobodyWaitedFor() throws IOException
    {
        final Process parent = new ProcessBuilder("sh", "-c", "sleep 600 & echo $!; exec sleep 600").start();
        try (BufferedReader said = parent.inputReader())
        {
            final long pid = Long.parseLong(said.readLine());
            final long start = ProcessLife.start(pid);
            assertTrue(ProcessLife.isAlive(pid, start));
            assertEquals(0, new ProcessBuilder("kill", "-9", "" + pid).start().onExit().join().exitValue());
            while (ProcessLife.isAlive(pid, start))
            {
                LockSupport.parkNanos(STEP_NS);
            }
            assertTrue(Files.exists(Path.of("/proc/" + pid)), "nobody has waited for it");
        }
        finally
        {
            parent.destroyForcibly();
        }
    }
}
