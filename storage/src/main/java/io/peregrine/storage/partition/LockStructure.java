package io.peregrine.storage.partition;

import io.peregrine.storage.codec.LockAction;
import io.peregrine.storage.codec.ResultStatus;
import io.peregrine.storage.codec.StructureKind;
import io.peregrine.storage.lock.LockCall;
import io.peregrine.storage.lock.LockTable;
import io.peregrine.storage.map.MapSpace;
import io.peregrine.storage.map.RecordView;
import io.peregrine.storage.session.Digest;
import org.agrona.DirectBuffer;

/**
 * The locks of a partition: what their commands mean.
 */
final class LockStructure implements KeyedStructure
{
    private final LockTable table;
    private final MapSpace maps;
    private final MapChunks chunks;
    private final Workspace workspace;

    LockStructure(final MapSpace maps, final MapChunks chunks, final Workspace workspace)
    {
        this.maps = maps;
        this.chunks = chunks;
        this.workspace = workspace;
        table = new LockTable(
            maps.create(StructureIds.LOCKS, 0), workspace.pool.budget(), workspace.rules.locks());
    }

    LockTable table()
    {
        return table;
    }

    @Override
    public int id()
    {
        return StructureIds.LOCKS;
    }

    @Override
    public StructureKind kind()
    {
        return StructureKind.LOCKS;
    }

    @Override
    public int traits()
    {
        return 0;
    }

    /**
     * Apply: carry a command out.
     *
     * @param call with all that it says, and what is told of it afterwards.
     */
    ResultStatus apply(final LockAction action, final LockCall call)
    {
        return switch (action)
        {
            case ACQUIRE -> table.acquire(call);
            case RENEW -> table.renew(call);
            case RELEASE -> table.release(call);
            case LEAVE -> table.leave(call);
            case FORCE -> table.force(call);
            case NULL_VAL -> ResultStatus.NOT_HOLDER;
        };
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
    void sessionEnded(final long sessionId, final Frontier frontier)
    {
        table.queues().ended(sessionId, (hash) -> frontier.covers(StructureIds.LOCKS, hash));
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
