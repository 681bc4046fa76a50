package io.peregrine.node.cluster;

import io.peregrine.node.control.ControlCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

@Tag("long")
@Timeout(120)
class SnapshotTest
{
    private static final int COMMANDS = 60;

    @TempDir
    private Path directory;

    @Test
    void shouldGiveTheLogUpBehindSnapshotsAndStartFromThem() throws IOException
    {
        try (SeedGrid grid = new SeedGrid(directory, 1, SeedGrid.TIMES))
        {
            final ClusterControl seed = grid.start("s0");
            grid.awaitMembers();
            while (seed.seed().upkeep().snapshots() < 2)
            {
                grid.fill("s0", COMMANDS);
            }
            assertEquals(ControlCode.OK, grid.define("s0", "last").code());
            SeedGrid.await(() -> seed.seed().upkeep().logStart() > 0, () -> "the log begins at 0");

            final long version = seed.view().version();
            grid.stop("s0");
            grid.start("s0");
            grid.awaitMembers();
            grid.awaitMap("last");
            assertEquals(version + 1, grid.nodes.get("s0").view().version(), "all there was, and its own new life");
        }
    }

    /**
     * A snapshot that was due by time, and the log behind it.
     */
    @Test
    void shouldStartAtOnceFromWhatAKilledProcessLeft() throws IOException
    {
        try (SeedGrid grid = new SeedGrid(directory, 1, SeedGrid.times(Integer.MAX_VALUE, 1, 1 << 20)))
        {
            final ClusterControl seed = grid.start("s0");
            grid.awaitMembers();
            assertEquals(ControlCode.OK, grid.define("s0", "m").code());
            SeedGrid.await(() -> seed.seed().upkeep().snapshots() > 0, () -> "no snapshot by time");
            assertEquals(ControlCode.OK, grid.define("s0", "behind").code());
            SeedGrid.copy(grid.directory("s0"), grid.directory("copy"));
            grid.stop("s0");
            grid.faults.clear();
            grid.start("s0", "copy", grid.seeds());
            grid.awaitMembers();
            grid.awaitMap("m");
            grid.awaitMap("behind");
            assertEquals(List.of(), List.copyOf(grid.faults));
        }
    }
}
