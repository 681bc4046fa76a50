package io.peregrine.node.cluster;

import io.peregrine.node.control.ControlCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;

@Tag("long")
@Timeout(400)
class FiveSeedsTest
{
    private static final int SEEDS = 5;

    @TempDir
    private Path directory;

    /**
     * One seed has no room on its disk, another one is down: three of five go on, and the first is a plain member.
     */
    @Test
    void shouldDecideWithoutTwoOfFive() throws IOException
    {
        try (SeedGrid grid = new SeedGrid(directory, SEEDS, SeedGrid.TIMES))
        {
            for (int i = 0; i < SEEDS; i++)
            {
                grid.start(SeedGrid.name(i));
            }
            grid.awaitMembers();
            assertEquals(ControlCode.OK, grid.define("s4", "all").code());

            final String full = grid.awaitLeader();
            grid.stop(full);
            grid.startWithoutRoom(full);
            grid.awaitTrouble(full, "the disk of " + grid.directory(full) + " has ");
            grid.awaitTrouble(full, "make room");
            assertEquals(ControlCode.OK, grid.define(full, "four").code());
            grid.awaitMap("four");

            final String down = grid.awaitLeader();
            grid.stop(down);
            assertEquals(ControlCode.OK, grid.define(full, "three").code());
            grid.awaitMap("three");

            grid.stop(full);
            grid.start(full);
            grid.awaitMembers();
            grid.awaitMap("three");
        }
    }
}
