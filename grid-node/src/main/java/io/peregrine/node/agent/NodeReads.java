package io.peregrine.node.agent;

import io.peregrine.client.port.LocalReads;
import io.peregrine.client.port.ReadDetails;
import io.peregrine.node.partition.ServingTerm;
import io.peregrine.storage.map.MapReader;
import io.peregrine.storage.map.ReadMeta;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Reads of one map from the memory of the partitions, on the caller's thread. A read counts only when the partition
 * served under the same term before and after it; otherwise the agent is asked. The codes of the storage's reader and
 * of the port are the same numbers, which the constructor checks.
 */
final class NodeReads implements LocalReads
{
    private static final ThreadLocal<ReadMeta> META = ThreadLocal.withInitial(ReadMeta::new);

    private final int structureId;
    private final Shard[] shards;
    private final NodeGate gate;

    /**
     * Where the map was found so far, by partition. Races are harmless: these have final fields.
     */
    private final Served[] served;

    /**
     * The same, while {@link #isTimed} is not set; then nothing.
     */
    private Served[] untimed;

    /**
     * Whether some entry of the map had an expiry, or its reads leave traces. A clock costs a read more than the time
     * to read it: it keeps the core from fetching for the next read meanwhile. Races are harmless.
     */
    private boolean isTimed;

    NodeReads(final int structureId, final Shard[] shards, final NodeGate gate)
    {
        if (MapReader.ABSENT != ABSENT || MapReader.ASK_WRITER != ASK_AGENT || MapReader.DESTROYED != DESTROYED ||
            MapReader.requiredLength(TOO_LONG) != LocalReads.requiredLength(TOO_LONG))
        {
            throw new IllegalStateException("the codes of storage and port differ");
        }
        this.structureId = structureId;
        this.shards = shards;
        this.gate = gate;
        this.served = new Served[shards.length];
        this.untimed = served;
    }

    /**
     * No term comes back, so one that is there after the read was there all the time since it was found.
     */
    @Override
    public int tryGet(
        final int partition,
        final long hash,
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength,
        final MutableDirectBuffer dst,
        final int dstOffset,
        final int dstLength)
    {
        final Served known = untimed[partition];
        if (known == null)
        {
            return ASK_AGENT;
        }

        final int result = known.reader.tryGet(hash, key, keyOffset, keyLength, dst, dstOffset, dstLength);
        return isStill(partition, known.term) && !gate.isClosed() ? result : ASK_AGENT;
    }

    @Override
    public int get(
        final int partition,
        final long hash,
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength,
        final MutableDirectBuffer dst,
        final int dstOffset,
        final int dstLength)
    {
        return read(partition, hash, key, keyOffset, keyLength, dst, dstOffset, dstLength, null);
    }

    @Override
    public int get(
        final int partition,
        final long hash,
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength,
        final MutableDirectBuffer dst,
        final int dstOffset,
        final int dstLength,
        final ReadDetails details)
    {
        return read(partition, hash, key, keyOffset, keyLength, dst, dstOffset, dstLength, details);
    }

    @Override
    public int find(
        final int partition,
        final long hash,
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength,
        final ReadDetails details)
    {
        return read(partition, hash, key, keyOffset, keyLength, null, 0, 0, details);
    }

    @Override
    public long size()
    {
        long size = 0;
        for (int partition = 0; partition < shards.length; partition++)
        {
            final ServingTerm term = term(partition);
            final MapReader reader = term == null ? null : reader(partition, term);
            if (reader == null)
            {
                final int code = withoutReader(partition, term);
                if (code != ABSENT)
                {
                    return code;
                }
                continue;
            }
            if (reader.isDestroyed())
            {
                return withoutTerm(DESTROYED);
            }

            size += reader.size();
            if (!isStill(partition, term))
            {
                return withoutTerm(ASK_AGENT);
            }
        }

        return gate.isClosed() ? CLOSED : size;
    }

    private ServingTerm term(final int partition)
    {
        return shards[partition].partition().term();
    }

    /**
     * @return whether nobody else can have led before now since the term was looked at, so that what was read is good.
     */
    private boolean isStill(final int partition, final ServingTerm term)
    {
        return term(partition) == term && (term.lease() == null || term.lease().holds());
    }

    /**
     * Any read, with all that may come in between. Without a destination the value is not copied.
     */
    private int read(
        final int partition,
        final long hash,
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength,
        final MutableDirectBuffer dst,
        final int dstOffset,
        final int dstLength,
        final ReadDetails details)
    {
        final ServingTerm term = term(partition);
        final MapReader reader = term == null ? null : reader(partition, term);
        if (reader == null)
        {
            return withoutReader(partition, term);
        }

        final ReadMeta meta = details == null ? null : META.get();
        long now = MapReader.NO_TIME;
        int result = MapReader.TIME_NEEDED;
        while (result == MapReader.TIME_NEEDED)
        {
            if (isTimed || details != null)
            {
                now = shards[partition].clock().nanoTime() + term.origin();
            }
            result = dst == null ? reader.find(hash, key, keyOffset, keyLength, now, meta) :
                reader.get(hash, key, keyOffset, keyLength, dst, dstOffset, dstLength, now, meta);
            if (result == MapReader.TIME_NEEDED)
            {
                isTimed = true;
                untimed = new Served[served.length];
            }
        }

        if (meta != null && (result >= 0 || LocalReads.isTooLong(result)))
        {
            tell(meta, now, details);
        }
        final boolean isGood = isStill(partition, term) && result != DESTROYED && !gate.isClosed();
        return isGood ? result : withoutTerm(result);
    }

    /**
     * The reader of the map where the partition serves now. One found before may be that of a copy which was dropped
     * since; where there is no other, it says that itself.
     */
    private MapReader reader(final int partition, final ServingTerm term)
    {
        final Served known = served[partition];
        if (known != null && known.term == term && !known.reader.isDestroyed())
        {
            return known.reader;
        }

        final MapReader found = term.maps().reader(structureId);
        if (found != null)
        {
            served[partition] = new Served(term, found);
        }

        return found == null && known != null ? known.reader : found;
    }

    /**
     * The map was never written to in the partition, or it is gone, or the partition does not serve.
     */
    private int withoutReader(final int partition, final ServingTerm term)
    {
        if (term == null || !isStill(partition, term))
        {
            return withoutTerm(ASK_AGENT);
        }

        if (gate.isClosed())
        {
            return CLOSED;
        }

        return gate.view().structures().byId(structureId) == null ? DESTROYED : ABSENT;
    }

    /**
     * The node may have been closed, or have failed, while the partition's own agent still runs.
     */
    private int withoutTerm(final int result)
    {
        if (gate.isClosed())
        {
            return CLOSED;
        }

        return result == DESTROYED && gate.view().structures().byId(structureId) == null ? DESTROYED : ASK_AGENT;
    }

    private static void tell(final ReadMeta meta, final long now, final ReadDetails details)
    {
        details.set(
            meta.version(),
            meta.deadline() == 0 ? ReadDetails.FOREVER : Math.max(0, meta.deadline() - now),
            meta.maxIdle() == 0 ? ReadDetails.FOREVER : meta.maxIdle());
    }

    /**
     * Where the map is read in one partition, and under which term that was found.
     */
    private record Served(ServingTerm term, MapReader reader)
    {
    }
}
