package io.peregrine.storage.partition;

import io.peregrine.storage.codec.StructureKind;
import io.peregrine.storage.lock.LatchTable;
import io.peregrine.storage.lock.LineTable;
import io.peregrine.storage.lock.LockCall;
import io.peregrine.storage.lock.LockRules;
import io.peregrine.storage.lock.LockTable;
import io.peregrine.storage.lock.PermitTable;
import io.peregrine.storage.map.MapSpace;
import io.peregrine.storage.map.MapStore;
import io.peregrine.storage.map.RecordView;
import io.peregrine.storage.memory.MemoryBudget;
import io.peregrine.storage.session.Digest;
import org.agrona.DirectBuffer;

/**
 * The locks of a partition, or its semaphores, or its latches: how entries and snapshots reach them.
 */
final class LockStructure implements KeyedStructure
{
    private final int id;
    private final LineTable table;
    private final MapSpace maps;
    private final MapChunks chunks;
    private final Workspace workspace;

    LockStructure(final int id, final MapSpace maps, final MapChunks chunks, final Workspace workspace)
    {
        this.id = id;
        this.maps = maps;
        this.chunks = chunks;
        this.workspace = workspace;
        table = table(maps.create(id, 0), workspace.pool.budget(), workspace.rules.locks());
    }

    private LineTable table(final MapStore map, final MemoryBudget budget, final LockRules rules)
    {
        return switch (kind())
        {
            case LOCKS -> new LockTable(map, budget, rules);
            case SEMAPHORES -> new PermitTable(map, budget, rules);
            case LATCHES -> new LatchTable(map, budget, rules);
            default -> throw new IllegalArgumentException("not an id of locks: " + id);
        };
    }

    LineTable table()
    {
        return table;
    }

    @Override
    public int id()
    {
        return id;
    }

    @Override
    public StructureKind kind()
    {
        return StructureIds.kind(id);
    }

    @Override
    public int traits()
    {
        return 0;
    }

    @Override
    public RecordView find(final long hash, final DirectBuffer key, final int offset, final int length)
    {
        final long handle = table.map().find(hash, key, offset, length);
        return handle == 0 ? null : table.map().wrap(handle);
    }

    @Override
    public void expire(
        final long hash,
        final DirectBuffer key,
        final int offset,
        final int length,
        final long end,
        final long sequence,
        final long time)
    {
        table.expire(workspace.lockCall.lock(hash, key, offset, length).at(sequence, time), end);
    }

    /**
     * Apply: a session has ended.
     */
    void sessionEnded(final LockCall call, final Frontier frontier)
    {
        table.sessionEnded(call, (hash) -> frontier.covers(id, hash));
    }

    @Override
    public long clear()
    {
        final long removed = table.map().size();
        table.map().clear();
        table.close();
        return removed;
    }

    @Override
    public void clearBelow(final long cursor)
    {
        chunks.clearBelow(table.map(), cursor);
        table.forgetUnheld();
    }

    @Override
    public long writeChunk(final long cursor, final ChunkTarget target)
    {
        final long next = workspace.lockSnapshot.write(table, cursor, target.softLimit());
        target.put(workspace.lockSnapshot.buffer(), workspace.lockSnapshot.length());
        return next;
    }

    @Override
    public boolean load(final DirectBuffer body, final int offset)
    {
        return workspace.lockSnapshot.load(table, maps, workspace.pool, body, offset);
    }

    @Override
    public long digest()
    {
        return Digest.mix(4, id()) + chunks.digest(table.map()) + table.digest();
    }

    @Override
    public void close()
    {
        table.close();
    }
}
