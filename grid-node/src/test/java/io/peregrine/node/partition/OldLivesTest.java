package io.peregrine.node.partition;

import io.peregrine.node.codec.AckKind;
import io.peregrine.node.codec.AcksEncoder;
import io.peregrine.node.codec.MessageHeaderEncoder;
import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Member;
import io.peregrine.node.replication.Envelope;
import io.peregrine.node.replication.ReplicationSettings;
import io.peregrine.node.replication.Rules;
import io.peregrine.node.replication.Self;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What other lives of a member say, what is decided about one's own, and what comes late, changes nothing that counts.
 */
class OldLivesTest
{
    private static final long MS = 1_000_000L;

    private final Trio trio = new Trio(ReplicationSettings.defaults(), new Rules());

    @BeforeEach
    void setUp()
    {
        trio.pass(1_000 * MS);
        assertTrue(trio.partition(0).isServing());
    }

    @AfterEach
    void tearDown()
    {
        trio.close();
    }

    @Test
    void shouldNotCountForAMemberWhatItsNextLifeAcknowledges()
    {
        trio.isDown[2] = true;
        append();
        trio.pass(50 * MS);
        final Partition partition = trio.partition(0);
        final long before = partition.log().committed();
        assertTrue(before < partition.log().last());
        final Member again = joinAgain(2);
        trio.tell(0, 1);
        acknowledge(again, partition.log().last());
        assertEquals(before, partition.log().committed());
    }

    @Test
    void shouldLeadNothingOnceItsNextLifeHasBegunThoughNothingElseWasDecided()
    {
        final Assignment before = trio.control.view().assignments().get(0);
        joinAgain(0);
        assertSame(before, trio.control.view().assignments().get(0));
        trio.tell(0);
        assertFalse(trio.partition(0).isLeading());
    }

    @Test
    void shouldTakeNothingUnderAnEpochThatIsKnownToBeOver()
    {
        trio.partition(1).onLaterEpoch(trio.partition(1).epoch() + 1);
        final long before = trio.partition(1).log().last();
        append();
        trio.pass(50 * MS);
        assertEquals(before, trio.partition(1).log().last());
        assertTrue(trio.partition(0).log().committed() < trio.partition(0).log().last());
    }

    @Test
    void shouldNotGoBackToAnOlderView()
    {
        final ControlView older = trio.control.view();
        trio.changeSet(0, 0, 0, 1);
        trio.tell(0);
        final int epoch = trio.partition(0).epoch();
        assertEquals(0, trio.members[0].onControl(older, trio.nowNs));
        assertEquals(epoch, trio.partition(0).epoch());
    }

    @Test
    void shouldStopWhenItsOwnLifeIsSaidToBeOver()
    {
        trio.control.apply(
            new ControlCommand.DeclareDead(0, trio.control.view().members().get(0).incarnation()), trio.nowNs);
        trio.tell(0);
        assertFalse(trio.partition(0).isServing());
        assertFalse(trio.partition(0).isLeading());
        trio.pass(100 * MS);
        assertFalse(trio.partition(0).isServing());
    }

    private Member joinAgain(final int member)
    {
        final Member former = trio.control.view().members().get(member);
        trio.control.apply(
            new ControlCommand.Join(former.key(), "", 1, "", 1, 99, former.incarnation()), trio.nowNs);
        return trio.control.view().members().get(member);
    }

    private void acknowledge(final Member from, final long sequence)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final AcksEncoder acks = new AcksEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        acks.partitionsCount(1).next()
            .sequence(sequence)
            .partition(0)
            .epoch(trio.partition(0).epoch())
            .kind(AckKind.HAVE)
            .reserved1((short) 0)
            .reserved2(0)
            .attempt(0)
            .applied(0);
        Envelope.write(
            buffer, 0, new Self(from.id(), from.incarnation(), 0), trio.control.view().members().get(0).incarnation());
        trio.members[0].onPeer(
            buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + acks.encodedLength(), trio.nowNs);
    }

    private void append()
    {
        final Partition partition = trio.partition(0);
        assertTrue(partition.claim(Entries.SHORT_ENTRY));
        final Stamp stamp = partition.stamp(new Stamp(), partition.time(trio.nowNs));
        partition.append(new Entries().advanceTime(partition.buffer(), partition.offset(), stamp));
    }
}
