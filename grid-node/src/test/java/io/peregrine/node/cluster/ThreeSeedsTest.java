package io.peregrine.node.cluster;

import io.peregrine.node.control.ControlCode;
import org.agrona.IoUtil;
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

    @Test
    void shouldSayWhichSeedIsConfiguredOtherwise() throws IOException
    {
        try (SeedGrid grid = new SeedGrid(directory, 3, SeedGrid.TIMES))
        {
            final List<Seeds.Seed> turned = new ArrayList<>(grid.seeds().all());
            Collections.swap(turned, 0, 1);
            grid.start("s0");
            grid.start("s2", "s2", new Seeds(turned));
            grid.awaitTrouble("s0", "'s2' is configured with other seeds");
        }
    }

    @Test
    void shouldGoOnWithThreeSeedsFromCopiesOfWhatASingleOneHeld() throws IOException
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
            SeedGrid.copy(three.directory("s0").resolve("control"), three.directory("s2").resolve("control"));
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
