package io.peregrine.storage.partition;

import java.nio.ByteOrder;

import io.peregrine.storage.codec.MessageHeaderDecoder;
import io.peregrine.storage.codec.SnapshotChunkDecoder;
import io.peregrine.storage.codec.StructureKind;
import io.peregrine.storage.log.EntryStamp;
import io.peregrine.storage.log.Sequences;
import io.peregrine.storage.session.SessionSnapshot;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongArrayList;
import org.agrona.collections.LongHashSet;

/**
 * Makes a partition out of the chunks of a snapshot and the log. Data agent's thread.
 * <p>
 * <b>The rule.</b> Chunks are of rising sequences, because entries went on being applied while they were made. A record
 * in a chunk of sequence q has seen every entry up to q; so an entry e takes effect on it here if, and only if, e is
 * later than q. Chunks follow each other in the order of (structure, cursor), and their sequences never fall along it;
 * so what entry e still has to be done to is always everything before one place, the frontier of e: the end of the last
 * chunk whose sequence is below e.
 * <p>
 * A command on one key needs nothing but that key: where it is before the frontier its record is as it was before e,
 * and e is applied to it as ever; elsewhere it is left alone. A batch has conditions on keys on both sides of the
 * frontier, and those beyond have gone on in time; whether it held cannot be found out here, nor whether an entry was
 * the repeat of a request, as sessions come last, nor whether its structure was there, as it may have been made again.
 * These are facts that the writer knows: each chunk names the entries since the chunk before that did nothing as a
 * whole. Every other batch took place, all of it, and then each of its commands again needs nothing but its own key. A
 * structure that was dropped and is in a later chunk again loses only what lies before the frontier.
 * <p>
 * Entries after the last chunk are applied to everything, sessions included. Sessions and kept results are in one
 * chunk, the last, because which result gives way depends on all of them together.
 * <p>
 * <b>Use.</b> Give chunks to {@link #load} in order, and entries, from the one after {@link #snapshotId()} on, in order
 * to {@link #apply}, as early as it takes them; the store may be used when one of them says COMPLETE. Whatever comes
 * from outside is checked as a whole before anything changes.
 */
public final class SnapshotLoader
{
    private static final int END_FIELDS = 3;

    private final PartitionStore store;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SnapshotChunkDecoder chunk = new SnapshotChunkDecoder();
    private final SessionSnapshot sessions = new SessionSnapshot();
    private final ChunkCheck check;
    private final Frontier frontier = new Frontier();
    private final LongHashSet voids = new LongHashSet();
    private final LongArrayList ends = new LongArrayList();
    private int nextEnd;
    private boolean hasAllChunks;
    private boolean isFailed;
    private long applied;
    private long time;

    /**
     * Begin to load.
     *
     * @param store an empty partition, not used by anyone else until it is complete.
     */
    public SnapshotLoader(final PartitionStore store)
    {
        if (store.sequence() != 0 || store.structures.size() != 0)
        {
            throw new IllegalArgumentException("the partition is not empty");
        }
        this.store = store;
        check = new ChunkCheck(store);
        frontier.set(0, 0);
    }

    /**
     * Load the next chunk.
     *
     * @param buffer with the chunk.
     * @param offset where.
     * @param length bytes.
     * @return what became of it.
     */
    public LoadResult load(final DirectBuffer buffer, final int offset, final int length)
    {
        if (isFailed)
        {
            return LoadResult.NO_MEMORY;
        }
        final LoadResult verdict = hasAllChunks ? LoadResult.OUT_OF_ORDER : check.chunk(buffer, offset, length);
        if (verdict != LoadResult.LOADED)
        {
            return verdict;
        }
        chunk.wrapAndApplyHeader(buffer, offset, header);
        final int voidsLength = chunk.voidsLength();
        final int voidsAt = chunk.limit() + SnapshotChunkDecoder.voidsHeaderLength();
        chunk.skipVoids();
        final int bodyLength = chunk.bodyLength();
        final int bodyAt = chunk.limit() + SnapshotChunkDecoder.bodyHeaderLength();
        chunk.skipBody();
        final boolean isLast = chunk.kind() == 0;
        if (isLast && store.rules().takesSessions() &&
            !sessions.load(store.sessions(), chunk.sequence(), buffer, bodyAt, bodyLength))
        {
            return LoadResult.GARBAGE;
        }
        if (!isLast && !loadStructure(buffer, bodyAt))
        {
            isFailed = true;
            return LoadResult.NO_MEMORY;
        }
        accept(buffer, voidsAt, voidsLength, isLast);
        return isComplete() ? LoadResult.COMPLETE : LoadResult.LOADED;
    }

