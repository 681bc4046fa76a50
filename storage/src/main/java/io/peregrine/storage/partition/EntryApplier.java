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
import io.peregrine.storage.codec.MapCommandDecoder;
import io.peregrine.storage.codec.OpenSessionDecoder;
import io.peregrine.storage.codec.ResultStatus;
import io.peregrine.storage.codec.StructureKind;
import io.peregrine.storage.codec.TouchDecoder;
import io.peregrine.storage.log.EntryStamp;
import io.peregrine.storage.map.MapSpace;
import io.peregrine.storage.session.Sessions;
import org.agrona.DirectBuffer;

/**
 * Does what an entry says to structures and sessions, and writes its result. Whether the entry counts at all (its
 * session, its number) was decided before. Data agent's thread.
 */
final class EntryApplier
{
    private final MapSpace maps;
    private final MapChunks chunks;
    private final StructureTable structures;
    private final Sessions sessions;
    private final Workspace workspace;
    private final ResultWriter results;
    private final LockEntries locks;

    EntryApplier(
        final MapSpace maps,
        final MapChunks chunks,
        final StructureTable structures,
        final Sessions sessions,
        final Workspace workspace)
    {
        this.maps = maps;
        this.chunks = chunks;
        this.structures = structures;
        this.sessions = sessions;
        this.workspace = workspace;
        results = workspace.results;
        locks = new LockEntries(structures, workspace);
    }

    /**
     * Carry an entry out.
     *
     * @return false if it did nothing as a whole, for a reason that a part of the state cannot tell.
     */
    boolean apply(final DirectBuffer entry, final int offset, final long sequence, final long time, final Frontier all)
    {
        switch (EntryStamp.templateId(entry, offset))
        {
            case MapBatchDecoder.TEMPLATE_ID ->
            {
                return batch(entry, offset, sequence, time);
            }
            case MapCommandDecoder.TEMPLATE_ID ->
            {
                return command(entry, offset, sequence, time, all);
            }
            case OpenSessionDecoder.TEMPLATE_ID ->
            {
                workspace.openSession.wrapAndApplyHeader(entry, offset, workspace.header);
                sessions.open(sequence, workspace.openSession.timeout(), time);
                done(sequence);
            }
            case CloseSessionDecoder.TEMPLATE_ID ->
            {
                final CloseSessionDecoder close = workspace.closeSession;
                close.wrapAndApplyHeader(entry, offset, workspace.header);
                final boolean isClosed = sessions.close(close.target(), close.lastUsed());
                if (isClosed)
                {
                    locks.sessionEnded(close.target(), sequence, time, all);
                }
                tell(sequence, isClosed, ResultStatus.NO_SESSION);
                return isClosed;
            }
            case LockCommandDecoder.TEMPLATE_ID ->
            {
                return locks.command(entry, offset, sequence, time, all);
            }
            case FencedDecoder.TEMPLATE_ID ->
            {
                return fenced(entry, offset, sequence, time, all);
            }
            default -> applyToStructures(entry, offset, sequence, time, all);
        }
        return true;
    }

    /**
     * A fence counts as seen when something was done with it: whether it was is known of every entry, at a join too.
     */
    private boolean fenced(
        final DirectBuffer entry, final int offset, final long sequence, final long time, final Frontier all)
    {
        final int within = locks.check(entry, offset, sequence);
        if (within < 0 || !apply(entry, within, sequence, time, all))
        {
            return false;
        }
        locks.seen(all);
        return true;
    }

    /**
     * Carry out what an entry does before a frontier, while a snapshot and the log are being joined.
     */
    void replay(
        final DirectBuffer entry, final int offset, final long sequence, final long time, final Frontier frontier)
    {
        switch (EntryStamp.templateId(entry, offset))
        {
            case MapBatchDecoder.TEMPLATE_ID -> replayBatch(entry, offset, sequence, time, frontier);
            case OpenSessionDecoder.TEMPLATE_ID ->
            {
                // sessions are of the last chunk
            }
            case CloseSessionDecoder.TEMPLATE_ID ->
            {
                workspace.closeSession.wrapAndApplyHeader(entry, offset, workspace.header);
                locks.sessionEnded(workspace.closeSession.target(), sequence, time, frontier);
            }
            case FencedDecoder.TEMPLATE_ID ->
            {
                final int within = locks.wrap(entry, offset);
                locks.seen(frontier);
                replay(entry, within, sequence, time, frontier);
            }
            default -> applyToStructures(entry, offset, sequence, time, frontier);
        }
    }

