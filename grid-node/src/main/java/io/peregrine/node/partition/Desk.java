package io.peregrine.node.partition;

import io.peregrine.client.codec.Reason;
import io.peregrine.client.port.MessageSink;
import io.peregrine.client.port.ReservedNames;
import io.peregrine.node.control.StructureDefinition;
import io.peregrine.storage.codec.StructureKind;
import io.peregrine.storage.log.Sequences;
import io.peregrine.storage.map.MapStore;
import io.peregrine.storage.memory.KeyHasher;
import io.peregrine.storage.partition.Deadlines;
import io.peregrine.storage.partition.StructureIds;
import io.peregrine.storage.session.Sessions;
import org.agrona.DirectBuffer;

/**
 * What requests of every kind have in common before they are carried out: structures that exist, expiry that goes
 * first, sessions, refusals. One for all partitions of a data agent.
 */
final class Desk
{
    final Structures structures;
    final Entries entries;
    final Outcomes outcomes;
    final Replies replies;
    final Room room;
    final Reclaiming reclaiming;
    final Limits limits;
    final KeyHasher hasher;
    final Tally tally;
    final Stamp stamp = new Stamp();
    final GivenFence fence = new GivenFence();

    Desk(
        final Structures structures,
        final Entries entries,
        final Outcomes outcomes,
        final Replies replies,
        final Room room,
        final Reclaiming reclaiming,
        final Limits limits,
        final KeyHasher hasher,
        final Tally tally)
    {
        this.structures = structures;
        this.entries = entries;
        this.outcomes = outcomes;
        this.replies = replies;
        this.room = room;
        this.reclaiming = reclaiming;
        this.limits = limits;
        this.hasher = hasher;
        this.tally = tally;
    }

    void refuse(final MessageSink sink, final Partition partition, final long correlationId, final Reason reason)
    {
        if (reason == Reason.NOT_SERVING)
        {
            replies.redirect(sink, partition.id(), correlationId, partition.assignment(), false);
        }
        else
        {
            replies.refuse(sink, partition.id(), correlationId, reason, false);
        }
    }

    /**
     * Create the structure in this partition before its first use, in an entry of the log before it.
     *
     * @return false when the log has no room.
     */
    boolean ensure(final Partition partition, final StructureDefinition structure, final long time)
    {
        final boolean mayEvict = limits.evict() && !ReservedNames.isReserved(structure.name());
        final int traits = mayEvict ?
            MapStore.EVICTABLE | MapStore.TRACED : structure.maxIdleNs() != 0 ? MapStore.TRACED : 0;
        return ensure(partition, structure.id(), StructureKind.MAP, traits, time);
    }

    /**
     * Create all that a write needs: the structure, and what remembers its fence if it carries one.
     */
    boolean ensureFor(final Partition partition, final StructureDefinition structure, final long time)
    {
        return ensure(partition, structure, time) && (!fence.isGiven() ||
            ensure(partition, StructureIds.FENCES, StructureKind.FENCES, 0, time));
    }

    /**
     * @return bytes of the log that come before the entry of a write, where that carries a fence.
     */
    int fencePrefix()
    {
        return fence.isGiven() ? Entries.FENCED_PREFIX : 0;
    }

    /**
     * Put what has to be known of the fence before the entry of a write, if it carries one.
     *
     * @param length of the entry, which is at {@link #fencePrefix()}.
     * @return length of the whole.
     */
    int fenced(final Partition partition, final Stamp of, final int length)
    {
        return fence.isGiven() ?
            entries.fenced(partition.buffer(), partition.offset(), of, fence, length) : length;
    }

    boolean ensure(
        final Partition partition, final int id, final StructureKind kind, final int traits, final long time)
    {
        if (partition.store().hasStructure(id) ||
            partition.own.isUnderWay(partition.log(), id, OwnEntries.STRUCTURE))
        {
            return true;
        }
        if (!partition.claim(Entries.SHORT_ENTRY))
        {
            return false;
        }

        partition.own.add(partition.log().nextSequence(), id, OwnEntries.STRUCTURE);
        partition.append(entries.create(
            partition.buffer(), partition.offset(), partition.stamp(stamp, time), id, kind, traits));
        return true;
    }

