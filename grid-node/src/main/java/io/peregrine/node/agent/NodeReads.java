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
     * Readers found so far, by partition. Races are harmless: a reader has final fields, and there is one for a map.
     */
    private final MapReader[] readers;

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
        this.readers = new MapReader[shards.length];
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
        final Shard shard = shards[partition];
        final ServingTerm term = shard.partition().term();
        final MapReader reader = term == null ? null : reader(partition, term);
        if (reader == null)
        {
            return withoutReader(shard, term);
        }

        int result = isTimed ? MapReader.TIME_NEEDED :
            reader.get(hash, key, keyOffset, keyLength, dst, dstOffset, dstLength, MapReader.NO_TIME);
        if (result == MapReader.TIME_NEEDED)
        {
            isTimed = true;
            result = reader.get(
                hash, key, keyOffset, keyLength, dst, dstOffset, dstLength, shard.clock().nanoTime() + term.origin());
        }
        return isGood(shard, term, result) ? result : withoutTerm(result);
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
        final Shard shard = shards[partition];
        final ServingTerm term = shard.partition().term();
        final MapReader reader = term == null ? null : reader(partition, term);
        if (reader == null)
        {
            return withoutReader(shard, term);
        }

        final ReadMeta meta = META.get();
        final long now = shard.clock().nanoTime() + term.origin();
        final int result = reader.get(hash, key, keyOffset, keyLength, dst, dstOffset, dstLength, now, meta);
        if (result >= 0 || LocalReads.isTooLong(result))
        {
            tell(meta, now, details);
        }
        return isGood(shard, term, result) ? result : withoutTerm(result);
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
        final Shard shard = shards[partition];
        final ServingTerm term = shard.partition().term();
        final MapReader reader = term == null ? null : reader(partition, term);
        if (reader == null)
        {
            return withoutReader(shard, term);
        }

        final ReadMeta meta = details == null ? null : META.get();
        final long now = shard.clock().nanoTime() + term.origin();
        final int result = reader.find(hash, key, keyOffset, keyLength, now, meta);
        if (result >= 0 && meta != null)
        {
            tell(meta, now, details);
        }
        return isGood(shard, term, result) ? result : withoutTerm(result);
    }

    @Override
    public long size()
    {
        long size = 0;
        for (int partition = 0; partition < shards.length; partition++)
        {
            final Shard shard = shards[partition];
            final ServingTerm term = shard.partition().term();
            final MapReader reader = term == null ? null : reader(partition, term);
            if (reader == null)
            {
                final int code = withoutReader(shard, term);
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
        }

        return gate.isClosed() ? CLOSED : size;
    }

    private MapReader reader(final int partition, final ServingTerm term)
    {
        MapReader reader = readers[partition];
        if (reader == null)
        {
            reader = term.maps().reader(structureId);
            readers[partition] = reader;
        }

        return reader;
    }

    /**
     * The map was never written to in the partition, or it is gone, or the partition does not serve.
     */
    private int withoutReader(final Shard shard, final ServingTerm term)
    {
        if (term == null || shard.partition().term() != term)
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
    private boolean isGood(final Shard shard, final ServingTerm term, final int result)
    {
        return shard.partition().term() == term && result != DESTROYED && !gate.isClosed();
    }

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
}
