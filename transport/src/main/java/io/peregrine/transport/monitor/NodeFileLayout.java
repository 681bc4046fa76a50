package io.peregrine.transport.monitor;

import io.peregrine.transport.process.ProcessLife;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Layout of the mapped file of a node. All numbers are little endian and aligned to their size.
 * <pre>
 *   0  long  magic "PEREGRIN"
 *   8  int   version, 0 until the file is complete
 *  12  int   length of the counters' metadata
 *  16  long  last activity, epoch ms, by the node's duty cycle
 *  24  long  start of the node, epoch ms
 *  32  long  pid
 *  40  long  start of the process, as {@link ProcessLife} says it, 0 where the system does not
 *  48  int   length of the counters' values
 *  52  int   length of the error log
 *  56  int   length of the name, then the name in US-ASCII
 * 256  counters' metadata, counters' values, error log
 * </pre>
 */
final class NodeFileLayout
{
    static final int VERSION = 1;
    static final long MAGIC = 0x4E49524745524550L;
    static final int HEADER_LENGTH = 256;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = 8;
    static final int METADATA_LENGTH_OFFSET = 12;
    static final int ACTIVITY_OFFSET = 16;
    static final int START_OFFSET = 24;
    static final int PID_OFFSET = 32;
    static final int PROCESS_START_OFFSET = 40;
    static final int VALUES_LENGTH_OFFSET = 48;
    static final int ERRORS_LENGTH_OFFSET = 52;
    static final int NAME_OFFSET = 56;
    static final int LONGEST_NAME = HEADER_LENGTH - NAME_OFFSET - Integer.BYTES;

    private NodeFileLayout()
    {
    }

    /**
     * Writes all of the header but the version, which says that the file is complete.
     */
    static void init(
        final AtomicBuffer header, final String name, final long nowMs, final int counters, final int errorsLength)
    {
        header.putLong(MAGIC_OFFSET, MAGIC);
        header.putInt(METADATA_LENGTH_OFFSET, counters * CountersReader.METADATA_LENGTH);
        header.putInt(VALUES_LENGTH_OFFSET, counters * CountersReader.COUNTER_LENGTH);
        header.putInt(ERRORS_LENGTH_OFFSET, errorsLength);
        header.putLong(ACTIVITY_OFFSET, nowMs);
        header.putLong(START_OFFSET, nowMs);
        header.putLong(PID_OFFSET, ProcessHandle.current().pid());
        header.putLong(PROCESS_START_OFFSET, ProcessLife.start(ProcessHandle.current().pid()));
        name(header, name);
    }

    static String name(final AtomicBuffer header)
    {
        final int length = header.getInt(NAME_OFFSET);
        if (length < 0 || length > LONGEST_NAME)
        {
            return "?";
        }
        return header.getStringWithoutLengthAscii(NAME_OFFSET + Integer.BYTES, length);
    }

    static void name(final AtomicBuffer header, final String name)
    {
        if (name.length() > LONGEST_NAME || !StandardCharsets.US_ASCII.newEncoder().canEncode(name))
        {
            throw new IllegalArgumentException("name of a node: at most " + LONGEST_NAME + " ASCII characters");
        }
        header.putStringAscii(NAME_OFFSET, name);
    }

    static AtomicBuffer metadata(final ByteBuffer file, final AtomicBuffer header)
    {
        return new UnsafeBuffer(file, HEADER_LENGTH, header.getInt(METADATA_LENGTH_OFFSET));
    }

    static AtomicBuffer values(final ByteBuffer file, final AtomicBuffer header)
    {
        return new UnsafeBuffer(
            file, HEADER_LENGTH + header.getInt(METADATA_LENGTH_OFFSET), header.getInt(VALUES_LENGTH_OFFSET));
    }

    static AtomicBuffer errors(final ByteBuffer file, final AtomicBuffer header)
    {
        return new UnsafeBuffer(
            file,
            HEADER_LENGTH + header.getInt(METADATA_LENGTH_OFFSET) + header.getInt(VALUES_LENGTH_OFFSET),
            header.getInt(ERRORS_LENGTH_OFFSET));
    }

    /**
     * @return true when the lengths that the header states add up to the length of the file.
     */
    static boolean isWhole(final AtomicBuffer header, final long fileLength)
    {
        final int metadata = header.getInt(METADATA_LENGTH_OFFSET);
        final int values = header.getInt(VALUES_LENGTH_OFFSET);
        final int errors = header.getInt(ERRORS_LENGTH_OFFSET);
        return metadata > 0 && values > 0 && errors > 0 &&
            (long) HEADER_LENGTH + metadata + values + errors == fileLength;
    }
}
