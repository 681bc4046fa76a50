package io.peregrine.storage.partition;

import io.peregrine.storage.codec.ResultStatus;
import io.peregrine.storage.lock.FenceTable;
import io.peregrine.storage.lock.LineTable;
import io.peregrine.storage.lock.LockTable;
import io.peregrine.storage.log.EntryStamp;
import io.peregrine.storage.map.MapSpace;
import io.peregrine.storage.session.Digest;
import io.peregrine.storage.session.Session;
import io.peregrine.storage.session.Sessions;
import org.agrona.DirectBuffer;

/**
 * The state of one partition: structures by id, sessions, partition time. Data agent's thread, except that maps are
 * read on any thread.
 * <p>
 * State changes by {@link #apply} only. Apply is deterministic and total: the same entries in the same order make the
 * same state and the same results on the primary, on a backup, at a replay; it has no clock, looks at no limit and
 * never fails. Everything that may refuse (memory, lengths, counts) is asked before the entry enters the log.
 * <p>
 * Conditions see the state that the log has made, whatever the time is: a record past its end is there until an Expire
 * entry is applied. So the primary asks {@link Deadlines#isPastEnd} first and appends the expiry in front of the
 * command.
 * <p>
 * A structure is there from its CreateStructure entry to its DropStructure entry; the primary appends the first before
 * it first uses a structure that the control plane knows and {@link #hasStructure} does not. A command on another id
 * has the result NO_STRUCTURE.
 * <p>
 * A batch is all or nothing: every condition, each on the state before the batch, and every ADD, on what the commands
 * before it in the batch have left, is checked first; if one does not hold, nothing is done, and {@code failed} says
 * which, and its one command what was there. Effects then take place in order, so of several commands on one key the
 * last decides, and a command's previousVersion and previous value are those that the one before it has left. Readers
 * see a batch whole.
 * <p>
 * PUT, ADD and EXPIRE count as a use of the record, CHECK and failed commands do not. EXPIRE keeps version and value.
 * ADD keeps the expiry of a record that is there; one that it makes gets the expiry in the command.
 */
public final class PartitionStore implements AutoCloseable
{
    /**
     * The most commands that one batch may have.
     */
    public static final int MAX_BATCH_COMMANDS = 1024;

    final StructureTable structures = new StructureTable();
    final EntryApplier applier;
    final MapChunks chunks;
    final Workspace workspace;
    long sequence;
    long time;

    private final int partition;
    private final MapSpace maps;
    private final Sessions sessions = new Sessions();
    private final Deadlines deadlines;
    private final Frontier all = new Frontier();
    private VoidEntries voids;

    /**
     * An empty partition.
     *
     * @param partition its number.
     * @param maps      its empty space, closed with the store.
     * @param workspace of the data agent, shared by its partitions.
     */
    public PartitionStore(final int partition, final MapSpace maps, final Workspace workspace)
    {
        this.partition = partition;
        this.maps = maps;
        this.workspace = workspace;
        chunks = new MapChunks(maps, workspace.pool, workspace.hasher);
        applier = new EntryApplier(maps, chunks, structures, sessions, workspace);
        deadlines = new Deadlines(maps, applier, sessions);
    }

    /**
     * The partition.
     *
     * @return its number.
     */
    public int partition()
    {
        return partition;
    }

    /**
     * Apply the next committed entry.
     *
     * @param entry  buffer with it.
     * @param offset of its header.
     * @param length of it in bytes.
     * @param sink   receives its result.
     */
    public void apply(final DirectBuffer entry, final int offset, final int length, final ResultSink sink)
    {
        final long entrySequence = EntryStamp.sequence(entry, offset);
        assert length >= EntryStamp.LENGTH && entrySequence > sequence : "not the next entry";
        sequence = entrySequence;
        time = Math.max(time, EntryStamp.time(entry, offset));
        final long sessionId = EntryStamp.sessionId(entry, offset);
        final ResultWriter results = workspace.results;
        if (sessionId != 0)
        {
            applyRequest(sessionId, entry, offset, sink);
        }
        else
        {
            note(applier.apply(entry, offset, sequence, time, all));
            sink.onResult(results.buffer(), 0, results.length());
        }
    }

