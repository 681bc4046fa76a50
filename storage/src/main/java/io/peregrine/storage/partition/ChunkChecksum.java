package io.peregrine.storage.partition;

import java.util.zip.CRC32C;

import org.agrona.DirectBuffer;

/**
 * CRC-32C of bytes in any buffer.
 */
final class ChunkChecksum
{
    private static final int STEP = 4096;

    private final CRC32C crc = new CRC32C();
    private final byte[] window = new byte[STEP];

    int of(final DirectBuffer buffer, final int offset, final int length)
    {
        crc.reset();
        for (int at = 0; at < length; at += STEP)
        {
            final int part = Math.min(STEP, length - at);
            buffer.getBytes(offset + at, window, 0, part);
            crc.update(window, 0, part);
        }
        return (int) crc.getValue();
    }
}
