package io.peregrine.node.partition;

import io.peregrine.node.codec.AcksEncoder;
import io.peregrine.node.codec.AppendDecoder;
import io.peregrine.node.codec.EpochNoticeEncoder;
import io.peregrine.node.codec.MessageHeaderDecoder;
import io.peregrine.node.codec.MessageHeaderEncoder;
import io.peregrine.node.control.Member;
import io.peregrine.node.replication.Envelope;
import io.peregrine.node.replication.PeerSink;
import io.peregrine.node.replication.Replication;
import io.peregrine.node.replication.Rules;
import io.peregrine.storage.log.EntryStamp;
import io.peregrine.storage.log.PartitionLog;
import io.peregrine.storage.log.Sequences;
import org.agrona.DirectBuffer;
import org.agrona.collections.IntArrayList;

import java.nio.ByteOrder;

/**
 * What this data agent does for the partitions whose primary is elsewhere: entries are taken in the order of the
 * primary's log, what differs from it is cut off, and what is there is acknowledged, once in a cycle for all partitions
 * of one primary. Data agent's thread.
 */
final class Backups
{
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int ACKS_AT_ONCE = 512;

    private final AppendDecoder append = new AppendDecoder();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final AcksEncoder acks = new AcksEncoder();
    private final EpochNoticeEncoder notice = new EpochNoticeEncoder();
    private final IntArrayList owing = new IntArrayList();
    private final Partition[] byNumber;
    private final PeerPost post;
    private final Rules rules;
    private final Tally tally;
    private final Positions positions;

    Backups(final Partition[] byNumber, final PeerPost post, final Replication replication, final Tally tally)
    {
        this.byNumber = byNumber;
        this.post = post;
        this.rules = replication.rules();
        this.positions = new Positions(byNumber, post, replication);
        this.tally = tally;
    }

    Positions positions()
    {
        return positions;
    }

    /**
     * @return the epoch of the message, if it is later than what is known of its partition here; else 0.
     */
    int onAppend(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final MessageHeaderDecoder of,
        final int memberId,
        final long controlVersion)
    {
        append.wrap(buffer, offset + HEADER, of.blockLength(), of.version());
        final int number = append.partition();
        final Partition partition = number >= 0 && number < byNumber.length ? byNumber[number] : null;
        final int start = append.limit() + AppendDecoder.entriesHeaderLength();
        if (partition == null || start > offset + length || append.entriesLength() != offset + length - start)
        {
            tally.badPeerMessages++;
            return 0;
        }

        final int epoch = append.epoch();
        if (epoch > partition.epoch())
        {
            partition.onLaterEpoch(epoch);
            return epoch;
        }
        if (!rules.acceptsEpoch(epoch, partition.epoch()))
        {
            sendNotice(partition, memberId, Envelope.agent(buffer, offset), controlVersion);
        }
        else if (partition.takesLog() && !partition.isStale() &&
            rules.acceptsFrom(memberId, partition.assignment().primary()))
        {
            take(partition, buffer, start, offset + length);
        }

        return 0;
    }

    private void take(final Partition partition, final DirectBuffer buffer, final int start, final int end)
    {
        final PartitionLog log = partition.log();
        final Follow follow = partition.follow();
        final long previous = append.previous();
        follow.origin(append.origin());
        final long known = partition.entries().highest(log, previous);
        if (known != previous && previous > log.trimmed())
        {
            follow.missing(known);
        }
        else
        {
            follow.have(takeEntries(partition, previous, buffer, start, end));
            partition.onCommitted(Math.min(append.committed(), follow.matched()));
        }

        if (!owing.containsInt(partition.id()))
        {
            owing.addInt(partition.id());
        }
    }

