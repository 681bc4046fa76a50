package io.peregrine.node.cluster;

import io.peregrine.node.control.ControlCode;
import org.agrona.IoUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;

@Timeout(120)
class ThreeSeedsTest
{
    @TempDir
    private Path directory;

    @Test
    void shouldGoOnWithoutTheLeaderAndGiveBackWhatAWipedSeedLost() throws IOException
    {
        try (SeedGrid grid = new SeedGrid(directory, 3, SeedGrid.TIMES))
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
}
