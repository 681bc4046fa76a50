package io.peregrine.node.cluster;

import io.peregrine.node.control.ControlCode;
import io.peregrine.node.control.NodeVersion;
import org.agrona.IoUtil;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

@Tag("long")
@Timeout(120)
class ThreeSeedsTest
{
    private static final int COMMANDS = 20;
    private static final int SNAPSHOT_BYTES = 256 * 1024;

    @TempDir
    private Path directory;

    @Test
    void shouldGoOnWithoutTheLeaderAndGiveBackWhatAWipedSeedLost() throws IOException
    {
        try (SeedGrid grid = new SeedGrid(directory, 3, SeedGrid.times(SNAPSHOT_BYTES)))
        {
            grid.start("s0");
            grid.start("s1");
            grid.start("plain");
            grid.awaitTrouble("s0", "'s2' answers");
            assertEquals(0, grid.nodes.get("s0").view().gridId(), "no grid before all seeds are there");
            grid.start("s2");
            grid.awaitMembers();
            assertEquals(ControlCode.OK, grid.define("plain", "before").code());

            final String leader = grid.awaitLeader();
            grid.stop(leader);
            assertEquals(ControlCode.OK, grid.define("plain", "without").code());
            grid.awaitMap("without");

            grid.fill("plain", COMMANDS);
            SeedGrid.await(
                () -> grid.nodes.get(grid.awaitLeader()).seed().upkeep().snapshots() > 0, () -> "no snapshot");
            assertEquals(ControlCode.OK, grid.define("plain", "behind").code());

            IoUtil.delete(grid.directory(leader).resolve("control").toFile(), false);
            grid.start(leader);
            grid.awaitMembers();
            grid.awaitMap("without");
            grid.stop(grid.awaitLeader());
            assertEquals(ControlCode.OK, grid.define("plain", "after").code());
            grid.awaitMap("after");
            assertEquals(1, grid.nodes.values().stream().map(node -> node.view().gridId()).distinct().count());
        }
    }

    @Test
    void shouldNotVoteByAnOldCopyOfItsFiles() throws IOException
    {
        try (SeedGrid grid = new SeedGrid(directory, 3, SeedGrid.TIMES))
        {
            grid.start("s0");
            grid.start("s1");
            grid.start("s2");
            grid.awaitMembers();
            SeedGrid.copy(grid.directory("s0"), grid.directory("old"));
            grid.fill("s0", COMMANDS);
            assertEquals(ControlCode.OK, grid.define("s1", "m").code());
            grid.awaitMap("m");
            SeedGrid.await(() -> grid.areCommitsTold("s0"), () -> "the others do not know how far s0 was");

            grid.stop("s0");
            grid.start("s0", "old", grid.seeds());
            SeedGrid.await(
                () -> Files.exists(grid.directory("old").resolve("control-old-1")), () -> "not set aside");
            grid.awaitMembers();
            grid.awaitMap("m");
            grid.stop(grid.awaitLeader());
            assertEquals(ControlCode.OK, grid.define(grid.nodes.keySet().iterator().next(), "after").code());
        }
    }

    /**
     * One is of another version, then it has the seeds in another order, then it knows of itself alone: had it founded
     * a grid, it could not become a seed of the one that there is to be.
     */
    @Test
    void shouldFoundNothingBesideASeedThatIsOtherwiseAndSayWhichOne() throws IOException
    {
        try (SeedGrid grid = new SeedGrid(directory, 3, SeedGrid.TIMES))
        {
            final String address = "the seed at /127.0.0.1:";
            final Seeds.Seed third = grid.seeds().get(2);
            grid.start("s0");
            grid.start("s1");
            grid.startOfVersion(NodeVersion.CURRENT + 1, "s2");
            grid.awaitTrouble("s0", address + third.port() + " is of version " + (NodeVersion.CURRENT + 1) +
                " and this one of version " + NodeVersion.CURRENT);
            grid.awaitTrouble("s2", " is of version " + NodeVersion.CURRENT);
            grid.stop("s2");

            final List<Seeds.Seed> turned = new ArrayList<>(grid.seeds().all());
            Collections.swap(turned, 0, 1);
            grid.start("s2", "s2", new Seeds(turned));
            grid.awaitTrouble("s0", address + third.port() + " is configured with other seeds");
            grid.stop("s2");

            grid.start("s2", "s2", new Seeds(List.of(third)));
            grid.awaitTrouble("s2", " is configured with other seeds");
            grid.awaitTrouble("s1", address + third.port() + " is configured with other seeds");
            grid.nodes.values().forEach(node -> assertEquals(0, node.view().gridId()));
            grid.stop("s2");
            grid.start("s2");
            grid.awaitMembers();
        }
    }

    /**
     * From one seed to three at other addresses, one of which begins with nothing.
     */
    @Test
    void shouldGoOnWithThreeSeedsFromCopiesOfWhatASingleOneHeldElsewhere() throws IOException
    {
        final long gridId;
        try (SeedGrid one = new SeedGrid(directory, 1, SeedGrid.TIMES))
        {
            one.start("s0");
            one.awaitMembers();
            assertEquals(ControlCode.OK, one.define("s0", "m").code());
            gridId = one.nodes.get("s0").view().gridId();
        }

        try (SeedGrid three = new SeedGrid(directory, 3, SeedGrid.TIMES))
        {
            SeedGrid.copy(three.directory("s0").resolve("control"), three.directory("s1").resolve("control"));
            three.start("s0");
            three.start("s1");
            three.start("s2");
            three.awaitMembers();
            three.awaitMap("m");
            three.stop(three.awaitLeader());
            assertEquals(ControlCode.OK, three.define(three.nodes.keySet().iterator().next(), "after").code());
            three.nodes.values().forEach(node -> assertEquals(gridId, node.view().gridId()));
        }
    }
}
