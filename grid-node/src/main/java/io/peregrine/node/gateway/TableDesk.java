package io.peregrine.node.gateway;

import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.TableReplyEncoder;
import io.peregrine.client.codec.TableRequestDecoder;
import io.peregrine.client.port.MessageSink;
import io.peregrine.node.control.Assignment;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Member;
import io.peregrine.node.control.Replica;
import io.peregrine.node.partition.Replies;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Tells clients who leads which partition. Rare, so that it may make garbage; the partitions of one answer are limited.
 * Pure; one for each data agent.
 */
public final class TableDesk
{
    /**
     * The most partitions of one answer.
     */
    public static final int MAX_PARTITIONS = 2048;

    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int ALL_TOLD = -1;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final TableRequestDecoder request = new TableRequestDecoder();
    private final TableReplyEncoder reply = new TableReplyEncoder();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final Replies replies;

    /**
     * A desk.
     *
     * @param replies for refusals.
     */
    public TableDesk(final Replies replies)
    {
        this.replies = replies;
    }

    /**
     * Answer a TableRequest.
     *
     * @param buffer with the message.
     * @param offset where its header begins.
     * @param length of header and message, long enough for a correlation id.
     * @param of     header of it, wrapped.
     * @param sink   for the answer.
     * @param view   what is decided as far as this node knows.
     */
    public void onRequest(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final MessageHeaderDecoder of,
        final MessageSink sink,
        final ControlView view)
    {
        request.wrap(buffer, offset + HEADER, of.blockLength(), of.version());
        final long correlationId = request.correlationId();
        if (of.blockLength() < TableRequestDecoder.BLOCK_LENGTH || length < HEADER + of.blockLength())
        {
            replies.refuse(sink, 0, correlationId, Reason.MALFORMED, false);
            return;
        }
        final int from = request.from();
        if (from < 0 || from > view.assignments().size())
        {
            replies.refuse(sink, 0, correlationId, Reason.ARGUMENT_INVALID, false);
            return;
        }

        final ExpandableArrayBuffer message = new ExpandableArrayBuffer();
        write(message, correlationId, from, request.known() >= view.version(), view);
        final int replyLength = HEADER + reply.encodedLength();
        final int at = sink.tryClaim(0, replyLength);
        sink.buffer().putBytes(at, message, 0, replyLength);
        sink.commit();
    }

    private void write(
        final ExpandableArrayBuffer message,
        final long correlationId,
        final int from,
        final boolean isKnown,
        final ControlView view)
    {
        final List<Assignment> assignments = view.assignments();
        final int end = isKnown ? from : Math.min(assignments.size(), from + MAX_PARTITIONS);
        reply.wrapAndApplyHeader(message, 0, header)
            .correlationId(correlationId)
            .version(view.version())
            .from(from)
            .next(isKnown || end == assignments.size() ? ALL_TOLD : end);
        writeMembers(isKnown || from > 0 ? List.of() : view.members());
        final TableReplyEncoder.PartitionsEncoder partitions = reply.partitionsCount(end - from);
        for (int i = from; i < end; i++)
        {
            final Assignment assignment = assignments.get(i);
            partitions.next()
                .epoch((int) assignment.epoch())
                .primary(assignment.primary())
                .replica(replica(assignment, correlationId));
        }
    }

    /**
     * Those who ask share the copies between them by the numbers of their questions.
     */
    private static int replica(final Assignment assignment, final long correlationId)
    {
        final List<Replica> others =
            assignment.inSync().stream().filter((each) -> each.memberId() != assignment.primary()).toList();
        return others.isEmpty() ? Assignment.NO_MEMBER :
            others.get((int) Math.floorMod(correlationId * SPREAD >>> Integer.SIZE, (long) others.size())).memberId();
    }

    private void writeMembers(final List<Member> all)
    {
        final List<Member> reachable = all.stream().filter((member) -> !member.address().isEmpty()).toList();
        final TableReplyEncoder.MembersEncoder members = reply.membersCount(reachable.size());
        for (final Member member : reachable)
        {
            final byte[] endpoint = member.address().getBytes(StandardCharsets.US_ASCII);
            members.next()
                .incarnation(member.incarnation())
                .member(member.id())
                .agents(member.agents())
                .putEndpoint(endpoint, 0, endpoint.length);
        }
    }
}
