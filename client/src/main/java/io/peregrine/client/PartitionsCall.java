package io.peregrine.client;

import io.peregrine.client.PartitionsStatus.CopyStatus;
import io.peregrine.client.PartitionsStatus.PartitionStatus;
import io.peregrine.client.PartitionsStatus.State;
import io.peregrine.client.codec.CopyState;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.PartitionsReplyDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Asks all data agents of a node for their partitions, as often as it takes to list them. On the caller's thread.
 */
final class PartitionsCall
{
    private static final int END = -1;
    private static final int MOST_PARTITIONS = 1 << 16;

    private final PartitionsReplyDecoder reply = new PartitionsReplyDecoder();
    private final SortedMap<Integer, PartitionStatus> listed = new TreeMap<>();
    private PartitionsStatus status;

    PartitionsStatus ask(final BlockingCalls calls, final int member, final int agents)
    {
        for (int agent = 0; agent < agents; agent++)
        {
            int from = 0;
            while (from != END)
            {
                calls.partitions(member, agent, from);
                reply.wrapAndApplyHeader(calls.exchange().answer(), 0, new MessageHeaderDecoder());
                final int next = reply.next();
                if (next != END && (next <= from || next > MOST_PARTITIONS))
                {
                    throw Errors.failed(ErrorCode.MALFORMED, "the node lists its partitions in a circle");
                }
                take();
                from = next;
            }
        }
        return new PartitionsStatus(
            status.version(), status.replicas(), status.minInSync(), status.isControlReached(), status.trouble(),
            List.copyOf(listed.values()));
    }

    private void take()
    {
        final long version = reply.version();
        final int replicas = reply.replicas();
        final int minInSync = reply.minInSync();
        final boolean isReached = reply.controlReached() != 0;
        for (final PartitionsReplyDecoder.ListedDecoder each : reply.listed())
        {
            listed.put(each.partition(), new PartitionStatus(
                each.partition(), each.epoch(), each.primary(), each.losses(), state(each.state()),
                each.records(), new ArrayList<>()));
        }
        for (final PartitionsReplyDecoder.CopiesDecoder each : reply.copies())
        {
            final PartitionStatus of = listed.get(each.partition());
            if (of != null)
            {
                of.copies().add(new CopyStatus(
                    each.member(), each.flags().inSync(), each.flags().planned(), each.flags().ended(),
                    each.behind()));
            }
        }
        final byte[] trouble = new byte[reply.troubleLength()];
        reply.getTrouble(trouble, 0, trouble.length);
        status = new PartitionsStatus(
            version, replicas, minInSync, isReached, new String(trouble, StandardCharsets.UTF_8), List.of());
    }

    private static State state(final CopyState told)
    {
        if (told == CopyState.NULL_VAL || told == CopyState.SBE_UNKNOWN)
        {
            throw Errors.failed(
                ErrorCode.UNSUPPORTED, "the node tells of a state of partitions that this client does not know");
        }
        return State.valueOf(told.name());
    }
}