    private void applyToStructures(
        final DirectBuffer entry, final int offset, final long sequence, final long time, final Frontier frontier)
    {
        switch (EntryStamp.templateId(entry, offset))
        {
            case MapCommandDecoder.TEMPLATE_ID -> command(entry, offset, sequence, time, frontier);
            case LockCommandDecoder.TEMPLATE_ID -> locks.command(entry, offset, sequence, time, frontier);
            case CreateStructureDecoder.TEMPLATE_ID -> create(entry, offset, sequence);
            case ClearStructureDecoder.TEMPLATE_ID -> clear(entry, offset, sequence, frontier);
            case DropStructureDecoder.TEMPLATE_ID -> drop(entry, offset, sequence, frontier);
            case ExpireDecoder.TEMPLATE_ID -> expire(entry, offset, sequence, time, frontier);
            case TouchDecoder.TEMPLATE_ID -> touch(entry, offset, sequence, frontier);
            case EvictDecoder.TEMPLATE_ID -> evict(entry, offset, sequence, frontier);
            default -> done(sequence);
        }
    }

    /**
     * @return false if there is no such structure: it may be there again in a later chunk of a snapshot.
     */
    private boolean command(
        final DirectBuffer entry, final int offset, final long sequence, final long time, final Frontier frontier)
    {
        final Command command = workspace.command.wrap(entry, offset, workspace.hasher);
        final MapStructure structure = structures.map(command.structureId);
        if (structure == null || !frontier.covers(command.structureId, command.hash))
        {
            results.begin(sequence, ResultStatus.NO_STRUCTURE, 0, 0);
            return structure != null;
        }
        final ResultStatus status = structure.check(command);
        results.begin(sequence, status, 0, 1);
        if (status == ResultStatus.APPLIED)
        {
            structure.apply(command, sequence, time, results);
        }
        else
        {
            structure.tellFailed(command, results);
        }
        return true;
    }

    private boolean batch(final DirectBuffer entry, final int offset, final long sequence, final long time)
    {
        workspace.mapBatch.wrapAndApplyHeader(entry, offset, workspace.header);
        final BatchCommands batch = workspace.batch;
        batch.wrap(workspace.mapBatch);
        final ResultStatus status = batch.check(structures);
        if (status == ResultStatus.APPLIED)
        {
            results.begin(sequence, status, 0, batch.size());
            maps.lock().beginWrite();
            for (int i = 0; i < batch.size(); i++)
            {
                applyLocated(batch.get(i), sequence, time);
            }
            maps.lock().endWrite();
            return true;
        }
        final Command failed = batch.get(batch.failed());
        final MapStructure structure = structures.map(failed.structureId);
        results.begin(sequence, status, batch.failed(), structure == null ? 0 : 1);
        if (structure != null)
        {
            structure.tellFailed(failed, results);
        }
        return false;
    }

    private void replayBatch(
        final DirectBuffer entry, final int offset, final long sequence, final long time, final Frontier frontier)
    {
        workspace.mapBatch.wrapAndApplyHeader(entry, offset, workspace.header);
        final BatchCommands batch = workspace.batch;
        batch.wrap(workspace.mapBatch);
        results.begin(sequence, ResultStatus.APPLIED, 0, batch.size());
        for (int i = 0; i < batch.size(); i++)
        {
            final Command command = batch.get(i);
            if (structures.map(command.structureId) != null && frontier.covers(command.structureId, command.hash))
            {
                applyLocated(command, sequence, time);
            }
        }
    }

    private void applyLocated(final Command command, final long sequence, final long time)
    {
        final MapStructure structure = structures.map(command.structureId);
        structure.locate(command);
        structure.apply(command, sequence, time, results);
    }

    private void create(final DirectBuffer entry, final int offset, final long sequence)
    {
        final CreateStructureDecoder create = workspace.createStructure;
        create.wrapAndApplyHeader(entry, offset, workspace.header);
        create(create.structureId(), create.kind(), create.traits());
        done(sequence);
    }

    void create(final int structureId, final StructureKind kind, final int traits)
    {
        if (structures.get(structureId) == null && StructureIds.isSound(structureId, kind.value()))
        {
            structures.add(switch (kind)
            {
                case LOCKS, SEMAPHORES, LATCHES -> new LockStructure(structureId, maps, chunks, workspace);
                case FENCES -> new FenceStructure(workspace);
                default -> new MapStructure(maps.create(structureId, traits), traits, chunks, workspace.rules);
            });
        }
    }

