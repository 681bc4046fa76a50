package io.peregrine.node.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.peregrine.client.Codecs;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridMap;
import io.peregrine.node.command.GridProcess;
import io.peregrine.transport.process.UdpPort;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Processes that stand still for longer than Aeron lets its clients and drivers: all of Aeron is made anew then, and no
 * call is lost or carried out twice.
 */
@Tag("long")
@Timeout(300)
class PauseTest
{
    private static final int THREADS = 2;
    private static final long LIVENESS_MS = 1_000;
    /**
     * A driver says that it lives as often as it looks at its timers.
     */
    private static final List<String> IMPATIENT = List.of(
        "-Daeron.client.liveness.timeout=" + LIVENESS_MS + "ms",
        "-Daeron.driver.timeout=" + LIVENESS_MS,
        "-Daeron.timer.interval=100ms");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"inline", "dedicated"})
    void shouldLoseNothingWhenProcessesStandStill(final String threading) throws Exception
    {
        final String address = UdpPort.free();
        final String live = directory.resolve("live").toString();
        final List<String> flags = new ArrayList<>(GridProcess.FLAGS);
        flags.addAll(IMPATIENT);
        try (GridProcess node = GridProcess.start(flags, directory, "node", "--name", "paused", "--bind", address,
            "--set", "threading=" + threading, "--set", "agents=2", "--set", "live.dir=" + live))
        {
            node.awaitLine("grid node: serving at");
            final Process udp = child(address, live, "udp-");
            final Process ipc = child("ipc:paused", live, "ipc-");
            Children.awaitLine(udp, ChildClient.READY);
            Children.awaitLine(ipc, ChildClient.READY);
            try (GridClient looking = GridClient.connect(Children.context(address, live)))
            {
                final GridMap<String, Long> sums = looking.grid().map("counting", Codecs.STRING, Codecs.LONG);
                awaitProgress(sums);
                stopForLong(node.pid());
                awaitProgress(sums);
                stopForLong(udp.pid(), ipc.pid());
                awaitProgress(sums);
                stopForLong(node.pid(), udp.pid(), ipc.pid());
                awaitProgress(sums);
                end(udp, sums, "udp-");
                end(ipc, sums, "ipc-");
            }
            finally
            {
                udp.destroyForcibly();
                ipc.destroyForcibly();
            }
            final String said = node.stop().err();
            assertFalse(said.contains("Exception"), said);
        }
    }

    private static Process child(final String address, final String live, final String prefix) throws Exception
    {
        return Children.start(
            ChildClient.class,
            IMPATIENT,
            address,
            live,
            prefix,
            Integer.toString(THREADS),
            Integer.toString(Integer.MAX_VALUE));
    }

    private static void stopForLong(final long... pids) throws Exception
    {
        for (final long pid : pids)
        {
            Children.signal("-STOP", pid);
        }
        final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2 * LIVENESS_MS);
        while (System.nanoTime() - endNs < 0)
        {
            LockSupport.parkNanos(endNs - System.nanoTime());
        }
        for (final long pid : pids)
        {
            Children.signal("-CONT", pid);
        }
    }

    private static void awaitProgress(final GridMap<String, Long> sums)
    {
        for (final String prefix : List.of("udp-", "ipc-"))
        {
            for (int i = 0; i < THREADS; i++)
            {
                final String key = prefix + i;
                final long before = sum(sums, key);
                Served.await("progress of " + key, () -> sum(sums, key) > before + 20);
            }
        }
    }

    private static long sum(final GridMap<String, Long> sums, final String key)
    {
        final Long sum = sums.get(key);
        return sum == null ? 0 : sum;
    }

    private static void end(final Process child, final GridMap<String, Long> sums, final String prefix)
        throws Exception
    {
        final String output = Children.end(child);
        long done = 0;
        for (int i = 0; i < THREADS; i++)
        {
            done += sum(sums, prefix + i);
        }
        assertEquals(ChildClient.result(done, 0), output.trim());
        assertTrue(done > 0);
    }
}