    /**
     * Append the expiry of a key that is past its end, so that what follows in the log finds it gone.
     *
     * @return false when the log has no room.
     */
    boolean expireFirst(
        final Partition partition,
        final int structureId,
        final long hash,
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength,
        final long time)
    {
        final Deadlines deadlines = partition.store().deadlines();
        if (deadlines.next() > time || !deadlines.isPastEnd(structureId, hash, key, keyOffset, keyLength, time) ||
            partition.own.isUnderWay(partition.log(), structureId, hash))
        {
            return true;
        }
        if (!partition.claim(Deadlines.length(keyLength)))
        {
            return false;
        }

        final int length = deadlines.encodeDue(
            structureId,
            hash,
            key,
            keyOffset,
            keyLength,
            time,
            partition.stamp(stamp, time).sequence,
            partition.buffer(),
            partition.offset());
        if (length == 0)
        {
            partition.abort();
            return true;
        }

        partition.own.add(partition.log().nextSequence(), structureId, hash);
        partition.append(length);
        return true;
    }

    Sessions.Verdict classify(final Partition partition, final MessageSink sink, final RequestId id)
    {
        return classify(partition, sink, id.correlationId, id.sessionId, id.number, id.lowestUnanswered);
    }

    /**
     * What a session says about a request comes before everything else that is asked about it: whatever has changed
     * since, a retry gets the first answer.
     *
     * @return NEW: nothing is answered yet. REPEATED: the first result is ready in the session. With anything else the
     *         request is answered here, or will be when its entry is applied.
     */
    Sessions.Verdict classify(
        final Partition partition,
        final MessageSink sink,
        final long correlationId,
        final long sessionId,
        final long requestNumber,
        final long lowestUnanswered)
    {
        if (!Sessions.isNumber(requestNumber))
        {
            replies.refuse(sink, partition.id(), correlationId, Reason.MALFORMED, false);
            return Sessions.Verdict.OUT_OF_ORDER;
        }

        final Sessions.Verdict verdict =
            partition.store().sessions().classify(sessionId, requestNumber, lowestUnanswered);
        if ((verdict == Sessions.Verdict.NO_SESSION || verdict == Sessions.Verdict.FORGOTTEN) &&
            !partition.lead().mayAnswer())
        {
            refuse(sink, partition, correlationId, Reason.NOT_SERVING);
            return verdict;
        }
        switch (verdict)
        {
            case FORGOTTEN:
                replies.refuse(sink, partition.id(), correlationId, Reason.ANSWER_LOST, true);
                break;
            case SEEN:
                seen(partition, sink, correlationId, sessionId, requestNumber);
                break;
            case OUT_OF_ORDER:
                replies.refuse(sink, partition.id(), correlationId, Reason.TOO_MANY_IN_FLIGHT, false);
                break;
            case NO_SESSION:
                replies.refuse(sink, partition.id(), correlationId, Reason.SESSION_EXPIRED, true);
                break;
            default:
                break;
        }

        return verdict;
    }

    /**
     * The entry is in the log, and its result goes to whoever asked last; or the request was refused, and stays so.
     */
    private void seen(
        final Partition partition,
        final MessageSink sink,
        final long correlationId,
        final long sessionId,
        final long requestNumber)
    {
        final long sequence = partition.underWay(sessionId, requestNumber);
        if (sequence == Sequences.NONE)
        {
            replies.refuse(sink, partition.id(), correlationId, Reason.BACK_PRESSURE, false);
        }
        else if (!partition.readdress(sequence, correlationId, sink))
        {
            replies.refuse(sink, partition.id(), correlationId, Reason.ANSWER_LOST, true);
        }
    }

    void repeat(final Partition partition)
    {
        final Sessions sessions = partition.store().sessions();
        outcomes.onResult(sessions.resultBuffer(), sessions.resultOffset(), sessions.resultLength());
    }
}
