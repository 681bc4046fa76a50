package io.peregrine.node.partition.learning;

import io.peregrine.client.port.KeyHash;
import io.peregrine.storage.log.EntryLog;
import io.peregrine.storage.log.EntryStamp;
import io.peregrine.storage.log.PartitionLog;
import io.peregrine.storage.map.MapSpace;
import io.peregrine.storage.memory.MemoryBudget;
import io.peregrine.storage.memory.PagePool;
import io.peregrine.storage.partition.PartitionStore;
import io.peregrine.storage.partition.Workspace;
import org.agrona.DirectBuffer;

/**
 * One node with one copy of a partition: memory, log and store.
 */
class Site implements AutoCloseable
{
    static final int PARTITION = 7;
    private static final int LOG_BYTES = 1 << 20;
    private static final int MAX_ENTRY = 8192;

    final PagePool pool;
    final EntryLog entries = new EntryLog(LOG_BYTES, MAX_ENTRY);
    PartitionLog log = new PartitionLog(PARTITION);
    PartitionStore store;

    private final Workspace workspace;

    Site(final long memory)
    {
        pool = new PagePool(new MemoryBudget(memory));
        workspace = new Workspace(pool, KeyHash::hash);
        store = emptyStore();
    }

    final PartitionStore emptyStore()
    {
        return new PartitionStore(PARTITION, new MapSpace(pool, KeyHash::hash), workspace);
    }

    final boolean append(final DirectBuffer buffer, final int offset, final int length)
    {
        if (!entries.claim(length))
        {
            return false;
        }
        entries.buffer().putBytes(entries.offset(), buffer, offset, length);
        entries.commit(log, length);
        return true;
    }

    /**
     * Apply what is committed, as far as it goes.
     */
    final void advance(final long committed, final Learner learner)
    {
        if (committed > log.committed())
        {
            log.committed(Math.min(committed, log.last()));
        }
        long at = entries.after(log, log.applied());
        while (at != EntryLog.NO_POSITION && EntryStamp.sequence(entries.buffer(), entries.offset(at)) <= committed)
        {
            final int offset = entries.offset(at);
            if (learner != null && learner.isLoading())
            {
                if (!learner.apply(entries.buffer(), offset, entries.length(at)))
                {
                    return;
                }
            }
            else
            {
                store.apply(entries.buffer(), offset, entries.length(at), (buffer, from, length) -> {});
            }
            log.applied(EntryStamp.sequence(entries.buffer(), offset));
            at = entries.next(at);
        }
    }

    final void forgetLog()
    {
        entries.truncate(log, log.committed());
        log.applied(log.committed());
        entries.trim(log, log.applied());
        log = new PartitionLog(PARTITION);
    }

    @Override
    public void close()
    {
        if (store != null)
        {
            store.close();
        }
        pool.closeNow();
        entries.close();
    }
}
