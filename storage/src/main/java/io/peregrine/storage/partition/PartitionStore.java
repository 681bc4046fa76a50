package io.peregrine.storage.partition;

import io.peregrine.storage.map.MapSpace;
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
 * which. Effects then take place in order, so of several commands on one key the last decides, and a command's
 * previousVersion and previous value are those that the one before it has left. Readers see a batch whole.
 * <p>
 * PUT, ADD and EXPIRE count as a use of the record, CHECK and failed commands do not. EXPIRE keeps version and value.
 */
public final class PartitionStore implements AutoCloseable
{
    /**
     * The most commands that one batch may have.
     */
    public static final int MAX_BATCH_COMMANDS = 1024;

    /**
     * An empty partition.
     *
     * @param partition its number.
     * @param maps      its empty space, closed with the store.
     * @param results   where results are encoded; one for all partitions of a data agent.
     */
    public PartitionStore(final int partition, final MapSpace maps, final Results results)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * The partition.
     *
     * @return its number.
     */
    public int partition()
    {
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
    }

    /**
     * The last entry applied.
     *
     * @return its sequence, 0 before the first.
     */
    public long sequence()
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Partition time: the highest that an applied entry has carried.
     *
     * @return nanoseconds.
     */
    public long time()
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Is there such a structure?
     *
     * @param structureId of it.
     * @return true from its creation to its drop.
     */
    public boolean hasStructure(final int structureId)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * The maps: to read them, and to ask for the pages that a put needs.
     *
     * @return always the same space.
     */
    public MapSpace maps()
    {
        throw new UnsupportedOperationException();
    }

    /**
     * The sessions: to classify a request before it becomes an entry.
     *
     * @return always the same object.
     */
    public Sessions sessions()
    {
        throw new UnsupportedOperationException();
    }

    /**
     * What is due, for the primary to append.
     *
     * @return always the same object.
     */
    public Deadlines deadlines()
    {
        throw new UnsupportedOperationException();
    }

    /**
     * A digest of all replicated state: structures, records with versions and expiries, sessions, kept results,
     * sequence and partition time. Equal states have equal digests, whatever way they came about; visits everything.
     *
     * @return 64 bits.
     */
    public long digest()
    {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close()
    {
        throw new UnsupportedOperationException();
    }
}
