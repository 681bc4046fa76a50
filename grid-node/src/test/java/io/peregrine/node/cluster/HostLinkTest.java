package io.peregrine.node.cluster;

import io.peregrine.node.control.Joining;
import io.peregrine.node.control.NodeVersion;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(120)
class HostLinkTest
{
    private static final long SHORT_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONG_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

    private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
    @TempDir
    private Path directory;
    private HostLink link;

    @AfterEach
    void close()
    {
        CloseHelper.close(link);
    }

    @Test
    void shouldGiveTheNextSessionMoreTimeWhereNobodyAnswers() throws IOException
    {
        try (SeedGrid grid = new SeedGrid(directory, 1, SeedGrid.TIMES))
        {
            final Patience patience = new Patience(SHORT_NS, 3 * SHORT_NS);
            link = link(grid, patience);
            drive(() -> patience.currentNs() == 2 * SHORT_NS);
            assertEquals("no answer in time", link.problem());
            drive(() -> patience.currentNs() == 3 * SHORT_NS);
            assertFalse(link.isOpen());
        }
    }

    @Test
    void shouldGiveTheSessionAfterOneThatBeganTheUsualTime() throws IOException
    {
        try (SeedGrid grid = new SeedGrid(directory, 1, SeedGrid.TIMES))
        {
            grid.start("s0");
            grid.awaitMembers();
            final Patience patience = new Patience(LONG_NS, 2 * LONG_NS);
            patience.onTooLate();
            link = link(grid, patience);
            drive(link::isOpen);
            assertEquals(LONG_NS, patience.currentNs());
        }
    }

    private void drive(final BooleanSupplier until)
    {
        final long startNs = System.nanoTime();
        while (!until.getAsBoolean())
        {
            assertTrue(System.nanoTime() - startNs < LIMIT_NS, () -> "waited too long: " + link.problem() + faults);
            link.work(null, System.nanoTime());
            LockSupport.parkNanos(STEP_NS);
        }
    }

    private HostLink link(final SeedGrid grid, final Patience patience)
    {
        final ClusterSettings settings = new ClusterSettings(
            NodeVersion.CURRENT,
            grid.seeds(),
            "test",
            new Joining.Node("plain", "", 1, "", 1, 1),
            "127.0.0.1",
            null,
            directory.resolve("driver"),
            SeedGrid.SETTINGS,
            TimeUnit.MINUTES.toNanos(1),
            faults::add);
        return new HostLink(settings, message -> { }, () -> { }, patience);
    }
}
