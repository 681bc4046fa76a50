package io.peregrine.node.remote;

import io.peregrine.client.Codecs;
import io.peregrine.client.GridClient;
import io.peregrine.client.GridMap;
import io.peregrine.client.GridOperations;
import io.peregrine.client.NodeStatus.MemberStatus;
import io.peregrine.client.OutcomeUnknownException;
import io.peregrine.client.PartitionsStatus.CopyStatus;
import io.peregrine.client.PartitionsStatus.PartitionStatus;
import io.peregrine.client.RefusedException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Three seeds as processes with a control plane of their own, and one client that sees them go and come back.
 */
@Tag("long")
@EnabledOnOs(OS.LINUX)
@Timeout(2_000)
class RestartedGridTest
{
    private static final int NODES = 3;
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(90);
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(20);

    /**
     * A node that is absent has been silent for four seconds more than this, and so for longer than Aeron's drivers and
     * clients wait for each other, which is ten.
     */
    private static final String ABSENT_AFTER = "absent.after=7s";

    @TempDir
    private Path directory;
    private SeedProcesses nodes;
    private GridClient looking;

    @Test
    void shouldServeTheSameClientThroughRestartsOfEachNodeALongStopAndARestartOfAll() throws Exception
    {
        try (
            SeedProcesses started = new SeedProcesses(directory, NODES, ABSENT_AFTER);
            GridClient client = started.connect("client", 0, 1, 2);
            GridClient other = started.connect("looking", 1, 2))
        {
            nodes = started;
            looking = other;
            final GridMap<String, Long> map = client.grid().map("map", Codecs.STRING, Codecs.LONG);
            await("copies", this::isWhole);
            final long gridId = client.grid().nodeStatus().gridId();
            try (AcknowledgedWrites writes = new AcknowledgedWrites(map))
            {
                awaitWrites(writes);
                restartOneByOne(writes);
                stopForLong(writes);
                writes.endAndCheck();
            }
            await("word of no loss", () -> partitions().stream().allMatch(partition -> partition.losses() == 0));

            restartAll();
            await("copies of nothing", () -> isWhole() && isEachLost());
            await("empty maps", () -> isEmpty(map));
            await("the same grid", () -> client.grid().nodeStatus().gridId() == gridId);
            try (AcknowledgedWrites writes = new AcknowledgedWrites(map))
            {
                awaitWrites(writes);
                writes.endAndCheck();
            }
        }
    }

    private void restartOneByOne(final AcknowledgedWrites writes) throws Exception
    {
        for (int i = 0; i < NODES; i++)
        {
            if (i == 1)
            {
                nodes.kill(i);
            }
            else
            {
                nodes.stop(i);
            }
            awaitWrites(writes);
            nodes.start(i);
            await("copies after restart " + i, this::isWhole);
            awaitWrites(writes);
        }
    }

    private void stopForLong(final AcknowledgedWrites writes) throws Exception
    {
        nodes.signal(0, "-STOP");
        await("absence", () -> states().contains("absent"));
        awaitWrites(writes);
        nodes.signal(0, "-CONT");
        await("a member that is back", this::isWhole);
        awaitWrites(writes);
    }

    /**
     * None of them sees another one go.
     */
    private void restartAll() throws Exception
    {
        for (int i = 0; i < NODES; i++)
        {
            nodes.signal(i, "-STOP");
        }
        for (int i = 0; i < NODES; i++)
        {
            nodes.kill(i);
        }
        for (int i = 0; i < NODES; i++)
        {
            nodes.start(i);
        }
    }

    private void awaitWrites(final AcknowledgedWrites writes)
    {
        final long before = writes.count();
        await("writes", () -> writes.count() > before + 2 * AcknowledgedWrites.KEYS);
    }

    private boolean isWhole()
    {
        return states().equals(List.of("live", "live", "live")) && partitions().stream().allMatch(
            partition -> partition.copies().stream().filter(CopyStatus::isInSync).count() == 2);
    }

    /**
     * One that was given to a member before that was known to be gone as well is lost once more, with nothing in it.
     */
    private boolean isEachLost()
    {
        return partitions().stream().allMatch(partition -> partition.losses() >= 1);
    }

    private static boolean isEmpty(final GridMap<String, Long> map)
    {
        for (int i = 0; i < AcknowledgedWrites.KEYS; i++)
        {
            assertNull(map.get(AcknowledgedWrites.key(i)), "maps are in memory");
        }
        return true;
    }

    private List<String> states()
    {
        return looking.grid().nodeStatus().members().stream().map(MemberStatus::state).toList();
    }

    private List<PartitionStatus> partitions()
    {
        final List<PartitionStatus> all = looking.grid().operations().partitions(GridOperations.HERE, 1).partitions();
        assertEquals(SeedProcesses.PARTITIONS, all.size());
        return all;
    }

    /**
     * The node that is asked may be one that just goes or comes: then the answer is asked for again.
     */
    private void await(final String what, final BooleanSupplier condition)
    {
        final long startNs = System.nanoTime();
        while (true)
        {
            String seen;
            try
            {
                if (condition.getAsBoolean())
                {
                    return;
                }
                seen = looking.grid().nodeStatus().members() + " " + partitions();
            }
            catch (final RefusedException | OutcomeUnknownException ex)
            {
                seen = ex.toString();
            }
            final String last = seen;
            assertTrue(System.nanoTime() - startNs < LIMIT_NS,
                () -> "waited too long for " + what + ": " + last + nodes.errors());
            LockSupport.parkNanos(STEP_NS);
        }
    }
}
