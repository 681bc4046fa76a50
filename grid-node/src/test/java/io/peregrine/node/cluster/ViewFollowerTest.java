package io.peregrine.node.cluster;

import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlState;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.StructureKind;
import io.peregrine.node.control.wire.HostMessage;
import io.peregrine.node.control.wire.MalformedException;
import io.peregrine.node.control.wire.ViewWriter;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A host decides, and what it says reaches the follower in part, in another order, or changed.
 */
class ViewFollowerTest
{
    private static final int PIECE = 40;

    private final ControlState host = new ControlState();
    private final ViewFollower follower = new ViewFollower();

    private HostMessage.Event decide(final ControlCommand command)
    {
        final long before = host.view().version();
        host.apply(command, before + 10);
        final ControlView view = host.view();
        return new HostMessage.Event(before, view.version(), view.timeNs(), view.digest(), command);
    }

    private HostMessage.Event found(final long gridId)
    {
        return decide(new ControlCommand.Found(SeedGrid.SETTINGS, gridId));
    }

    private HostMessage.Event define(final String name)
    {
        return decide(new ControlCommand.Define(name, StructureKind.MAP, 0, 0));
    }

    private List<HostMessage.Piece> whole()
    {
        final ExpandableArrayBuffer bytes = new ExpandableArrayBuffer();
        final int total = new ViewWriter().encode(host.view(), bytes, 0);
        final List<HostMessage.Piece> pieces = new ArrayList<>();
        for (int at = 0; at < total; at += PIECE)
        {
            final byte[] piece = new byte[Math.min(PIECE, total - at)];
            bytes.getBytes(at, piece);
            pieces.add(new HostMessage.Piece(host.view().version(), total, at, piece));
        }
        assertTrue(pieces.size() > 3, "too short to be told in pieces");
        return pieces;
    }

    private void tell(final List<HostMessage.Piece> pieces) throws MalformedException
    {
        for (final HostMessage.Piece piece : pieces)
        {
            follower.onPiece(piece);
        }
    }

    private void assertIsAsTheHost()
    {
        assertEquals(host.view().digest(), follower.view().digest());
        assertFalse(follower.isWholeWanted());
    }

    @Test
    void shouldDecideEachEventAgainOnce()
    {
        final HostMessage.Event founding = found(7);
        final HostMessage.Event defining = define("m");
        follower.onEvent(founding);
        follower.onEvent(defining);
        assertIsAsTheHost();
        follower.onEvent(founding);
        follower.onEvent(defining);
        assertIsAsTheHost();
    }

    @Test
    void shouldWantTheWholeFromAGapOnUntilItComes() throws MalformedException
    {
        follower.onEvent(found(7));
        define("lost");
        final long version = follower.view().version();
        follower.onEvent(define("next"));
        assertTrue(follower.isWholeWanted());
        follower.onEvent(define("last"));
        assertTrue(follower.isWholeWanted());
        assertEquals(version, follower.view().version(), "nothing is decided over a gap");

        tell(whole());
        assertIsAsTheHost();
        follower.onEvent(define("after"));
        assertIsAsTheHost();
    }

    @Test
    void shouldKeepWhatItHasAndWantTheWholeWhereAnEventComesOutOtherwise() throws MalformedException
    {
        follower.onEvent(found(7));
        final long digest = follower.view().digest();
        final HostMessage.Event event = define("m");
        follower.onEvent(new HostMessage.Event(
            event.before(), event.after(), event.timeNs(), event.digest() + 1, event.command()));
        assertTrue(follower.isWholeWanted());
        assertEquals(digest, follower.view().digest());
        follower.onEvent(new HostMessage.Event(
            event.before(), event.after() + 1, event.timeNs(), event.digest(), event.command()));
        assertTrue(follower.isWholeWanted());
        assertEquals(digest, follower.view().digest());

        follower.onEvent(event);
        assertEquals(host.view().digest(), follower.view().digest(), "the state is what it was before");
        assertTrue(follower.isWholeWanted(), "a later version was heard of");
        define("n");
        tell(whole());
        assertIsAsTheHost();
    }

    @Test
    void shouldTakePiecesInOrderOnly() throws MalformedException
    {
        found(7);
        final List<HostMessage.Piece> pieces = whole();
        follower.onSession(host.view().version());
        assertTrue(follower.isWholeWanted(), "the host has more");

        final List<HostMessage.Piece> swapped = new ArrayList<>(pieces);
        swapped.set(1, pieces.get(2));
        swapped.set(2, pieces.get(1));
        tell(swapped);
        assertEquals(0, follower.view().version());
        tell(pieces.subList(0, 2));
        tell(pieces.subList(3, pieces.size()));
        assertEquals(0, follower.view().version(), "one is missing");
        tell(pieces.subList(1, pieces.size()));
        assertEquals(0, follower.view().version(), "the first is missing");
        assertTrue(follower.isWholeWanted());

        tell(pieces.subList(0, 2));
        tell(pieces);
        assertIsAsTheHost();
    }

    @Test
    void shouldMixNoPiecesOfTwoVersions() throws MalformedException
    {
        found(7);
        final List<HostMessage.Piece> earlier = whole();
        decide(new ControlCommand.SetCopies(1, 1));
        final List<HostMessage.Piece> later = whole();
        assertEquals(earlier.get(0).total(), later.get(0).total(), "nothing but the version tells them apart");
        follower.onSession(host.view().version());
        tell(earlier.subList(0, 2));
        tell(later.subList(2, later.size()));
        tell(earlier.subList(2, earlier.size()));
        assertEquals(0, follower.view().version());

        tell(later);
        assertIsAsTheHost();
        tell(earlier);
        assertIsAsTheHost();
    }

    @Test
    void shouldRefusePiecesThatAreNoState() throws MalformedException
    {
        final HostMessage.Event founding = found(7);
        final List<HostMessage.Piece> pieces = whole();
        final byte[] header = pieces.get(0).bytes().clone();
        header[2]++;
        pieces.set(0, new HostMessage.Piece(pieces.get(0).version(), pieces.get(0).total(), 0, header));
        follower.onSession(host.view().version());
        assertThrows(MalformedException.class, () -> tell(pieces));
        assertTrue(follower.isWholeWanted());
        follower.onPiece(new HostMessage.Piece(1, Integer.MAX_VALUE, 0, new byte[]{1}));
        assertTrue(follower.isWholeWanted(), "longer than any");
        follower.onEvent(founding);
        assertIsAsTheHost();
    }

    @Test
    void shouldNotBecomeTheStateOfAnotherGridNorGoBack() throws MalformedException
    {
        follower.onEvent(found(7));
        final ControlView before = follower.view();
        follower.onEvent(define("m"));
        follower.learned(before);
        assertIsAsTheHost();

        final ControlState other = new ControlState();
        other.apply(new ControlCommand.Found(SeedGrid.SETTINGS, 8), 1);
        for (int i = 0; i < 9; i++)
        {
            other.apply(new ControlCommand.Define("n" + i, StructureKind.MAP, 0, 0), 1);
        }
        follower.learned(other.view());
        assertIsAsTheHost();
    }

    /**
     * What a host that is gone knew may be more than its successor can tell, and is asked for of nobody else.
     */
    @Test
    void shouldForgetWhatWasHeardOfInAFormerSession()
    {
        follower.onEvent(found(7));
        follower.onSession(host.view().version() + 5);
        assertTrue(follower.isWholeWanted());
        follower.onSession(host.view().version());
        assertFalse(follower.isWholeWanted());
    }
}