    /**
     * @return the last entry that is the same here as in the message, or the one before them.
     */
    private long takeEntries(
        final Partition partition, final long previous, final DirectBuffer buffer, final int start, final int end)
    {
        final PartitionLog log = partition.log();
        long same = previous;
        int at = start;
        while (at + Primaries.ENTRY_HEADER + EntryStamp.LENGTH <= end)
        {
            final int entryLength = buffer.getInt(at, ByteOrder.LITTLE_ENDIAN);
            final int entry = at + Primaries.ENTRY_HEADER;
            if (entryLength < EntryStamp.LENGTH || entryLength > end - entry)
            {
                tally.badPeerMessages++;
                return same;
            }

            final long sequence = EntryStamp.sequence(buffer, entry);
            if (sequence <= same || Sequences.counter(sequence) != Sequences.counter(same) + 1)
            {
                tally.badPeerMessages++;
                return same;
            }
            if (sequence > log.committed() && !has(partition, sequence))
            {
                if (log.last() > same)
                {
                    partition.truncate(same);
                }
                if (!partition.keepCopy(buffer, entry, entryLength))
                {
                    return same;
                }
            }

            same = sequence;
            at += Primaries.framed(entryLength);
        }

        return same;
    }

    private static boolean has(final Partition partition, final long sequence)
    {
        return sequence <= partition.log().last() &&
            partition.entries().highest(partition.log(), sequence) == sequence;
    }

    /**
     * Send the acknowledgements that are owed.
     *
     * @return work done.
     */
    int work()
    {
        final int size = owing.size();
        while (!owing.isEmpty())
        {
            final int first = owing.getInt(0);
            if (!sendAcks(byNumber[first].assignment().primary(), first))
            {
                return size;
            }
        }

        return size;
    }

    private boolean sendAcks(final int memberId, final int first)
    {
        final int agent = post.agentOf(memberId, first);
        final int count = toPrimary(memberId, agent, null, 0);
        if (count > 0)
        {
            final int length = HEADER + AcksEncoder.BLOCK_LENGTH + AcksEncoder.PartitionsEncoder.sbeHeaderSize() +
                count * AcksEncoder.PartitionsEncoder.sbeBlockLength();
            if (!post.claim(memberId, agent, PeerSink.Stream.DATA, length))
            {
                return false;
            }

            acks.wrapAndApplyHeader(post.buffer(), post.offset(), header);
            toPrimary(memberId, agent, acks.partitionsCount(count), count);
            post.send(post.member(memberId).incarnation());
        }
        else
        {
            owing.removeAt(0);
        }

        return true;
    }

    /**
     * @param to    where to write the acknowledgements and take them off the list; null to count them.
     * @return how many there are for that primary, at most what goes into one message.
     */
    private int toPrimary(
        final int memberId, final int agent, final AcksEncoder.PartitionsEncoder to, final int limit)
    {
        int count = 0;
        for (int i = 0; i < owing.size() && count < (to == null ? ACKS_AT_ONCE : limit); i++)
        {
            final Partition partition = byNumber[owing.getInt(i)];
            final Follow follow = partition.follow();
            if (follow.owesAck() && partition.assignment().primary() == memberId &&
                post.agentOf(memberId, partition.id()) == agent && post.member(memberId) != null)
            {
                count++;
                if (to != null)
                {
                    to.next()
                        .sequence(follow.acknowledged())
                        .partition(partition.id())
                        .epoch(partition.epoch())
                        .kind(follow.kind())
                        .reserved1((short) 0)
                        .reserved2(0)
                        .attempt(partition.learning().learner().copyAttempt())
                        .applied(partition.log().applied());
                    follow.onAckSent();
                    owing.removeAt(i--);
                }
            }
        }

        return count;
    }

    private void sendNotice(
        final Partition partition, final int memberId, final int agent, final long controlVersion)
    {
        final Member member = post.member(memberId);
        final int length = HEADER + EpochNoticeEncoder.BLOCK_LENGTH;
        if (member != null && post.claim(memberId, agent, PeerSink.Stream.DATA, length))
        {
            notice.wrapAndApplyHeader(post.buffer(), post.offset(), header)
                .controlVersion(controlVersion)
                .partition(partition.id())
                .epoch(partition.epoch());
            post.send(member.incarnation());
        }
    }
}
