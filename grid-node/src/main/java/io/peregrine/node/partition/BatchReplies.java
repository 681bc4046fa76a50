package io.peregrine.node.partition;

import io.peregrine.client.codec.MapBatchReplyEncoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.Status;
import io.peregrine.client.port.MessageSink;
import io.peregrine.storage.codec.ResultDecoder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Encodes the answer to a batch, command by command, beside the group of commands that asked for it. One for all
 * partitions of a data agent.
 */
final class BatchReplies
{
    private static final int INITIAL_CAPACITY = 4096;
    private static final int LENGTH_BYTES = Integer.BYTES;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MapBatchReplyEncoder reply = new MapBatchReplyEncoder();
    private final Previous previous = new Previous();
    private final Command command = new Command();
    private ExpandableArrayBuffer scratch = new ExpandableArrayBuffer(INITIAL_CAPACITY);

    /**
     * @param group       buffer with the commands, as they stand in the request and, laid out alike, in the entry.
     * @param groupOffset of the group's header.
     */
    void send(
        final MessageSink sink,
        final int partition,
        final long correlationId,
        final Status status,
        final ResultDecoder result,
        final DirectBuffer group,
        final int groupOffset)
    {
        final boolean applied = status == Status.APPLIED;
        final int failed = result.failed();
        final int count = BatchWrites.count(group, groupOffset);
        final ResultDecoder.CommandsDecoder found = result.commands();
        final MapBatchReplyEncoder.ResultsEncoder results =
            reply.wrapAndApplyHeader(scratch, 0, header)
                .correlationId(correlationId)
                .firstRefused(applied ? -1 : failed)
                .reserved1(0)
                .resultsCount(count);
        int at = groupOffset + BatchWrites.GROUP_HEADER;
        for (int i = 0; i < count; i++)
        {
            command.wrapInBatch(group, at, group.capacity());
            at = command.end;
            final Status own = applied ? Status.APPLIED : i == failed ? status : Status.NOT_DONE;
            put(results.next(), own, found, result);
        }

        Replies.copy(sink, partition, scratch, Replies.HEADER + reply.encodedLength());
        if (scratch.capacity() > BatchWrites.KEEP)
        {
            scratch = new ExpandableArrayBuffer(INITIAL_CAPACITY);
        }
    }

    /**
     * Something was found for each command that was carried out, or for the one that was refused.
     */
    private void put(
        final MapBatchReplyEncoder.ResultsEncoder to,
        final Status status,
        final ResultDecoder.CommandsDecoder found,
        final ResultDecoder result)
    {
        long version = 0;
        previous.set(false, false, scratch, 0, 0);
        if (status != Status.NOT_DONE && found.hasNext())
        {
            found.next();
            version = found.version();
            final int length = found.previousLength();
            previous.set(
                found.previousVersion() != 0,
                command.action() == Command.ADD || (command.flags() & 1) != 0,
                result.buffer(),
                result.limit() + LENGTH_BYTES,
                length);
            found.skipPrevious();
        }

        final long number =
            command.action() == Command.ADD && status == Status.APPLIED ? previous.number() + command.operand() : 0;
        to.version(version).number(number).status(status).reserved2(0).reserved3(0);
        to.flags().clear().present(previous.isPresent()).valueIncluded(previous.isIncluded());
        to.putValue(previous.buffer(), previous.offset(), previous.isIncluded() ? previous.length() : 0);
    }
}
