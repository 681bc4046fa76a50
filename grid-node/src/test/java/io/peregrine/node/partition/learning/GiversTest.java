package io.peregrine.node.partition.learning;

import io.peregrine.node.codec.Denial;
import io.peregrine.node.replication.ReplicationSettings;
import io.peregrine.storage.log.Sequences;
import io.peregrine.storage.partition.PartitionStore;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;

class GiversTest
{
    private static final int LEARNER = 7;
    private static final int PAUSE_NS = 1_000;

    private final Slots slots = new Slots(3);
    private final CopyShare share = new CopyShare(this::clock, 10);
    private final Givers givers = new Givers();
    private final List<Host> hosts = new ArrayList<>();
    private final List<Integer> given = new ArrayList<>();
    private long nowNs;

    @AfterEach
    void close()
    {
        hosts.forEach(Host::close);
    }

    @Test
    void shouldGiveByTurnsWhereLearnersAskAtOnce()
    {
        for (int partition = 0; partition < 3; partition++)
        {
            hosts.add(new Host(partition));
        }
        hosts.get(0).ask();
        hosts.get(2).ask();
        given.clear();
        for (int turn = 0; turn < 6; turn++)
        {
            hosts.get(0).ask();
            hosts.get(2).ask();
            assertEquals(0, givers.work(nowNs));
            nowNs += PAUSE_NS;
            assertEquals(1, givers.work(nowNs));
        }
        assertEquals(List.of(0, 2, 0, 2, 0, 2), given);
    }

    private long clock()
    {
        nowNs++;
        return nowNs;
    }

    private final class Host implements GiverHost
    {
        private final Site site = new Site(64L << 20);
        private final int partition;
        private final SnapshotGiver giver;
        private int wanted;

        private Host(final int partition)
        {
            this.partition = partition;
            final LogEntries entries = new LogEntries(new Random(1));
            site.log.epoch(1);
            for (int i = 1; i <= 300; i++)
            {
                site.append(entries.buffer, 0, i <= 2 ?
                    entries.create(Sequences.of(1, i), i) : entries.next(Sequences.of(1, i)));
            }
            site.advance(site.log.last(), null);
            final ReplicationSettings usual = ReplicationSettings.defaults();
            giver = new SnapshotGiver(this, slots, share, new ReplicationSettings(
                usual.beatNs(), usual.leaseNs(), usual.marginNs(), usual.ackTimeoutNs(), usual.resendNs(),
                usual.appendBytes(), 1024, 3, 10, 10));
            giver.lead();
            givers.add(giver);
        }

        private void ask()
        {
            giver.onRequest(LEARNER, 1, 1, wanted, SnapshotGiver.NOTHING_WHOLE, nowNs);
        }

        private void close()
        {
            giver.cease();
            site.close();
        }

        @Override
        public boolean sendChunk(
            final int memberId, final int attempt, final int index, final DirectBuffer buffer, final int length)
        {
            given.add(partition);
            wanted = index + 1;
            return true;
        }

        @Override
        public boolean isLackingCopies()
        {
            return false;
        }

        @Override
        public PartitionStore store()
        {
            return site.store;
        }

        @Override
        public boolean reachesBack(final long sequence)
        {
            return false;
        }

        @Override
        public void follow(final int memberId, final int attempt, final long sequence)
        {
            assertEquals(LEARNER, memberId);
        }

        @Override
        public void unfollow(final int memberId)
        {
            throw new AssertionError("nobody is given up");
        }

        @Override
        public boolean mayBeInSync(final int memberId)
        {
            return false;
        }

        @Override
        public void sendDenied(final int memberId, final int attempt, final Denial denial)
        {
            throw new AssertionError(denial);
        }
    }
}
