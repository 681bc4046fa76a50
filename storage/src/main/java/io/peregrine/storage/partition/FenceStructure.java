package io.peregrine.storage.partition;

import io.peregrine.storage.codec.StructureKind;
import io.peregrine.storage.lock.FenceTable;
import io.peregrine.storage.session.Digest;
import org.agrona.DirectBuffer;

/**
 * The fences that writes to a partition have carried: one place in the order of structures, in one chunk.
 */
final class FenceStructure implements Structure
{
    private final FenceTable table;
    private final Workspace workspace;

    FenceStructure(final Workspace workspace)
    {
        this.workspace = workspace;
        table = new FenceTable(workspace.pool.budget(), workspace.rules.locks());
    }

    FenceTable table()
    {
        return table;
    }

    @Override
    public int id()
    {
        return StructureIds.FENCES;
    }

    @Override
    public StructureKind kind()
    {
        return StructureKind.FENCES;
    }

    @Override
    public int traits()
    {
        return 0;
    }

    @Override
    public long clear()
    {
        final long removed = table.size();
        table.close();
        return removed;
    }

    /**
     * Its one chunk is before a cursor or it is not.
     */
    @Override
    public void clearBelow(final long cursor)
    {
        if (cursor != 0)
        {
            table.close();
        }
    }

    @Override
    public long writeChunk(final long cursor, final ChunkTarget target)
    {
        workspace.fenceSnapshot.write(table);
        target.put(workspace.fenceSnapshot.buffer(), workspace.fenceSnapshot.length());
        return END;
    }

    @Override
    public boolean load(final DirectBuffer body, final int offset)
    {
        workspace.fenceSnapshot.load(table, body, offset);
        return true;
    }

    @Override
    public long digest()
    {
        return Digest.mix(Digest.mix(6, id()), table.digest());
    }

    @Override
    public void close()
    {
        table.close();
    }
}
