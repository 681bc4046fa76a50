package io.peregrine.node.partition.learning;

import io.peregrine.node.codec.Denial;
import io.peregrine.node.control.Replica;
import io.peregrine.node.replication.ReplicationSettings;
import io.peregrine.storage.log.EntryLog;
import io.peregrine.storage.log.EntryStamp;
import io.peregrine.storage.log.Sequences;
import io.peregrine.storage.partition.PartitionStore;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A primary with random writes, a member that learns from it, and a network between them that loses messages, brings
 * them twice and out of order. The primary loses the lead and gets it back, proposes the learner for the in-sync set,
 * and the proposal is decided or refused; the plan changes its mind; each sees decisions late.
 */
final class LearningGrid implements AutoCloseable
{
    static final Replica PRIMARY = new Replica(0, 11);
    static final Replica LEARNER = new Replica(1, 12);
    static final long STEP_NS = 10_000_000;

    private static final int RESEND = 20;

    final Random random;
    final BadNetwork network;
    final Site from;
    final Site to;
    final Slots slots = new Slots(1);
    final SnapshotGiver giver;
    final Learner learner;
    long nowNs = 1;
    /**
     * The primary's log goes back far.
     */
    boolean isKeeping;
    int snapshots;
    int joins;
    private final LogEntries source;
    private long committed;
    private int epoch = 1;
    private int seenEpoch = 1;
    private int followed;
    private long acked;
    private boolean hasAcked;
    private boolean isProposed;
    private boolean isInSync;

    LearningGrid(final long seed, final long learnersMemory)
    {
        random = new Random(seed);
        network = new BadNetwork(random);
        source = new LogEntries(random);
        from = new Site(64L << 20);
        to = new Site(learnersMemory);
        to.store.close();
        to.store = null;
        final ReplicationSettings defaults = ReplicationSettings.defaults();
        final ReplicationSettings settings = new ReplicationSettings(
            defaults.beatNs(), defaults.leaseNs(), defaults.marginNs(), defaults.ackTimeoutNs(),
            defaults.resendNs(), defaults.appendBytes(), 1024, 1, 10, 10);
        giver = new SnapshotGiver(new Giving(), slots, new CopyShare(() -> nowNs += STEP_NS / 10, 10), settings);
        learner = new Learner(new Taking(), settings);
        from.log.epoch(epoch);
        giver.lead();
    }

    boolean isInSync()
    {
        return isInSync;
    }

    boolean isWhole()
    {
        return to.store != null && !learner.isLoading();
    }

