package io.peregrine.node.partition;

import io.peregrine.client.codec.Reason;
import io.peregrine.client.port.MessageSink;
import io.peregrine.node.control.Assignment;
import io.peregrine.node.replication.Rules;
import io.peregrine.storage.log.EntryLog;
import io.peregrine.storage.log.EntryStamp;
import io.peregrine.storage.log.PartitionLog;
import io.peregrine.storage.log.Sequences;
import io.peregrine.storage.memory.PagePool;
import io.peregrine.storage.partition.PartitionStore;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The log and the state of one partition at this member, whatever its role: entries are appended, committed, applied,
 * and those who wait for their results are answered. Data agent's thread.
 */
abstract class Copy
{
    final int id;
    final Waiting waiting = new Waiting();
    final OwnEntries own = new OwnEntries();
    final LockWaits lockWaits;

    private final AgentMemory memory;
    private final EntryLog entries;
    private final PagePool pool;
    private final HeldPages held;
    private final Outcomes outcomes;
    private final Rules rules;
    private final Tally tally;
    private PartitionLog log;
    private PartitionStore store;
    private long lastTime;
    private int pagesOfNext;
    private long nextToApply = EntryLog.NO_POSITION;
    private long moves;
    private boolean applying;

    Copy(final int id, final AgentMemory memory, final Rules rules, final Outcomes outcomes, final Tally tally)
    {
        this.id = id;
        this.memory = memory;
        this.entries = memory.entries();
        this.pool = memory.pool();
        this.held = new HeldPages(pool);
        this.rules = rules;
        this.lockWaits = new LockWaits(rules);
        this.outcomes = outcomes;
        this.tally = tally;
        this.store = memory.newStore(id);
        this.log = new PartitionLog(id);
    }

    /**
     * The claimed entry is to be appended.
     */
    abstract void append(int length);

    abstract boolean isLeading();

    /**
     * @return whether a part of the state is missing: then entries go to {@link #load}.
     */
    abstract boolean isLoading();

    /**
     * @return false where the turn of the entry comes later.
     */
    abstract boolean load(DirectBuffer buffer, int offset, int length);

    final PartitionStore store()
    {
        return store;
    }

    final PartitionLog log()
    {
        return log;
    }

    final EntryLog entries()
    {
        return entries;
    }

    /**
     * @return whether it broke in the middle of an entry: its state can be trusted no longer.
     */
    final boolean isBroken()
    {
        return applying;
    }

    /**
     * @return the latest partition time that an entry of the log carries, applied or not.
     */
    final long lastTime()
    {
        return Math.max(store.time(), lastTime);
    }

    final boolean decidesExpiry(final boolean isServing)
    {
        return rules.decidesExpiry(isServing);
    }

    final Stamp stamp(final Stamp stamp, final long time)
    {
        return stamp.set(log.nextSequence(), time);
    }

    /**
     * Claim room for an entry of the primary's.
     */
    final boolean claim(final int length)
    {
        return memory.hasLogForOwn() && claimFirst(length);
    }

    /**
     * Claim room for the entry with which a term begins, before which nothing else gets on.
     */
    final boolean claimFirst(final int length)
    {
        return log.nextSequence() != Sequences.NONE && entries.claim(length);
    }

    final MutableDirectBuffer buffer()
    {
        return entries.buffer();
    }

    final int offset()
    {
        return entries.offset();
    }

    final void abort()
    {
        entries.abort();
    }

    /**
     * Append the claimed entry and answer with its result.
     */
    final void append(final int length, final long correlationId, final MessageSink sink, final int reservedPages)
    {
        waiting.add(log.nextSequence(), correlationId, sink);
        pagesOfNext = reservedPages;
        append(length);
    }

    /**
     * @return whether there are entries in the log that are not applied.
     */
    final boolean isUnderWay()
    {
        return nextToApply() != EntryLog.NO_POSITION;
    }

    private long nextToApply()
    {
        if (moves != entries.moves())
        {
            moves = entries.moves();
            nextToApply = log.last() > log.applied() ? entries.after(log, log.applied()) : EntryLog.NO_POSITION;
        }
        return nextToApply;
    }

    /**
     * @return sequence of the entry of a request that is in the log and not applied, {@link Sequences#NONE} if there is
     *         none.
     */
    final long underWay(final long sessionId, final long requestNumber)
    {
        for (long at = nextToApply(); at != EntryLog.NO_POSITION; at = entries.next(at))
        {
            final int offset = entries.offset(at);
            if (EntryStamp.sessionId(entries.buffer(), offset) == sessionId &&
                EntryStamp.requestNumber(entries.buffer(), offset) == requestNumber)
            {
                return EntryStamp.sequence(entries.buffer(), offset);
            }
        }

        return Sequences.NONE;
    }

    /**
     * Give the result of an entry that is under way to another, who asked for the same.
     *
     * @return false if nobody waits for it.
     */
    final boolean readdress(final long sequence, final long correlationId, final MessageSink sink)
    {
        return waiting.readdress(sequence, correlationId, sink);
    }

    /**
     * @return sessions whose entries are in the log and not applied.
     */
    final int opening()
    {
        int count = 0;
        for (long at = nextToApply(); at != EntryLog.NO_POSITION; at = entries.next(at))
        {
            count += EntryKinds.opensSession(entries.buffer(), entries.offset(at)) ? 1 : 0;
        }

        return count;
    }

