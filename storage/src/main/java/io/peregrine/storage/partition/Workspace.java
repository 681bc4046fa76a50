package io.peregrine.storage.partition;

import io.peregrine.storage.codec.ClearStructureDecoder;
import io.peregrine.storage.codec.CloseSessionDecoder;
import io.peregrine.storage.codec.CreateStructureDecoder;
import io.peregrine.storage.codec.DropStructureDecoder;
import io.peregrine.storage.codec.EvictDecoder;
import io.peregrine.storage.codec.ExpireDecoder;
import io.peregrine.storage.codec.FencedDecoder;
import io.peregrine.storage.codec.LockCommandDecoder;
import io.peregrine.storage.codec.MapBatchDecoder;
import io.peregrine.storage.codec.MessageHeaderDecoder;
import io.peregrine.storage.codec.OpenSessionDecoder;
import io.peregrine.storage.codec.TouchDecoder;
import io.peregrine.storage.lock.FenceSnapshot;
import io.peregrine.storage.lock.LockCall;
import io.peregrine.storage.lock.LockSnapshot;
import io.peregrine.storage.memory.KeyHasher;
import io.peregrine.storage.memory.PagePool;

/**
 * What the partitions of one data agent share while they apply, one after the other: flyweights, the commands of a
 * batch, the place where results are encoded. Data agent's thread.
 */
public final class Workspace
{
    final PagePool pool;
    final KeyHasher hasher;
    final StoreRules rules;
    final ResultWriter results = new ResultWriter();
    final Command command = new Command();
    final BatchCommands batch;
    final MessageHeaderDecoder header = new MessageHeaderDecoder();
    final MapBatchDecoder mapBatch = new MapBatchDecoder();
    final CreateStructureDecoder createStructure = new CreateStructureDecoder();
    final ClearStructureDecoder clearStructure = new ClearStructureDecoder();
    final DropStructureDecoder dropStructure = new DropStructureDecoder();
    final ExpireDecoder expire = new ExpireDecoder();
    final TouchDecoder touch = new TouchDecoder();
    final EvictDecoder evict = new EvictDecoder();
    final OpenSessionDecoder openSession = new OpenSessionDecoder();
    final CloseSessionDecoder closeSession = new CloseSessionDecoder();
    final LockCommandDecoder lockCommand = new LockCommandDecoder();
    final FencedDecoder fenced = new FencedDecoder();
    final LockCall lockCall = new LockCall();
    final LockSnapshot lockSnapshot;
    final FenceSnapshot fenceSnapshot = new FenceSnapshot();

    /**
     * The workspace of a data agent.
     *
     * @param pool   of its pages: loading a snapshot reserves from it.
     * @param hasher of keys.
     */
    public Workspace(final PagePool pool, final KeyHasher hasher)
    {
        this(pool, hasher, new StoreRules());
    }

    /**
     * The workspace of a data agent.
     *
     * @param pool   of its pages: loading a snapshot reserves from it.
     * @param hasher of keys.
     * @param rules  that entries are applied by.
     */
    public Workspace(final PagePool pool, final KeyHasher hasher, final StoreRules rules)
    {
        this.rules = rules;
        this.pool = pool;
        this.hasher = hasher;
        batch = new BatchCommands(hasher);
        lockSnapshot = new LockSnapshot(hasher);
    }
}
