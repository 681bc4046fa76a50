package io.peregrine.node.cluster;

import io.peregrine.node.control.ControlCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Tag("long")
@Timeout(120)
class DamagedSeedTest
{
    private static final String LOST_TOO = "move that directory away and start the node again; while more than half";

    @TempDir
    private Path directory;

    @Test
    void shouldSayWhatToDoAboutFilesThatCannotBeReadAndComeBackOnceItIsDone() throws IOException
    {
        try (SeedGrid grid = new SeedGrid(directory, 3, SeedGrid.TIMES))
        {
            grid.start("s0");
            grid.start("s1");
            grid.start("s2");
            grid.awaitMembers();
            final Path control = grid.directory("s2").resolve("control");
            grid.stop("s2");
            SeedGrid.copy(control, grid.directory("whole"));

            Files.writeString(control.resolve("member"), "?");
            grid.start("s2");
            grid.awaitTrouble("s2", "does not say of which version it is");
            grid.awaitTrouble("s2", LOST_TOO);
            grid.stop("s2");

            SeedGrid.copy(grid.directory("whole").resolve("member"), control.resolve("member"));
            scramble(control.resolve("archive/archive.catalog"));
            grid.start("s2");
            grid.awaitTrouble("s2", LOST_TOO);
            grid.stop("s2");

            Files.move(control, grid.directory("damaged"));
            grid.start("s2");
            grid.awaitMembers();
            grid.stop("s2");
            Files.write(control.resolve("cluster/recording.log"), new byte[0]);
            grid.start("s2");
            grid.awaitMembers();
            assertTrue(Files.exists(grid.directory("s2").resolve("control-old-1")), "without a log it has no vote");
            grid.stop(grid.awaitLeader());
            grid.awaitMembers();
            final String left = grid.nodes.keySet().iterator().next();
            assertEquals(ControlCode.OK, grid.define(left, "after").code());
        }
    }

    /**
     * The others may know that its files are old, and nobody leads without them anyway.
     */
    @Test
    void shouldTakeNoPartBeforeMoreThanHalfOfTheSeedsAnswer() throws IOException
    {
        try (SeedGrid grid = new SeedGrid(directory, 3, SeedGrid.TIMES))
        {
            grid.start("s0");
            grid.start("s1");
            grid.start("s2");
            grid.awaitMembers();
            grid.stop("s2");
            grid.stop("s0");
            grid.stop("s1");
            grid.start("s2");
            grid.awaitTrouble("s2", "waits until more than half of the seeds answer");
            grid.start("s0");
            grid.awaitMembers();
        }
    }

    private static void scramble(final Path file) throws IOException
    {
        final byte[] bytes = new byte[(int) Files.size(file)];
        new Random(1).nextBytes(bytes);
        Files.write(file, bytes);
    }
}
