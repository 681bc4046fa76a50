package io.peregrine.node.partition;

import io.peregrine.client.codec.Reason;
import io.peregrine.storage.map.Expiry;
import io.peregrine.storage.map.MapSpace;
import io.peregrine.storage.map.MapStore;
import io.peregrine.storage.map.RecordConsumer;
import io.peregrine.storage.map.RecordView;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Finds the pages that a write needs before its entry enters the log, so that apply cannot run short. When they are not
 * there: takes back what cleared and dropped maps still hold; then, where the policy is to evict, lets entries of the
 * partition written to go, one Evict entry each; then moves records together; then lets entries of other partitions go.
 * All of it bounded per write: a write that finds no room within the bound is refused. One for all partitions of a data
 * agent.
 * <p>
 * Other copies have to keep the entry too. Answers to beats say what room their nodes have, and while one of them has
 * none, no entry that needs memory enters the log: entries of the partition give way, or the write is refused. What is
 * on its way until that is known goes into memory that every node leaves to it. With other copies an Evict entry wins
 * something only when it is committed: until then the write is to be tried again, and {@link #keepAhead} lets entries
 * go before writes ask for it.
 */
final class Room implements RecordConsumer
{
    static final int NONE = -1;

    private static final int ROUNDS = 64;
    private static final int RECLAIM = 512;
    private static final int COMPACT = 256;
    private static final int EVICT_ELSEWHERE = 16;
    private static final long COMPACT_PAUSE_NS = 1_000_000;
    private static final long AHEAD_PAUSE_NS = 1_000_000;
    private static final int AHEAD_AT_ONCE = 8;

    private final Entries entries;
    private final AgentMemory memory;
    private final Partition[] partitions;
    private final Reclaiming reclaiming;
    private final Tally tally;
    private final boolean evict;
    private final Stamp stamp = new Stamp();
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[MapStore.MAX_KEY_LENGTH]);
    private Partition victim;
    private int nextVictim;
    private long nowNs;
    private long futileNs;
    private boolean futile;
    private boolean isMaking;
    private long aheadNs = Long.MIN_VALUE / 2;
    private int nextAhead;
    private int newStructureId;
    private long newHash;

    /**
     * @param memory     of the agent.
     * @param partitions by number; null where another agent owns the place.
     */
    Room(
        final Entries entries,
        final AgentMemory memory,
        final Partition[] partitions,
        final Reclaiming reclaiming,
        final Tally tally,
        final boolean evict)
    {
        this.entries = entries;
        this.memory = memory;
        this.partitions = partitions;
        this.reclaiming = reclaiming;
        this.tally = tally;
        this.evict = evict;
    }

    /**
     * Reserve for one put. One that overwrites a record in its place needs nothing, so a full store takes it; but what
     * it finds is known only when no entry before it is under way.
     *
     * @param command     that puts; its key counts.
     * @param valueLength bytes that the record's value will have.
     * @param timeNs      of the node's monotonic clock.
     * @return pages reserved, to be given back when the entry is applied; {@link #NONE} when there is no room.
     */
    int reserveFor(
        final Partition partition,
        final int structureId,
        final long hash,
        final Command command,
        final int valueLength,
        final Expiry expiry,
        final long timeNs)
    {
        final int keyLength = command.keyLength;
        final int worst = MapSpace.worstPages(keyLength, valueLength);
        isMaking = false;
        if (memory.pool().freePages() >= worst && reserve(partition, worst))
        {
            return worst;
        }

        if (partition.isUnderWay())
        {
            return reserve(partition, worst, keyLength, valueLength, timeNs) ? worst : NONE;
        }

        nowNs = timeNs;
        newStructureId = structureId;
        newHash = hash;
        final MapSpace maps = partition.store().maps();
        int rounds = 0;
        do
        {
            final long handle = maps.map(structureId).find(hash, command.buffer, command.keyOffset, keyLength);
            final int pages = maps.pagesFor(structureId, hash, keyLength, valueLength, expiry, handle);
            if (pages == 0 || reserve(partition, pages))
            {
                return pages;
            }
        }
        while (rounds++ < ROUNDS && gain(partition, keyLength, valueLength));

        return NONE;
    }

    /**
     * Reserve for several puts together.
     *
     * @param pages       that they may take at most.
     * @param keyLength   bytes of the longest key.
     * @param valueLength bytes of the longest value.
     * @param timeNs      of the node's monotonic clock.
     * @return whether the pages are reserved.
     */
    boolean reserve(
        final Partition partition, final int pages, final int keyLength, final int valueLength, final long timeNs)
    {
        nowNs = timeNs;
        newStructureId = 0;
        newHash = 0;
        isMaking = false;
        int rounds = 0;
        do
        {
            if (pages == 0 || reserve(partition, pages))
            {
                return true;
            }
        }
        while (rounds++ < ROUNDS && gain(partition, keyLength, valueLength));

        return false;
    }

    void giveBack(final int pages)
    {
        memory.pool().unreserve(pages);
    }

    /**
     * @return why there was no room for the last write.
     */
    Reason refusal()
    {
        return isMaking ? Reason.BACK_PRESSURE : Reason.STORE_FULL;
    }

    /**
     * Where there are other copies: move records together while this node is short, and let entries go of partitions
     * one of whose copies is on a node that is. A bounded amount, at a steady pace, as what it wins is known later.
     *
     * @return work done.
     */
    int keepAhead(final long timeNs)
    {
        if (!memory.leavesRoom() || timeNs - aheadNs < AHEAD_PAUSE_NS)
        {
            return 0;
        }

        aheadNs = timeNs;
        nowNs = timeNs;
        final boolean isShort = memory.isShort();
        int work = isShort && compact() ? 1 : 0;
        for (int i = 0; evict && i < AHEAD_AT_ONCE; i++)
        {
            nextAhead = nextAhead + 1 == partitions.length ? 0 : nextAhead + 1;
            final Partition partition = partitions[nextAhead];
            if (partition != null && (isShort || !partition.lead().haveOthersRoom()))
            {
                work += evictFrom(partition, 0, 0, 1, 0) ? 1 : 0;
            }
        }

        return work;
    }

    private boolean reserve(final Partition partition, final int pages)
    {
        return partition.lead().haveOthersRoom() && memory.reserve(pages);
    }

    @Override
    public boolean onRecord(final RecordView record)
    {
        if (!victim.claim(Entries.evictLength(record.keyLength())))
        {
            return false;
        }

        record.copyKey(key, 0);
        final int length = entries.evict(
            victim.buffer(), victim.offset(), victim.stamp(stamp, victim.time(nowNs)), record, key);
        victim.own.addEviction(victim.log().nextSequence());
        victim.append(length);
        tally.evicted++;
        return true;
    }

    private boolean gain(final Partition partition, final int keyLength, final int valueLength)
    {
        if (!partition.lead().haveOthersRoom())
        {
            return evict && evictFrom(partition, newStructureId, newHash, keyLength, valueLength);
        }

        return reclaiming.step(RECLAIM) > 0 ||
            evict && evictFrom(partition, newStructureId, newHash, keyLength, valueLength) ||
            compact() ||
            evict && !isMaking && evictElsewhere(partition, keyLength, valueLength);
    }

    /**
     * After a walk over all partitions that won nothing the next is put off, so that a full store refuses quickly.
     */
    private boolean compact()
    {
        if (futile && nowNs - futileNs < COMPACT_PAUSE_NS)
        {
            return false;
        }

        futile = false;
        for (final Partition partition : partitions)
        {
            if (partition != null && partition.store().maps().compact(COMPACT) > 0)
            {
                return true;
            }
        }

        futile = true;
        futileNs = nowNs;
        return false;
    }

    /**
     * Only whole pages pass from one partition to another: several entries of one victim go, and what stays there moves
     * together.
     */
    private boolean evictElsewhere(final Partition partition, final int keyLength, final int valueLength)
    {
        for (int i = 0; i < partitions.length; i++)
        {
            final Partition other = partitions[nextVictim];
            if (other != null && other != partition)
            {
                int gone = 0;
                while (gone < EVICT_ELSEWHERE && evictFrom(other, 0, 0, keyLength, valueLength))
                {
                    gone++;
                }
                if (isMaking)
                {
                    return false;
                }
                if (gone > 0)
                {
                    other.store().maps().compact(COMPACT);
                    return true;
                }
            }
            nextVictim = nextVictim + 1 == partitions.length ? 0 : nextVictim + 1;
        }

        return false;
    }

    /**
     * @return whether an entry is gone; of one that goes when others have heard of it, it is noted that room is made.
     */
    private boolean evictFrom(
        final Partition partition, final int structureId, final long hash, final int keyLength, final int valueLength)
    {
        victim = partition;
        if (!partition.isServing())
        {
            return false;
        }

        final boolean isGone = !partition.own.isEvictionUnderWay(partition.log()) &&
            partition.store().maps().evictionCandidate(structureId, hash, keyLength, valueLength, this);
        final boolean isUnderWay = partition.own.isEvictionUnderWay(partition.log());
        isMaking |= isUnderWay;
        return isGone && !isUnderWay;
    }
}
