package io.peregrine.node.partition;

import io.peregrine.node.codec.AckKind;
import io.peregrine.node.codec.AcksDecoder;
import io.peregrine.node.codec.AppendEncoder;
import io.peregrine.node.codec.MessageHeaderDecoder;
import io.peregrine.node.codec.MessageHeaderEncoder;
import io.peregrine.node.replication.Envelope;
import io.peregrine.node.replication.Leases;
import io.peregrine.node.replication.PeerSink;
import io.peregrine.node.replication.ReplicationSettings;
import io.peregrine.node.replication.Rules;
import io.peregrine.storage.log.EntryLog;
import io.peregrine.storage.log.EntryStamp;
import io.peregrine.storage.log.PartitionLog;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.IntArrayList;

import java.nio.ByteOrder;

/**
 * What this data agent does for the partitions that it leads: entries go out to the other copies, acknowledgements come
 * back, and a new primary comes into service. Data agent's thread.
 * <p>
 * To a copy whose log is known to be the same up to an entry, what follows is sent as soon as it is there, without
 * waiting for acknowledgements. One that nothing is known of yet is asked, from the end of the log backwards, and so is
 * one that lost something on the way, from what it acknowledged last. A copy is told again and again until it has said
 * that it applied all that is committed; then it is told nothing until there is more, so that idle partitions cost
 * nothing, however many there are.
 */
final class Primaries
{
    /**
     * Length and padding before each entry of a message.
     */
    static final int ENTRY_HEADER = 8;

    private static final int FIXED = MessageHeaderEncoder.ENCODED_LENGTH + AppendEncoder.BLOCK_LENGTH +
        AppendEncoder.entriesHeaderLength();
    private static final int SCANS_PER_RESEND = 8;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final AppendEncoder append = new AppendEncoder();
    private final AcksDecoder acks = new AcksDecoder();
    private final IntArrayList unsent;
    private final Stamp stamp = new Stamp();
    private final Partition[] byNumber;
    private final Partition[] owned;
    private final Entries entries;
    private final PeerPost post;
    private final Leases leases;
    private final ReplicationSettings settings;
    private final Rules rules;
    private final Tally tally;
    private long scannedNs = Long.MIN_VALUE / 2;

    Primaries(
        final Partition[] byNumber,
        final Partition[] owned,
        final IntArrayList unsent,
        final Entries entries,
        final PeerPost post,
        final Leases leases,
        final ReplicationSettings settings,
        final Rules rules,
        final Tally tally)
    {
        this.rules = rules;
        this.tally = tally;
        this.byNumber = byNumber;
        this.owned = owned;
        this.unsent = unsent;
        this.entries = entries;
        this.post = post;
        this.leases = leases;
        this.settings = settings;
    }

    /**
     * Send what is there, and look after what hangs, at a steady pace.
     *
     * @return work done.
     */
    int work(final long nowNs)
    {
        int work = flush(nowNs);
        if (nowNs - scannedNs >= settings.resendNs() / SCANS_PER_RESEND)
        {
            scannedNs = nowNs;
            for (final Partition partition : owned)
            {
                work += partition.isLeading() ? lookAfter(partition, nowNs) : 0;
            }
        }

        return work;
    }

    /**
     * Leases were renewed, or others are needed.
     */
    void refreshLeases()
    {
        for (final Partition partition : owned)
        {
            if (partition.isLeading())
            {
                partition.lead().refreshLease(leases);
            }
        }
    }

    void onAcks(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final MessageHeaderDecoder of,
        final int memberId,
        final long nowNs)
    {
        acks.wrap(buffer, offset + MessageHeaderDecoder.ENCODED_LENGTH, of.blockLength(), of.version());
        if (!Groups.fills(
            buffer, acks.limit(), offset + length, AcksDecoder.PartitionsDecoder.sbeBlockLength()))
        {
            tally.badPeerMessages++;
            return;
        }

        final AcksDecoder.PartitionsDecoder each = acks.partitions();
        while (each.hasNext())
        {
            each.next();
            final int number = each.partition();
            final Partition partition = number >= 0 && number < byNumber.length ? byNumber[number] : null;
            final Follower follower = partition == null || !partition.isLeading() || each.epoch() != partition.epoch() ?
                null : partition.lead().followers().find(memberId);
            if (follower != null && follower.replica.incarnation() == Envelope.incarnation(buffer, offset) &&
                (!follower.isOutside() || each.attempt() == follower.attempt))
            {
                follower.heardEpoch = partition.epoch();
                follower.applied = Math.max(follower.applied, each.applied());
                onAck(partition, follower, each.kindRaw(), each.sequence(), nowNs);
            }
        }
    }

    private void onAck(
        final Partition partition,
        final Follower follower,
        final short kind,
        final long sequence,
        final long nowNs)
    {
        if (kind == AckKind.HAVE.value() && sequence <= partition.log().last())
        {
            if (follower.onHave(sequence, nowNs))
            {
                partition.advance();
                partition.serveIfReady(nowNs);
                partition.onUnsent();
            }
        }
        else if (kind == AckKind.MISSING.value() && follower.mayGoBack(nowNs, settings.resendNs() / SCANS_PER_RESEND))
        {
            follower.onMissing(partition.entries().highest(partition.log(), sequence));
            partition.onUnsent();
        }
    }