    private void clear(final DirectBuffer entry, final int offset, final long sequence, final Frontier frontier)
    {
        workspace.clearStructure.wrapAndApplyHeader(entry, offset, workspace.header);
        final Structure structure = structures.get(workspace.clearStructure.structureId());
        final long removed = structure == null ? 0 : clear(structure, frontier);
        tell(sequence, structure != null, ResultStatus.NO_STRUCTURE);
        results.removed(removed);
    }

    private void drop(final DirectBuffer entry, final int offset, final long sequence, final Frontier frontier)
    {
        workspace.dropStructure.wrapAndApplyHeader(entry, offset, workspace.header);
        final int structureId = workspace.dropStructure.structureId();
        final Structure structure = structures.get(structureId);
        if (structure != null && frontier.isListedAfter(structureId, sequence))
        {
            clear(structure, frontier);
        }
        else if (structure != null)
        {
            structure.close();
            structures.remove(structureId);
            maps.drop(structureId);
        }
        tell(sequence, structure != null, ResultStatus.NO_STRUCTURE);
    }

    private static long clear(final Structure structure, final Frontier frontier)
    {
        if (frontier.coversWhole(structure.id()))
        {
            return structure.clear();
        }

        structure.clearBelow(frontier.cursorIn(structure.id()));
        return 0;
    }

    private void expire(
        final DirectBuffer entry, final int offset, final long sequence, final long time, final Frontier frontier)
    {
        final ExpireDecoder expire = workspace.expire.wrapAndApplyHeader(entry, offset, workspace.header);
        for (final ExpireDecoder.RecordsDecoder record : expire.records())
        {
            final long end = record.end();
            final KeyedStructure structure = keyed(record.structureId());
            final int length = record.keyLength();
            final int at = expire.limit() + ExpireDecoder.RecordsDecoder.keyHeaderLength();
            record.skipKey();
            final long hash = workspace.hasher.hash(entry, at, length);
            if (structure != null && frontier.covers(structure.id(), hash))
            {
                structure.expire(hash, entry, at, length, end, sequence, time);
            }
        }
        done(sequence);
    }

    private void touch(final DirectBuffer entry, final int offset, final long sequence, final Frontier frontier)
    {
        final TouchDecoder touch = workspace.touch.wrapAndApplyHeader(entry, offset, workspace.header);
        for (final TouchDecoder.RecordsDecoder record : touch.records())
        {
            final long usedAt = record.usedAt();
            final MapStructure map = map(record.structureId());
            final int length = record.keyLength();
            final int at = touch.limit() + TouchDecoder.RecordsDecoder.keyHeaderLength();
            record.skipKey();
            final long hash = workspace.hasher.hash(entry, at, length);
            if (map != null && frontier.covers(map.id(), hash))
            {
                map.touch(hash, entry, at, length, usedAt);
            }
        }
        done(sequence);
    }

    private void evict(final DirectBuffer entry, final int offset, final long sequence, final Frontier frontier)
    {
        final EvictDecoder evict = workspace.evict.wrapAndApplyHeader(entry, offset, workspace.header);
        for (final EvictDecoder.RecordsDecoder record : evict.records())
        {
            final long version = record.version();
            final MapStructure map = map(record.structureId());
            final int length = record.keyLength();
            final int at = evict.limit() + EvictDecoder.RecordsDecoder.keyHeaderLength();
            record.skipKey();
            final long hash = workspace.hasher.hash(entry, at, length);
            if (map != null && frontier.covers(map.id(), hash))
            {
                map.evict(hash, entry, at, length, version);
            }
        }
        done(sequence);
    }

    private MapStructure map(final int structureId)
    {
        return structures.map(structureId);
    }

    KeyedStructure keyed(final int structureId)
    {
        return structures.get(structureId) instanceof KeyedStructure keyed ? keyed : null;
    }

    private void done(final long sequence)
    {
        results.begin(sequence, ResultStatus.APPLIED, 0, 0);
    }

    private void tell(final long sequence, final boolean applied, final ResultStatus otherwise)
    {
        results.begin(sequence, applied ? ResultStatus.APPLIED : otherwise, 0, 0);
    }
}
