package io.peregrine.perf.echo;

import io.peregrine.client.codec.MapReadReplyEncoder;
import io.peregrine.client.codec.MapReadRequestEncoder;
import io.peregrine.client.codec.MapReplyEncoder;
import io.peregrine.client.codec.MapRequestEncoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.node.codec.AcksEncoder;
import io.peregrine.node.codec.AppendEncoder;
import io.peregrine.perf.load.Workload;
import io.peregrine.storage.codec.MapCommandEncoder;
import org.agrona.BitUtil;

/**
 * How long the messages of a map are. Pure.
 */
final class Lengths
{
    /**
     * Of every message, whatever its schema.
     */
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

    /**
     * What an entry has before it in a message with several, and what its length is a multiple of.
     */
    private static final int ENTRY_HEADER = 8;

    private Lengths()
    {
    }

    /**
     * Of the messages of a put behind the request.
     *
     * @param forward     to the other copy.
     * @param acknowledge from there.
     * @param answer      to the one who asked.
     */
    record Relayed(int forward, int acknowledge, int answer)
    {
    }

    /**
     * @param row 0 a get, 1 a put.
     */
    static int request(final int row, final int valueLength)
    {
        final int get = MapReadRequestEncoder.BLOCK_LENGTH + MapReadRequestEncoder.keyHeaderLength();
        final int put = MapRequestEncoder.BLOCK_LENGTH + MapRequestEncoder.keyHeaderLength() +
            MapRequestEncoder.valueHeaderLength() + MapRequestEncoder.expectedHeaderLength() + valueLength;
        return HEADER + Workload.KEY_LENGTH + (row == 0 ? get : put);
    }

    /**
     * @param row 0 a get, 1 a put.
     */
    static int answer(final int row, final int valueLength)
    {
        return row == 0 ?
            HEADER + MapReadReplyEncoder.BLOCK_LENGTH + MapReadReplyEncoder.valueHeaderLength() + valueLength :
            HEADER + MapReplyEncoder.BLOCK_LENGTH + MapReplyEncoder.valueHeaderLength();
    }

    static Relayed relayed(final int valueLength)
    {
        final int entry = HEADER + MapCommandEncoder.BLOCK_LENGTH + MapCommandEncoder.keyHeaderLength() +
            MapCommandEncoder.valueHeaderLength() + MapCommandEncoder.expectedHeaderLength() + Workload.KEY_LENGTH +
            valueLength;
        return new Relayed(
            HEADER + AppendEncoder.BLOCK_LENGTH + AppendEncoder.entriesHeaderLength() + ENTRY_HEADER +
                BitUtil.align(entry, ENTRY_HEADER),
            HEADER + AcksEncoder.BLOCK_LENGTH + AcksEncoder.PartitionsEncoder.sbeHeaderSize() +
                AcksEncoder.PartitionsEncoder.sbeBlockLength(),
            answer(1, valueLength));
    }
}