    private boolean loadStructure(final DirectBuffer buffer, final int bodyAt)
    {
        final int structureId = chunk.structureId();
        frontier.listed(structureId, chunk.sequence());
        store.applier.create(structureId, StructureKind.get(chunk.kind()), chunk.traits());
        return store.structures.get(structureId).load(buffer, bodyAt);
    }

    private void accept(final DirectBuffer buffer, final int voidsAt, final int voidsLength, final boolean isLast)
    {
        for (int at = 0; at < voidsLength; at += Long.BYTES)
        {
            voids.add(buffer.getLong(voidsAt + at, ByteOrder.LITTLE_ENDIAN));
        }
        if (ends.isEmpty())
        {
            applied = chunk.sequence();
            time = chunk.time();
        }
        ends.addLong(chunk.sequence());
        ends.addLong(chunk.toStructure());
        ends.addLong(chunk.toCursor());
        check.accepted(chunk);
        if (isLast)
        {
            hasAllChunks = true;
            store.sequence = chunk.sequence();
            store.time = chunk.time();
        }
    }

    /**
     * Apply the next entry of the log.
     *
     * @param entry  buffer with the entry.
     * @param offset of its header.
     * @param length bytes.
     * @param sink   receives the result of an entry that is later than all chunks.
     * @return what became of it; COMPLETE entries may go to the store directly as well.
     */
    public LoadResult apply(final DirectBuffer entry, final int offset, final int length, final ResultSink sink)
    {
        final long sequence = EntryStamp.sequence(entry, offset);
        if (isFailed)
        {
            return LoadResult.NO_MEMORY;
        }
        if (isComplete() && sequence > store.sequence())
        {
            store.apply(entry, offset, length, sink);
            return LoadResult.COMPLETE;
        }
        if (ends.isEmpty() || sequence > check.sequence())
        {
            return LoadResult.NOT_YET;
        }
        if (sequence > applied)
        {
            if (Sequences.counter(sequence) != Sequences.counter(applied) + 1)
            {
                return LoadResult.OUT_OF_ORDER;
            }
            replay(entry, offset, sequence);
        }
        return isComplete() ? LoadResult.COMPLETE : LoadResult.LOADED;
    }

    private void replay(final DirectBuffer entry, final int offset, final long sequence)
    {
        while (nextEnd < ends.size() && store.rules().isBefore(ends.getLong(nextEnd), sequence))
        {
            frontier.set((int) ends.getLong(nextEnd + 1), ends.getLong(nextEnd + 2));
            nextEnd += END_FIELDS;
        }
        time = Math.max(time, EntryStamp.time(entry, offset));
        if (!voids.contains(sequence))
        {
            store.applier.replay(entry, offset, sequence, time, frontier);
        }
        applied = sequence;
    }

    /**
     * The sequence of the first chunk: entries from the next one on are needed.
     *
     * @return sequence, 0 before the first chunk.
     */
    public long snapshotId()
    {
        return check.snapshotId();
    }

    /**
     * Is the partition whole?
     *
     * @return true if the store may be used.
     */
    public boolean isComplete()
    {
        return hasAllChunks && !isFailed && applied >= check.sequence();
    }
}
