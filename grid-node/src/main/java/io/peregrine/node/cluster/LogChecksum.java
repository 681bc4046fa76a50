package io.peregrine.node.cluster;

import io.aeron.archive.checksum.Checksum;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.zip.CRC32C;

/**
 * CRC-32C of what the archive records, without the access to the JDK's inside that the archive's own asks for. One
 * thread.
 */
final class LogChecksum implements Checksum
{
    private static final int PIECE = 4096;

    private final CRC32C crc = new CRC32C();
    private final UnsafeBuffer memory = new UnsafeBuffer(0, 0);
    private final byte[] piece = new byte[PIECE];

    @Override
    public int compute(final long address, final int offset, final int length)
    {
        memory.wrap(address + offset, length);
        crc.reset();
        for (int done = 0; done < length; done += PIECE)
        {
            final int next = Math.min(PIECE, length - done);
            memory.getBytes(done, piece, 0, next);
            crc.update(piece, 0, next);
        }

        return (int) crc.getValue();
    }
}