    private int flush(final long nowNs)
    {
        final int size = unsent.size();
        for (int i = 0; i < size; i++)
        {
            final Partition partition = byNumber[unsent.getInt(i)];
            partition.onSent();
            if (partition.isLeading())
            {
                for (final Follower follower : partition.lead().followers().all())
                {
                    send(partition, follower, nowNs);
                }
            }
        }

        unsent.clear();
        return size;
    }

    private int lookAfter(final Partition partition, final long nowNs)
    {
        partition.lead().refreshLease(leases);
        if (partition.lead().owesEntry() && partition.claimFirst(Entries.SHORT_ENTRY))
        {
            partition.lead().onEntry(partition.log().nextSequence());
            partition.append(entries.advanceTime(
                partition.buffer(), partition.offset(), partition.stamp(stamp, partition.time(nowNs))));
        }

        partition.advance();
        int work = partition.serveIfReady(nowNs) ? 1 : 0;
        for (final Follower follower : partition.lead().followers().all())
        {
            work += send(partition, follower, nowNs);
        }

        return work;
    }

    private int send(final Partition partition, final Follower follower, final long nowNs)
    {
        final PartitionLog log = partition.log();
        final boolean isDue =
            nowNs - follower.sentNs >= follower.pauseNs(partition.epoch(), settings.resendNs(), nowNs);
        if (follower.isKnown() && follower.matched == log.last())
        {
            follower.progressNs = nowNs;
        }
        if (isDue && follower.isKnown())
        {
            follower.sent = follower.matched;
        }
        if (follower.isKnown() && follower.sent == log.last() && (!isDue || isDone(partition, follower)))
        {
            return 0;
        }
        if (!isDue && !follower.isKnown())
        {
            return 0;
        }

        int sent = 0;
        do
        {
            final long before = follower.sent;
            if (!sendNext(partition, follower, nowNs))
            {
                return sent;
            }
            sent++;
            if (follower.sent == before)
            {
                return sent;
            }
        }
        while (follower.isKnown() && follower.sent < log.last());

        return sent;
    }

    /**
     * @return whether a copy has said, under this epoch, that it has applied all that is committed: then there is
     *         nothing to tell it.
     */
    private static boolean isDone(final Partition partition, final Follower follower)
    {
        return follower.heardEpoch == partition.epoch() && follower.applied >= partition.log().committed();
    }

    /**
     * Send as much as goes into one message.
     *
     * @return false if there was no room, or nothing that the follower could use.
     */
    private boolean sendNext(final Partition partition, final Follower follower, final long nowNs)
    {
        final PartitionLog log = partition.log();
        final EntryLog ring = partition.entries();
        if (follower.sent < log.trimmed() && follower.isOutside())
        {
            return false;
        }

        final long previous = Math.max(follower.sent, log.trimmed());
        final long first = previous < log.last() ? ring.after(log, previous) : EntryLog.NO_POSITION;
        int length = 0;
        long end = first;
        while (end != EntryLog.NO_POSITION &&
            (length == 0 || length + framed(ring.length(end)) <= settings.appendBytes()))
        {
            length += framed(ring.length(end));
            end = ring.next(end);
        }
        if (!post.claim(follower.memberId(), follower.agent, PeerSink.Stream.DATA, FIXED + length))
        {
            return false;
        }

        append.wrapAndApplyHeader(post.buffer(), post.offset(), header)
            .previous(previous)
            .committed(rules.toldAsCommitted(log.applied(), log.committed()))
            .origin(partition.origin())
            .partition(partition.id())
            .epoch(partition.epoch());
        final long last = putEntries(ring, first, end, length);
        post.send(follower.replica.incarnation());
        follower.onSent(partition.epoch(), nowNs);
        if (follower.isKnown() && last > follower.sent)
        {
            follower.sent = last;
        }

        return true;
    }

    private long putEntries(final EntryLog ring, final long first, final long end, final int length)
    {
        final MutableDirectBuffer to = post.buffer();
        int at = post.offset() + FIXED;
        to.putInt(at - AppendEncoder.entriesHeaderLength(), length, ByteOrder.LITTLE_ENDIAN);
        long last = 0;
        for (long position = first; position != end; position = ring.next(position))
        {
            final int entryLength = ring.length(position);
            to.putInt(at, entryLength, ByteOrder.LITTLE_ENDIAN);
            to.putInt(at + Integer.BYTES, 0, ByteOrder.LITTLE_ENDIAN);
            to.putBytes(at + ENTRY_HEADER, ring.buffer(), ring.offset(position), entryLength);
            last = EntryStamp.sequence(ring.buffer(), ring.offset(position));
            at += framed(entryLength);
        }

        return last;
    }

    static int framed(final int entryLength)
    {
        return ENTRY_HEADER + BitUtil.align(entryLength, ENTRY_HEADER);
    }
}
