package io.peregrine.node.agent;

import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.PartitionsReplyEncoder;
import io.peregrine.client.codec.PartitionsRequestDecoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.port.MessageSink;
import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.ControlPlane;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Replica;
import io.peregrine.node.partition.AgentPartitions;
import io.peregrine.node.partition.CopyFacts;
import io.peregrine.node.partition.Partition;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells operators what this data agent knows of its partitions: rare, so that it may make garbage, and bounded in the
 * partitions of one answer. On the agent's thread.
 */
final class PartitionsDesk
{
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int MAX_PARTITIONS = 128;
    private static final int ALL_LISTED = -1;

    private final PartitionsRequestDecoder request = new PartitionsRequestDecoder();
    private final PartitionsReplyEncoder reply = new PartitionsReplyEncoder();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final AgentPartitions partitions;
    private final ControlPlane control;
    private final int agent;

    /**
     * @param partitions of this agent.
     * @param control    the way to those who decide.
     * @param agent      number of this one.
     */
    PartitionsDesk(final AgentPartitions partitions, final ControlPlane control, final int agent)
    {
        this.partitions = partitions;
        this.control = control;
        this.agent = agent;
    }

    void onRequest(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final MessageHeaderDecoder of,
        final MessageSink sink,
        final ControlView view)
    {
        request.wrap(buffer, offset + HEADER, of.blockLength(), of.version());
        final long correlationId = request.correlationId();
        if (of.blockLength() < PartitionsRequestDecoder.BLOCK_LENGTH || length < HEADER + of.blockLength())
        {
            partitions.replies().refuse(sink, 0, correlationId, Reason.MALFORMED, false);
            return;
        }
        if (request.from() < 0 || request.agent() != agent)
        {
            partitions.replies().refuse(sink, 0, correlationId, Reason.ARGUMENT_INVALID, false);
            return;
        }

        final ExpandableArrayBuffer message = new ExpandableArrayBuffer();
        write(message, correlationId, request.from(), view);
        final int replyLength = HEADER + reply.encodedLength();
        final int at = sink.tryClaim(0, replyLength);
        sink.buffer().putBytes(at, message, 0, replyLength);
        sink.commit();
    }

    private void write(
        final ExpandableArrayBuffer message, final long correlationId, final int from, final ControlView view)
    {
        final List<Partition> listed = new ArrayList<>();
        int next = from;
        while (next < view.assignments().size() && listed.size() < MAX_PARTITIONS)
        {
            if (partitions.partition(next) != null)
            {
                listed.add(partitions.partition(next));
            }
            next++;
        }

        final String trouble = control.trouble();
        reply.wrapAndApplyHeader(message, 0, header)
            .correlationId(correlationId)
            .version(view.version())
            .next(next >= view.assignments().size() ? ALL_LISTED : next)
            .replicas(view.settings().replicas())
            .minInSync(view.settings().minInSync())
            .controlReached((short) (control.isReachable() ? 1 : 0))
            .reserved1((short) 0)
            .reserved2(0);
        writePartitions(listed, view);
        writeCopies(listed, view);
        final byte[] text = (trouble == null ? "" : trouble).getBytes(StandardCharsets.UTF_8);
        reply.putTrouble(text, 0, text.length);
    }

    private void writePartitions(final List<Partition> listed, final ControlView view)
    {
        final PartitionsReplyEncoder.ListedEncoder lines = reply.listedCount(listed.size());
        for (final Partition partition : listed)
        {
            final Assignment assignment = view.assignments().get(partition.id());
            lines.next()
                .epoch(assignment.epoch())
                .records(CopyFacts.recordsOf(partition))
                .partition(partition.id())
                .primary(assignment.primary())
                .losses(assignment.losses())
                .state(CopyFacts.stateOf(partition))
                .reserved3((short) 0)
                .reserved4(0);
        }
    }

    private void writeCopies(final List<Partition> listed, final ControlView view)
    {
        final List<Copy> copies = new ArrayList<>();
        for (final Partition partition : listed)
        {
            final Assignment assignment = view.assignments().get(partition.id());
            final List<Integer> plan = view.plan().get(partition.id());
            for (final Replica replica : assignment.inSync())
            {
                final int id = replica.memberId();
                copies.add(new Copy(
                    partition, id, true, plan.contains(id),
                    view.members().get(id).incarnation() != replica.incarnation()));
            }
            for (final int member : plan)
            {
                if (assignment.replicaOn(member) == null)
                {
                    copies.add(new Copy(partition, member, false, true, false));
                }
            }
        }

        final PartitionsReplyEncoder.CopiesEncoder lines = reply.copiesCount(copies.size());
        for (final Copy copy : copies)
        {
            lines.next()
                .behind(CopyFacts.behind(copy.partition, copy.member))
                .partition(copy.partition.id())
                .member(copy.member)
                .flags().clear().inSync(copy.isInSync).planned(copy.isPlanned).ended(copy.hasEnded);
            lines.reserved5((short) 0).reserved6(0).reserved7(0);
        }
    }

    private record Copy(Partition partition, int member, boolean isInSync, boolean isPlanned, boolean hasEnded)
    {
    }
}