    /**
     * The claimed entry is the next of the log.
     */
    final void keep(final int length)
    {
        final long position = entries.commit(log, length);
        held.add(pagesOfNext);
        pagesOfNext = 0;
        if (nextToApply() == EntryLog.NO_POSITION)
        {
            nextToApply = position;
        }
        lastTime = Math.max(lastTime, EntryStamp.time(entries.buffer(), entries.offset(position)));
        tally.appended++;
    }

    /**
     * An entry of another copy is the next of this log.
     *
     * @return whether the log had room, and the memory that the entry may take is there.
     */
    final boolean keepCopy(final DirectBuffer buffer, final int offset, final int length)
    {
        final int pages = rules.pagesKept(memory.entryPages().worst(buffer, offset));
        if (!(isLoading() ? memory.reserveWaiting(pages, held.pages()) : pool.reserve(pages)))
        {
            return false;
        }
        if (!entries.claim(length))
        {
            pool.unreserve(pages);
            return false;
        }

        pagesOfNext = pages;
        entries.buffer().putBytes(entries.offset(), buffer, offset, length);
        keep(length);
        return true;
    }

    /**
     * Forget entries that the primary does not have, and what time they said it was: one who led, and stood still for
     * long, stamped them with a time to which the partition has not come.
     *
     * @param sequence of the last to keep.
     */
    final void truncate(final long sequence)
    {
        entries.truncate(log, sequence);
        held.truncate((int) (Sequences.counter(log.last()) - Sequences.counter(log.applied())));
        nextToApply = log.last() > log.applied() ? entries.after(log, log.applied()) : EntryLog.NO_POSITION;
        moves = entries.moves();
        lastTime = 0;
        for (long at = nextToApply; at != EntryLog.NO_POSITION; at = entries.next(at))
        {
            lastTime = Math.max(lastTime, EntryStamp.time(entries.buffer(), entries.offset(at)));
        }
    }

    /**
     * @param sequence up to which entries are committed; one that is not new changes nothing.
     */
    final void commit(final long sequence)
    {
        if (sequence > log.committed())
        {
            log.committed(sequence);
        }
    }

    final void applyCommitted()
    {
        while (nextToApply() != EntryLog.NO_POSITION)
        {
            final int offset = entries.offset(nextToApply);
            final long sequence = EntryStamp.sequence(entries.buffer(), offset);
            if (!rules.isApplicable(sequence, log.committed()))
            {
                break;
            }

            if (!isLoading())
            {
                apply(sequence, offset, entries.length(nextToApply));
            }
            else if (load(entries.buffer(), offset, entries.length(nextToApply)))
            {
                log.applied(sequence);
                held.releaseFirst();
            }
            else
            {
                break;
            }
            nextToApply = entries.next(nextToApply);
        }
    }

    /**
     * @param sequence up to which nobody asks for entries any more, as far as they are applied.
     */
    final void trim(final long sequence)
    {
        entries.trim(log, Math.min(log.applied(), sequence));
    }

    /**
     * Forget everything.
     */
    final void clear()
    {
        replace(memory.newStore(id), Sequences.NONE);
    }

    /**
     * Have another state, and an empty log behind it.
     *
     * @param sequence of the last entry that the state has seen.
     */
    final void replace(final PartitionStore newStore, final long sequence)
    {
        entries.forget(log);
        held.truncate(0);
        nextToApply = EntryLog.NO_POSITION;
        lastTime = 0;
        store.close();
        store = newStore;
        log = new PartitionLog(id);
        log.restart(sequence);
    }

    /**
     * Who waits for a request that has a number is told to send it again to whoever leads now; others that the outcome
     * is unknown.
     */
    final void dismiss(final Replies replies, final Assignment leader)
    {
        long at = nextToApply();
        while (!waiting.isEmpty())
        {
            while (EntryStamp.sequence(entries.buffer(), entries.offset(at)) != waiting.sequence())
            {
                at = entries.next(at);
            }
            if (EntryKinds.isRepeatable(entries.buffer(), entries.offset(at)))
            {
                replies.redirect(waiting.sink(), id, waiting.correlationId(), leader, true);
            }
            else
            {
                replies.refuse(
                    waiting.sink(), id, waiting.correlationId(), Reason.NOT_SERVING, !rules.mayRefuse(true));
            }
            waiting.remove();
        }
        lockWaits.dismiss(leader);
        outcomes.ceased(id);
    }

    private void apply(final long sequence, final int offset, final int length)
    {
        applying = true;
        final boolean isExpiry = isLeading() && EntryKinds.isExpiry(entries.buffer(), offset);
        final long before = isExpiry ? store.maps().size() : 0;
        if (waiting.isNext(sequence))
        {
            outcomes.expect(id, waiting.sink(), waiting.correlationId(), entries.buffer(), offset);
            store.apply(entries.buffer(), offset, length, outcomes);
            waiting.remove();
        }
        else
        {
            outcomes.expectNobody();
            store.apply(entries.buffer(), offset, length, outcomes);
        }

        log.applied(sequence);
        held.releaseFirst();
        tally.applied++;
        tally.expired += isExpiry ? before - store.maps().size() : 0;
        applying = false;
    }
}
