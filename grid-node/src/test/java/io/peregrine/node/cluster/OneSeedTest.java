package io.peregrine.node.cluster;

import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import io.peregrine.node.control.ControlCode;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Member;
import io.peregrine.node.control.NodeVersion;
import io.peregrine.transport.process.StartupException;
import org.agrona.BitUtil;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

@Tag("long")
@Timeout(120)
class OneSeedTest
{
    private static final int PAGE = 4096;

    @TempDir
    private Path directory;

    @Test
    void shouldFoundAGridTakeMembersInAndRememberItAllWhenStartedAgain() throws IOException
    {
        try (SeedGrid grid = new SeedGrid(directory, 1, SeedGrid.TIMES))
        {
            grid.start("s0");
            grid.start("plain");
            grid.awaitMembers();
            assertEquals(ControlCode.OK, grid.define("plain", "m").code());
            grid.awaitMap("m");
            final ControlView view = grid.nodes.get("s0").view();
            final Member former = grid.nodes.get("plain").self();
            assertNotEquals(0, view.gridId());

            grid.stop("s0");
            grid.stop("plain");
            grid.start("s0");
            grid.start("plain");
            grid.awaitMembers();
            grid.awaitMap("m");
            final Member self = grid.nodes.get("plain").self();
            assertEquals(view.gridId(), grid.nodes.get("plain").view().gridId());
            assertEquals(former.id(), self.id());
            assertNotEquals(former.incarnation(), self.incarnation());
        }
    }

    /**
     * A fragment over three pages, of which the first was written.
     */
    @Test
    void shouldStartAgainWhenItWasKilledInTheMiddleOfAWriteToTheLog() throws IOException
    {
        try (SeedGrid grid = new SeedGrid(directory, 1, SeedGrid.TIMES))
        {
            grid.start("s0");
            grid.awaitMembers();
            assertEquals(ControlCode.OK, grid.define("s0", "m").code());
            SeedGrid.copy(grid.directory("s0"), grid.directory("killed"));
            grid.stop("s0");
            tear(grid.directory("killed").resolve("control/archive/0-0.rec"));

            grid.start("s0", "killed", grid.seeds());
            grid.awaitMembers();
            grid.awaitMap("m");
            assertEquals(ControlCode.OK, grid.define("s0", "more").code());
            grid.awaitMap("more");
        }
    }

    private static void tear(final Path segment) throws IOException
    {
        final UnsafeBuffer log = new UnsafeBuffer(Files.readAllBytes(segment));
        int last = 0;
        int end = 0;
        for (int length = FrameDescriptor.frameLength(log, end); length > 0;
            length = FrameDescriptor.frameLength(log, end))
        {
            last = end;
            end += BitUtil.align(length, FrameDescriptor.FRAME_ALIGNMENT);
        }

        assertNotEquals(0, end, "nothing is recorded");
        log.putBytes(end, log, last, DataHeaderFlyweight.HEADER_LENGTH);
        log.putInt(FrameDescriptor.lengthOffset(end), 3 * PAGE - end % PAGE);
        FrameDescriptor.frameTermOffset(log, end);
        log.setMemory(
            end + DataHeaderFlyweight.HEADER_LENGTH, PAGE - end % PAGE - DataHeaderFlyweight.HEADER_LENGTH, (byte) 7);
        Files.write(segment, log.byteArray());
    }

    @Test
    void shouldRefuseNamesDirectoriesGridsAndVersionsThatAreNotTheNodesOwn() throws IOException
    {
        try (SeedGrid grid = new SeedGrid(directory, 1, SeedGrid.TIMES))
        {
            grid.start("s0");
            grid.start("plain");
            grid.awaitMembers();
            final ClusterControl first = grid.nodes.get("plain");

            grid.start("plain", "elsewhere", grid.seeds());
            grid.awaitTrouble("plain", "give this one another name");
            assertNotEquals(null, first.self(), "the node that was there first stays");
            grid.stop("plain");
            first.close();
            assertThrows(StartupException.class, () -> grid.start("other", "plain", grid.seeds()));
            grid.start("stranger", "stranger", grid.seeds(), "another");
            grid.awaitTrouble("stranger", "of another name than 'another'");
            grid.stop("stranger");
            grid.start("stranger", "stranger", grid.seedsAndTwoThatAreNone());
            grid.awaitTrouble("stranger", "told of other seeds than those that lead: s0=127.0.0.1:");
            assertEquals(null, grid.nodes.get("stranger").self());
            grid.stop("stranger");
            final long other = NodeVersion.CURRENT + 1;
            grid.startOfVersion(other, "stranger");
            grid.awaitTrouble("stranger", "this node is of version " + other +
                ", and the control plane is of version " + NodeVersion.CURRENT + ": run the same release");
            grid.stop("stranger");

            grid.stop("s0");
            grid.startOfVersion(other, "s0");
            grid.awaitTrouble("s0", "control holds is of version " + NodeVersion.CURRENT +
                ", and this node of version " + other);
            grid.stop("s0");
            IoUtil.delete(grid.directory("s0").toFile(), false);
            grid.start("plain");
            grid.start("s0");
            grid.awaitTrouble("plain", "this node knows grid");
            assertEquals(0, grid.nodes.get("plain").view().gridId());
        }
    }

    @Test
    void shouldDecideOnceWhatIsAskedTwice() throws IOException
    {
        try (SeedGrid grid = new SeedGrid(directory, 1, SeedGrid.TIMES))
        {
            grid.start("s0");
            grid.awaitMembers();
            final long id = grid.define("s0", "m").number();
            final long version = grid.nodes.get("s0").view().version();
            assertEquals(id, grid.define("s0", "m").number());
            assertEquals(version, grid.nodes.get("s0").view().version());
            assertEquals(
                ControlCode.UNKNOWN, grid.decide("s0", new ControlCommand.Leave(7, 1)).code());
        }
    }
}
