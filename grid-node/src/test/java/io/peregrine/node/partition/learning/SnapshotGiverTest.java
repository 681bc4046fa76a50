package io.peregrine.node.partition.learning;

import io.peregrine.node.codec.Denial;
import io.peregrine.node.replication.ReplicationSettings;
import io.peregrine.storage.log.Sequences;
import io.peregrine.storage.partition.PartitionStore;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SnapshotGiverTest implements GiverHost
{
    private static final long NONE = SnapshotGiver.NOTHING_WHOLE;
    private static final long LATE = ReplicationSettings.defaults().resendNs() * (SnapshotGiver.PATIENCE + 1);

    private final Site site = new Site(64L << 20);
    private final Slots slots = new Slots(1);
    private final CopyShare share = new CopyShare(this::clock, 10);
    private final SnapshotGiver giver = new SnapshotGiver(this, slots, share, ReplicationSettings.defaults());
    private final List<String> said = new ArrayList<>();
    private boolean mayBeInSync;
    private boolean isBackPressured;
    private boolean isLacking;
    private long stepNs;
    private long nowNs;
    private long reaches = Long.MAX_VALUE;

    @BeforeEach
    void write()
    {
        site.log.epoch(1);
        final LogEntries entries = new LogEntries(new Random(1));
        for (int i = 1; i <= 300; i++)
        {
            site.append(entries.buffer, 0, i <= 2 ?
                entries.create(Sequences.of(1, i), i) : entries.next(Sequences.of(1, i)));
        }
        site.advance(site.log.last(), null);
        giver.lead();
    }

    @AfterEach
    void close()
    {
        giver.cease();
        site.close();
    }

    @Test
    void shouldSayNotPrimaryWhenItDoesNotLead()
    {
        giver.cease();
        ask(1, 1, 0, NONE, 0);
        assertSaid("1 denied NOT_PRIMARY of 1");
    }

    @Test
    void shouldGiveLastChunkAgainWhenItIsAskedForAgain()
    {
        ask(1, 1, 0, NONE, 0);
        ask(1, 1, 0, NONE, 0);
        assertSaid("follow 1 by 1", "1 chunk 0 of 1", "1 chunk 0 of 1");
    }

    @Test
    void shouldSendChunkLaterWhenThereWasNoRoom()
    {
        isBackPressured = true;
        ask(1, 1, 0, NONE, 0);
        isBackPressured = false;
        assertEquals(1, giver.work(0));
        assertSaid("follow 1 by 1", "1 chunk 0 of 1");
        assertEquals(0, giver.work(0));
    }

    @Test
    void shouldMakeNextChunkOnlyWhenTheAgentHasTimeForIt()
    {
        stepNs = 1;
        ask(1, 1, 0, NONE, 0);
        ask(1, 1, 1, NONE, nowNs + 8);
        assertSaid("follow 1 by 1", "1 chunk 0 of 1");
        assertEquals(0, giver.work(nowNs + 8));
        assertEquals(1, giver.work(nowNs + 9));
        assertSaid("1 chunk 1 of 1");
        assertEquals(0, giver.work(nowNs + 9));
    }

    @Test
    void shouldMakeNextChunkSoonerWhereCopiesAreLacking()
    {
        stepNs = 8;
        isLacking = true;
        ask(1, 1, 0, NONE, 0);
        ask(1, 1, 1, NONE, nowNs + 1);
        assertSaid("follow 1 by 1", "1 chunk 0 of 1");
        assertEquals(1, giver.work(nowNs + 2));
        assertSaid("1 chunk 1 of 1");
    }

    @Test
    void shouldSayBusyWhenAllSlotsAreTaken()
    {
        ask(1, 1, 0, NONE, 0);
        ask(2, 1, 0, NONE, 0);
        assertSaid("follow 1 by 1", "1 chunk 0 of 1", "2 denied BUSY of 1");
        final Slots others = new Slots(0);
        final SnapshotGiver without = new SnapshotGiver(this, others, share, ReplicationSettings.defaults());
        without.lead();
        without.onRequest(3, 1, 1, 0, NONE, 0);
        assertSaid("3 denied BUSY of 1");
    }

    @Test
    void shouldGiveSlotBackWhenLearnerHasEverything()
    {
        final int chunks = takeAll(1);
        assertEquals(0, slots.taken());
        assertFalse(giver.isWhole(1));
        ask(1, 1, chunks, NONE, 0);
        assertFalse(giver.isWhole(1));
        ask(1, 1, chunks, 5, 0);
        assertTrue(giver.isWhole(1));
    }

    @Test
    void shouldEndAttemptWhenLearnerIsSilent()
    {
        ask(1, 1, 0, NONE, 0);
        assertEquals(1, giver.work(LATE));
        assertEquals(0, slots.taken());
        ask(1, 1, 1, NONE, LATE);
        ask(1, 1, 0, NONE, LATE);
        assertSaid(
            "follow 1 by 1", "1 chunk 0 of 1", "unfollow 1", "1 denied BEGIN_AGAIN of 1", "1 denied BEGIN_AGAIN of 1");
    }

    @Test
    void shouldBeginNoAttemptAgainWhenItIsOver()
    {
        reaches = 1;
        ask(1, 1, 0, 1, 0);
        ask(1, 1, SnapshotGiver.GIVEN_UP, 1, 0);
        ask(1, 1, 0, 1, 0);
        assertSaid(
            "follow 1 by 1", "1 denied TAKE_LOG of 1", "unfollow 1", "1 denied BEGIN_AGAIN of 1",
            "1 denied BEGIN_AGAIN of 1");
        assertFalse(giver.isWhole(1));
        giver.cease();
        giver.lead();
        ask(1, 1, 0, 1, 0);
        assertSaid("1 denied BEGIN_AGAIN of 1");
    }

    @Test
    void shouldBeginAttemptWhenItIsOfAnotherLife()
    {
        ask(1, 5, 0, NONE, 0);
        giver.onRequest(1, 2, 1, 0, NONE, 0);
        ask(1, 6, 0, NONE, 0);
        assertSaid("follow 1 by 5", "1 chunk 0 of 5", "unfollow 1", "follow 1 by 1", "1 chunk 0 of 1");
    }

    @Test
    void shouldEndFormerAttemptWhenAnotherBegins()
    {
        ask(1, 1, 0, NONE, 0);
        ask(1, 2, 0, NONE, 0);
        ask(1, 1, 1, NONE, 0);
        assertSaid(
            "follow 1 by 1", "1 chunk 0 of 1", "unfollow 1", "follow 1 by 2", "1 chunk 0 of 2",
            "1 denied BEGIN_AGAIN of 1");
    }

    @Test
    void shouldSayNothingWhenLearnerMayBeInSync()
    {
        reaches = 1;
        ask(1, 1, 0, 1, 0);
        said.clear();
        mayBeInSync = true;
        ask(1, 1, SnapshotGiver.GIVEN_UP, 1, 0);
        ask(1, 2, 0, 1, 0);
        assertEquals(0, giver.work(LATE));
        assertSaid();
        assertTrue(giver.isWhole(1));
    }

    @Test
    void shouldGiveSnapshotWhenLogDoesNotGoBackFarEnough()
    {
        reaches = 100;
        ask(1, 1, 0, 99, 0);
        assertSaid("follow 1 by 1", "1 chunk 0 of 1");
    }

    private int takeAll(final int memberId)
    {
        int index = 0;
        do
        {
            said.clear();
            ask(memberId, 1, index++, NONE, 0);
            assertTrue(index < 1_000);
        }
        while (!said.isEmpty());

        return index - 1;
    }

    private void ask(final int memberId, final int attempt, final int index, final long have, final long nowNs)
    {
        giver.onRequest(memberId, 1, attempt, index, have, nowNs);
    }

    private void assertSaid(final String... expected)
    {
        assertEquals(List.of(expected), said);
        said.clear();
    }

    @Override
    public PartitionStore store()
    {
        return site.store;
    }

    @Override
    public boolean reachesBack(final long sequence)
    {
        return sequence >= reaches;
    }

    @Override
    public void follow(final int memberId, final int attempt, final long sequence)
    {
        said.add("follow " + memberId + " by " + attempt);
    }

    private long clock()
    {
        nowNs += stepNs;
        return nowNs;
    }

    @Override
    public boolean isLackingCopies()
    {
        return isLacking;
    }

    @Override
    public void unfollow(final int memberId)
    {
        said.add("unfollow " + memberId);
    }

    @Override
    public boolean mayBeInSync(final int memberId)
    {
        return mayBeInSync;
    }

    @Override
    public boolean sendChunk(
        final int memberId, final int attempt, final int index, final DirectBuffer buffer, final int length)
    {
        if (!isBackPressured)
        {
            said.add(memberId + " chunk " + index + " of " + attempt);
        }
        return !isBackPressured;
    }

    @Override
    public void sendDenied(final int memberId, final int attempt, final Denial denial)
    {
        said.add(memberId + " denied " + denial + " of " + attempt);
    }
}
