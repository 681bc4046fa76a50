package io.peregrine.storage.lock;

import io.peregrine.storage.codec.FenceRowsDecoder;
import io.peregrine.storage.codec.FenceRowsEncoder;
import io.peregrine.storage.codec.MessageHeaderDecoder;
import io.peregrine.storage.codec.MessageHeaderEncoder;
import io.peregrine.storage.session.MessageLayout;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Writes the fences of a partition into a FenceRows message, and loads one. All in one piece: which one is forgotten
 * depends on all together. One for all partitions of a data agent.
 */
public final class FenceSnapshot
{
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();
    private final FenceRowsEncoder encoder = new FenceRowsEncoder();
    private final FenceRowsDecoder decoder = new FenceRowsDecoder();
    private int length;

    /**
     * Write all.
     *
     * @param table of the fences.
     */
    public void write(final FenceTable table)
    {
        final FenceRowsEncoder.FencesEncoder rows =
            encoder.wrapAndApplyHeader(buffer, 0, headerEncoder).fencesCount(table.size());
        for (FenceTable.Row row = table.oldest(); row != null; row = row.newer)
        {
            rows.next().lockHash(row.lock).fence(row.fence).lockPartition(row.partition).reserved(0);
        }
        final int[] floored = table.floored();
        final FenceRowsEncoder.FloorsEncoder floors = encoder.floorsCount(floored.length);
        for (final int partition : floored)
        {
            floors.next().fence(table.floor(partition)).lockPartition(partition).reserved(0);
        }
        length = MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    /**
     * The message.
     *
     * @return buffer that has it at 0, until the next is written.
     */
    public DirectBuffer buffer()
    {
        return buffer;
    }

    /**
     * The length of the message.
     *
     * @return bytes.
     */
    public int length()
    {
        return length;
    }

    /**
     * Are these bytes what {@link #write} can have written?
     *
     * @param src    with the bytes.
     * @param offset where.
     * @param bytes  how many.
     * @return true if they can be loaded.
     */
    public boolean isLoadable(final DirectBuffer src, final int offset, final int bytes)
    {
        final int end = offset + bytes;
        int at = MessageLayout.skipRoot(
            src, offset, end, FenceRowsDecoder.TEMPLATE_ID, FenceRowsDecoder.SCHEMA_ID, FenceRowsDecoder.BLOCK_LENGTH);
        at = MessageLayout.skipGroup(src, at, end, FenceRowsDecoder.FencesDecoder.sbeBlockLength(), 0);
        if (MessageLayout.skipGroup(src, at, end, FenceRowsDecoder.FloorsDecoder.sbeBlockLength(), 0) != end)
        {
            return false;
        }
        decoder.wrapAndApplyHeader(src, offset, headerDecoder);
        int count = 0;
        for (final FenceRowsDecoder.FencesDecoder row : decoder.fences())
        {
            if (row.fence() <= 0 || row.lockPartition() < 0 || ++count > FenceTable.MAX_FENCES)
            {
                return false;
            }
        }
        int last = -1;
        for (final FenceRowsDecoder.FloorsDecoder row : decoder.floors())
        {
            if (row.fence() <= 0 || row.lockPartition() <= last)
            {
                return false;
            }
            last = row.lockPartition();
        }
        return true;
    }

    /**
     * Put the rows of a loadable message into a table.
     *
     * @param table  empty.
     * @param src    with the message.
     * @param offset where.
     */
    public void load(final FenceTable table, final DirectBuffer src, final int offset)
    {
        decoder.wrapAndApplyHeader(src, offset, headerDecoder);
        for (final FenceRowsDecoder.FencesDecoder row : decoder.fences())
        {
            table.seen(row.lockPartition(), row.lockHash(), row.fence());
        }
        for (final FenceRowsDecoder.FloorsDecoder row : decoder.floors())
        {
            table.raiseFloor(row.lockPartition(), row.fence());
        }
    }
}