    void write(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (!from.append(source.buffer, 0, source.next(from.log.nextSequence())))
            {
                return;
            }
        }
    }

    /**
     * Time goes on, messages arrive.
     */
    void step(final boolean mayTake)
    {
        nowNs += STEP_NS;
        network.deliver(nowNs, this::check);
        committed = Math.max(committed, random.nextInt(3) == 0 ? from.log.last() : committed);
        if (isProposed || isInSync)
        {
            committed = Math.max(from.log.committed(), Math.min(committed, acked));
        }
        from.advance(committed, null);
        sendLog();
        if (!isKeeping)
        {
            from.entries.trim(from.log, Math.min(from.log.applied(), followed == 0 ? Long.MAX_VALUE : acked));
        }
        giver.work(nowNs);
        learner.work(nowNs, mayTake, random.nextInt(4) > 0);
        check();
    }

    void settle()
    {
        while (from.log.applied() < from.log.last())
        {
            step(true);
        }
    }

    void propose()
    {
        if (!isProposed && !isInSync && giver.isWhole(LEARNER.memberId()) && hasAcked &&
            Sequences.counter(from.log.last()) - Sequences.counter(acked) <= 10)
        {
            isProposed = true;
        }
    }

    /**
     * The addition is decided, or another change won.
     */
    void decide(final boolean isTaken)
    {
        if (isProposed)
        {
            isInSync = isTaken;
            isProposed = false;
            joins += isTaken ? 1 : 0;
            epoch++;
            from.log.epoch(epoch);
            hasAcked = false;
            if (isTaken)
            {
                giver.onJoined(LEARNER.memberId());
            }
        }
    }

    /**
     * The member is put out of the set again.
     */
    void putOut()
    {
        if (isInSync)
        {
            isInSync = false;
            followed = 0;
            epoch++;
            from.log.epoch(epoch);
        }
    }

    /**
     * Another led for a time that nobody saw.
     */
    void loseLead()
    {
        if (!isInSync)
        {
            giver.cease();
            isProposed = false;
            followed = 0;
            epoch += 2;
            from.log.epoch(epoch);
            giver.lead();
        }
    }

    /**
     * The learner sees what is decided.
     */
    void see(final boolean isPlanned)
    {
        seenEpoch = epoch;
        if (isInSync)
        {
            assertTrue(learner.stop(), "in sync without a whole copy");
        }
        else if (isPlanned)
        {
            learner.learn(PRIMARY, nowNs);
        }
        else
        {
            learner.leave(PRIMARY, nowNs);
        }
    }

    void dropFollower()
    {
        if (!isProposed && !isInSync)
        {
            giver.drop(LEARNER.memberId());
        }
    }

    private void check()
    {
        if (isProposed || isInSync)
        {
            assertTrue(isWhole(), "may be in the set, and has no whole copy");
            assertTrue(to.log.last() >= acked, "may be in the set, and lacks what it acknowledged");
        }
    }

    private void sendLog()
    {
        if (followed != 0)
        {
            final int ofEpoch = epoch;
            final long upTo = committed;
            long previous = acked;
            long at = from.entries.after(from.log, acked);
            for (int i = 0; i < RESEND && at != EntryLog.NO_POSITION; i++)
            {
                final byte[] entry = new byte[from.entries.length(at)];
                from.entries.buffer().getBytes(from.entries.offset(at), entry);
                final long before = previous;
                send(() -> onAppend(ofEpoch, before, upTo, entry));
                previous = EntryStamp.sequence(from.entries.buffer(), from.entries.offset(at));
                at = from.entries.next(at);
            }
            if (at == EntryLog.NO_POSITION)
            {
                final long before = previous;
                send(() -> onAppend(ofEpoch, before, upTo, null));
            }
        }
    }

    private void onAppend(final int ofEpoch, final long previous, final long upTo, final byte[] entry)
    {
        if (ofEpoch != seenEpoch || to.store == null || previous > to.log.last())
        {
            return;
        }
        final UnsafeBuffer buffer = entry == null ? null : new UnsafeBuffer(entry);
        if (entry != null && EntryStamp.sequence(buffer, 0) > to.log.last())
        {
            to.append(buffer, 0, entry.length);
        }
        to.advance(Math.min(upTo, to.log.last()), learner);
        to.entries.trim(to.log, to.log.applied());
        final int attempt = learner.copyAttempt();
        final long last = to.log.last();
        send(() -> onAck(ofEpoch, attempt, last));
    }

    private void onAck(final int ofEpoch, final int attempt, final long sequence)
    {
        if (ofEpoch == epoch && followed == attempt)
        {
            hasAcked = true;
            acked = Math.max(acked, sequence);
        }
    }

    private void send(final Runnable action)
    {
        network.send(action, nowNs);
    }

    @Override
    public void close()
    {
        giver.cease();
        from.close();
        to.close();
    }

    private final class Giving implements GiverHost
    {
        @Override
        public boolean isLackingCopies()
        {
            return false;
        }

        @Override
        public PartitionStore store()
        {
            return from.store;
        }

        @Override
        public boolean reachesBack(final long sequence)
        {
            return sequence >= from.log.trimmed() && sequence <= from.log.committed();
        }

        @Override
        public void follow(final int memberId, final int attempt, final long sequence)
        {
            assertEquals(LEARNER.memberId(), memberId);
            assertTrue(sequence >= from.log.trimmed());
            followed = attempt;
            acked = sequence;
            hasAcked = false;
        }

        @Override
        public void unfollow(final int memberId)
        {
            assertTrue(!isProposed && !isInSync);
            followed = 0;
        }

        @Override
        public boolean mayBeInSync(final int memberId)
        {
            return isProposed || isInSync;
        }

        @Override
        public boolean sendChunk(
            final int memberId, final int attempt, final int index, final DirectBuffer buffer, final int length)
        {
            if (random.nextInt(20) == 0)
            {
                return false;
            }
            final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
            buffer.getBytes(0, copy, 0, length);
            send(() -> learner.onChunk(attempt, index, copy, 0, length, nowNs));
            return true;
        }

        @Override
        public void sendDenied(final int memberId, final int attempt, final Denial denial)
        {
            send(() -> learner.onDenied(attempt, denial, nowNs));
        }
    }

    private final class Taking implements LearnerHost
    {
        @Override
        public long have()
        {
            return isWhole() ? to.log.applied() : SnapshotGiver.NOTHING_WHOLE;
        }

        @Override
        public boolean hasRoomFor(final int bytes)
        {
            return true;
        }

        @Override
        public PartitionStore newStore()
        {
            return to.emptyStore();
        }

        @Override
        public void beginCopy(final PartitionStore store, final long sequence)
        {
            dropCopy();
            snapshots++;
            to.store = store;
            to.log.restart(sequence);
        }

        @Override
        public void dropCopy()
        {
            assertTrue(!isProposed && !isInSync, "drops what may be in sync");
            if (to.store != null)
            {
                to.store.close();
                to.store = null;
                to.forgetLog();
            }
        }

        @Override
        public void ask(final int attempt, final int index, final long have)
        {
            assertNotNull(learner);
            send(() -> giver.onRequest(LEARNER.memberId(), LEARNER.incarnation(), attempt, index, have, nowNs));
        }
    }
}
