package io.peregrine.node.partition;

import io.peregrine.client.codec.Reason;
import io.peregrine.client.port.MessageSink;
import io.peregrine.storage.codec.OpenSessionDecoder;
import io.peregrine.storage.log.EntryLog;
import io.peregrine.storage.log.EntryStamp;
import io.peregrine.storage.log.PartitionLog;
import io.peregrine.storage.log.Sequences;
import io.peregrine.storage.memory.PagePool;
import io.peregrine.storage.partition.PartitionStore;
import org.agrona.MutableDirectBuffer;

/**
 * One copy of one partition: its log, its commit rule, its store, and who waits for which result.
 * <pre>
 *   claim -> encode at buffer(), offset() -> append      in the log
 *   commit rule says committed                           by every member of the in-sync set
 *   store.apply -> outcomes -> reply                     in the order of the log
 * </pre>
 * Where the set has one member an entry is committed and applied before append returns. Owned by the data agent's
 * thread, except {@link #term()}.
 */
public final class Partition
{
    private final int id;
    private final EntryLog entries;
    private final PartitionLog log;
    private final CommitRule rule;
    private final PartitionStore store;
    private final PagePool pool;
    private final Outcomes outcomes;
    private final Tally tally;
    private final Waiting waiting = new Waiting();
    private int self;
    private long origin;
    private long nextToApply = EntryLog.NO_POSITION;
    private boolean applying;
    private volatile ServingTerm term;

    Partition(final int id, final AgentMemory memory, final int minInSync, final Outcomes outcomes, final Tally tally)
    {
        this.id = id;
        this.entries = memory.entries();
        this.pool = memory.pool();
        this.store = memory.newStore(id);
        this.log = new PartitionLog(id);
        this.rule = new CommitRule(minInSync);
        this.outcomes = outcomes;
        this.tally = tally;
    }

    /**
     * @return its number.
     */
    public int id()
    {
        return id;
    }

    /**
     * @return under which this member serves, or null while it does not. Any thread.
     */
    public ServingTerm term()
    {
        return term;
    }

    PartitionStore store()
    {
        return store;
    }

    PartitionLog log()
    {
        return log;
    }

    /**
     * Take the lead under an epoch. Partition time goes on from the last that the log has seen.
     *
     * @param epoch  decided by the control plane.
     * @param member that this node is.
     * @param inSync members of the in-sync set.
     * @param nowNs  of the node's monotonic clock.
     */
    void serve(final int epoch, final int member, final int[] inSync, final long nowNs)
    {
        self = member;
        log.epoch(epoch);
        rule.decided(inSync, log.last());
        origin = store.time() + 1 - nowNs;
        store.sessions().beginTerm(store.time());
        term = new ServingTerm(epoch, origin, store.maps());
        advance();
    }

    /**
     * Give up the lead. Who waits is told that the outcome is unknown.
     */
    void cease(final Replies replies)
    {
        term = null;
        while (!waiting.isEmpty())
        {
            replies.refuse(waiting.sink(), id, waiting.correlationId(), Reason.NOT_SERVING, true);
            pool.unreserve(waiting.pages());
            waiting.remove();
        }
    }

    boolean isServing()
    {
        return term != null;
    }

    /**
     * @return whether it broke in the middle of an entry: its state can be trusted no longer.
     */
    boolean isBroken()
    {
        return applying;
    }

    /**
     * @return whether another request may be taken: the queue of those under way has room and numbers are left.
     */
    boolean hasRoom()
    {
        return !waiting.isFull() && log.nextSequence() != Sequences.NONE;
    }

    long time(final long nowNs)
    {
        return Math.max(store.time(), nowNs + origin);
    }

    Stamp stamp(final Stamp stamp, final long time)
    {
        return stamp.set(log.nextSequence(), time);
    }

    boolean claim(final int length)
    {
        return log.nextSequence() != Sequences.NONE && entries.claim(length);
    }

    MutableDirectBuffer buffer()
    {
        return entries.buffer();
    }

    int offset()
    {
        return entries.offset();
    }

    void abort()
    {
        entries.abort();
    }

    /**
     * Append the claimed entry, whose result nobody waits for.
     */
    void append(final int length)
    {
        final long position = entries.commit(log, length);
        if (nextToApply == EntryLog.NO_POSITION)
        {
            nextToApply = position;
        }

        tally.appended++;
        rule.onAppended(self, log.last());
        advance();
    }

    /**
     * Append the claimed entry and answer with its result.
     */
    void append(final int length, final long correlationId, final MessageSink sink, final int reservedPages)
    {
        waiting.add(log.nextSequence(), correlationId, sink, reservedPages);
        append(length);
    }

    /**
     * @return sequence of the entry of a request that is in the log and not applied, {@link Sequences#NONE} if there is
     *         none.
     */
    long underWay(final long sessionId, final long requestNumber)
    {
        for (long at = nextToApply; at != EntryLog.NO_POSITION; at = entries.next(at))
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
    boolean readdress(final long sequence, final long correlationId, final MessageSink sink)
    {
        return waiting.readdress(sequence, correlationId, sink);
    }

    /**
     * @return sessions whose entries are in the log and not applied.
     */
    int opening()
    {
        int count = 0;
        for (long at = nextToApply; at != EntryLog.NO_POSITION; at = entries.next(at))
        {
            final int template = EntryStamp.templateId(entries.buffer(), entries.offset(at));
            count += template == OpenSessionDecoder.TEMPLATE_ID ? 1 : 0;
        }

        return count;
    }

    private void advance()
    {
        final long committed = Math.min(rule.committed(), log.last());
        if (committed > log.committed())
        {
            log.committed(committed);
        }
        while (nextToApply != EntryLog.NO_POSITION)
        {
            final int offset = entries.offset(nextToApply);
            final long sequence = EntryStamp.sequence(entries.buffer(), offset);
            if (sequence > committed)
            {
                break;
            }

            apply(sequence, offset, entries.length(nextToApply));
            nextToApply = entries.next(nextToApply);
        }

        entries.trim(log, Math.min(log.applied(), rule.onEveryMember()));
    }

    private void apply(final long sequence, final int offset, final int length)
    {
        applying = true;
        if (waiting.isNext(sequence))
        {
            outcomes.expect(this, waiting.sink(), waiting.correlationId(), entries.buffer(), offset);
            store.apply(entries.buffer(), offset, length, outcomes);
            pool.unreserve(waiting.pages());
            waiting.remove();
        }
        else
        {
            outcomes.expectNobody();
            store.apply(entries.buffer(), offset, length, outcomes);
        }

        log.applied(sequence);
        tally.applied++;
        applying = false;
    }
}
