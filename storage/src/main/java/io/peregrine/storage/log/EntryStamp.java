package io.peregrine.storage.log;

import java.nio.ByteOrder;

import org.agrona.DirectBuffer;

/**
 * Reads the fields with which every entry begins, whatever its kind. Offsets are of the entry's message header.
 */
public final class EntryStamp
{
    /**
     * Bytes of header and stamp: no entry is shorter.
     */
    public static final int LENGTH = 48;

    private static final int TEMPLATE_OFFSET = 2;
    private static final int SEQUENCE_OFFSET = 8;
    private static final int TIME_OFFSET = 16;
    private static final int SESSION_OFFSET = 24;
    private static final int REQUEST_OFFSET = 32;
    private static final int LOWEST_UNANSWERED_OFFSET = 40;

    private EntryStamp()
    {
    }

    /**
     * The kind of the entry.
     *
     * @param entry  buffer with the entry.
     * @param offset of its header.
     * @return template id.
     */
    public static int templateId(final DirectBuffer entry, final int offset)
    {
        return entry.getShort(offset + TEMPLATE_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    /**
     * The entry's place in the log of its partition.
     *
     * @param entry  buffer with the entry.
     * @param offset of its header.
     * @return sequence.
     */
    public static long sequence(final DirectBuffer entry, final int offset)
    {
        return entry.getLong(offset + SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Partition time of the entry.
     *
     * @param entry  buffer with the entry.
     * @param offset of its header.
     * @return nanoseconds.
     */
    public static long time(final DirectBuffer entry, final int offset)
    {
        return entry.getLong(offset + TIME_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The session that asked for the entry.
     *
     * @param entry  buffer with the entry.
     * @param offset of its header.
     * @return id, 0 for none.
     */
    public static long sessionId(final DirectBuffer entry, final int offset)
    {
        return entry.getLong(offset + SESSION_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The number of the request in its session.
     *
     * @param entry  buffer with the entry.
     * @param offset of its header.
     * @return number from 1, 0 without a session.
     */
    public static long requestNumber(final DirectBuffer entry, final int offset)
    {
        return entry.getLong(offset + REQUEST_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The lowest number of a request that its client has no answer to.
     *
     * @param entry  buffer with the entry.
     * @param offset of its header.
     * @return number, 0 without a session.
     */
    public static long lowestUnanswered(final DirectBuffer entry, final int offset)
    {
        return entry.getLong(offset + LOWEST_UNANSWERED_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }
}
