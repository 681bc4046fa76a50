package io.peregrine.storage.partition;

import io.peregrine.storage.codec.FencedDecoder;
import io.peregrine.storage.codec.LockCommandDecoder;
import io.peregrine.storage.codec.ResultStatus;
import io.peregrine.storage.lock.FenceTable;
import io.peregrine.storage.lock.LockCall;
import org.agrona.DirectBuffer;

/**
 * Does what entries say to locks, and looks at the fences that writes carry. Data agent's thread.
 */
final class LockEntries
{
    private final StructureTable structures;
    private final Workspace workspace;
    private final ResultWriter results;
    private int lockPartition;
    private long lock;
    private long fence;

    LockEntries(final StructureTable structures, final Workspace workspace)
    {
        this.structures = structures;
        this.workspace = workspace;
        results = workspace.results;
    }

    /**
     * Carry out a command on a lock, a semaphore or a latch.
     *
     * @return false if there are none here: there may be in a later chunk of a snapshot.
     */
    boolean command(
        final DirectBuffer entry, final int offset, final long sequence, final long time, final Frontier frontier)
    {
        final LockCommandDecoder command = workspace.lockCommand.wrapAndApplyHeader(entry, offset, workspace.header);
        final int at = command.limit() + LockCommandDecoder.nameHeaderLength();
        final int length = command.nameLength();
        final long hash = workspace.hasher.hash(entry, at, length);
        final LockStructure locks = locks(command.structureId());
        if (locks == null || !frontier.covers(locks.id(), hash))
        {
            results.begin(sequence, ResultStatus.NO_STRUCTURE, 0, 0);
            return locks != null;
        }
        final LockCall call = workspace.lockCall
            .lock(hash, entry, at, length)
            .by(command.sessionId(), command.holder(), command.fence())
            .lasting(command.lease(), command.waiting())
            .counting(command.total(), command.permits())
            .flags(command.flags().unbound(), command.flags().freshFence())
            .at(sequence, time);
        final ResultStatus status = locks.table().apply(command.action(), call);
        results.begin(sequence, status, 0, 1);
        results.command(call.toldFence(), call.toldEnd(), null);
        return true;
    }

    /**
     * Those who wait with a session that has ended wait no longer.
     */
    void sessionEnded(final long sessionId, final long sequence, final long time, final Frontier frontier)
    {
        for (final int id : StructureIds.WITH_LINES)
        {
            final LockStructure locks = locks(id);
            if (locks != null)
            {
                locks.sessionEnded(workspace.lockCall.by(sessionId, 0, 0).at(sequence, time), frontier);
            }
        }
    }

    /**
     * Look at the fence of a Fenced entry; tells of it when it is refused.
     *
     * @return offset of the entry within, or -1 if it is not to take effect.
     */
    int check(final DirectBuffer entry, final int offset, final long sequence)
    {
        final int within = wrap(entry, offset);
        final FenceTable fences = fences();
        if (fences == null)
        {
            results.begin(sequence, ResultStatus.NO_STRUCTURE, 0, 0);
            return -1;
        }
        if (fences.isStale(lockPartition, lock, fence))
        {
            results.begin(sequence, ResultStatus.STALE_FENCE, 0, 1);
            results.command(fences.bound(lockPartition, lock), fence, null);
            return -1;
        }
        return within;
    }

    /**
     * The entry that was last looked at has taken effect, or had by the one who made the log.
     */
    void seen(final Frontier frontier)
    {
        final FenceTable fences = fences();
        if (fences != null && frontier.coversWhole(StructureIds.FENCES))
        {
            fences.seen(lockPartition, lock, fence);
        }
    }

    /**
     * @return offset of the entry within a Fenced entry.
     */
    int wrap(final DirectBuffer entry, final int offset)
    {
        final FencedDecoder fenced = workspace.fenced.wrapAndApplyHeader(entry, offset, workspace.header);
        lockPartition = fenced.lockPartition();
        lock = fenced.lockHash();
        fence = fenced.fence();
        return fenced.limit() + FencedDecoder.withinHeaderLength();
    }

    private LockStructure locks(final int id)
    {
        return structures.get(id) instanceof LockStructure locks ? locks : null;
    }

    private FenceTable fences()
    {
        return structures.get(StructureIds.FENCES) instanceof FenceStructure fences ? fences.table() : null;
    }
}