    private void applyRequest(
        final long sessionId, final DirectBuffer entry, final int offset, final ResultSink sink)
    {
        final ResultWriter results = workspace.results;
        final long number = EntryStamp.requestNumber(entry, offset);
        final Session session = sessions.find(sessionId);
        if (session != null && !session.isPast(number))
        {
            note(applier.apply(entry, offset, sequence, time, all));
            sessions.applied(
                session, number, EntryStamp.lowestUnanswered(entry, offset), time,
                results.buffer(), 0, results.length());
        }
        else
        {
            note(false);
            if (session != null && sessions.findResult(session, number))
            {
                sink.onResult(sessions.resultBuffer(), sessions.resultOffset(), sessions.resultLength());
                return;
            }
            results.begin(sequence, session == null ? ResultStatus.NO_SESSION : ResultStatus.FORGOTTEN, 0, 0);
        }
        sink.onResult(results.buffer(), 0, results.length());
    }

    StoreRules rules()
    {
        return workspace.rules;
    }

    private void note(final boolean counted)
    {
        if (!counted && voids != null)
        {
            voids.add(sequence);
        }
    }

    /**
     * Tell these of entries that do nothing as a whole; null = nobody asks.
     */
    void voids(final VoidEntries newVoids)
    {
        voids = newVoids;
    }

    VoidEntries voids()
    {
        return voids;
    }

    /**
     * The last entry applied.
     *
     * @return its sequence, 0 before the first.
     */
    public long sequence()
    {
        return sequence;
    }

    /**
     * Partition time: the highest that an applied entry has carried.
     *
     * @return nanoseconds.
     */
    public long time()
    {
        return time;
    }

    /**
     * Is there such a structure?
     *
     * @param structureId of it.
     * @return true from its creation to its drop.
     */
    public boolean hasStructure(final int structureId)
    {
        return structures.get(structureId) != null;
    }

    /**
     * The maps: to read them, and to ask for the pages that a put needs.
     *
     * @return always the same space.
     */
    public MapSpace maps()
    {
        return maps;
    }

    /**
     * The locks: to look at, and to have those woken who wait.
     *
     * @return null while no lock of the partition was ever asked for.
     */
    public LockTable locks()
    {
        return (LockTable) lines(StructureIds.LOCKS);
    }

    /**
     * The locks, the semaphores or the latches: to look at, and to have those woken who wait.
     *
     * @param structureId {@link StructureIds#LOCKS}, {@link StructureIds#SEMAPHORES} or {@link StructureIds#LATCHES}.
     * @return null while none of them was ever asked for in the partition.
     */
    public LineTable lines(final int structureId)
    {
        return structures.get(structureId) instanceof LockStructure locks ? locks.table() : null;
    }

    /**
     * The fences that writes have carried: to look at.
     *
     * @return null while no write has carried one.
     */
    public FenceTable fences()
    {
        return structures.get(StructureIds.FENCES) instanceof FenceStructure fences ? fences.table() : null;
    }

    /**
     * The sessions: to classify a request before it becomes an entry.
     *
     * @return always the same object.
     */
    public Sessions sessions()
    {
        return sessions;
    }

    /**
     * What is due, for the primary to append.
     *
     * @return always the same object.
     */
    public Deadlines deadlines()
    {
        return deadlines;
    }

    /**
     * A digest of all replicated state: structures, records with versions and expiries, sessions, kept results,
     * sequence and partition time. Equal states have equal digests, whatever way they came about; visits everything.
     *
     * @return 64 bits.
     */
    public long digest()
    {
        return Digest.mix(Digest.mix(sequence, time), structures.digest() + sessions.digest());
    }

    @Override
    public void close()
    {
        structures.close();
        maps.close();
    }
}
