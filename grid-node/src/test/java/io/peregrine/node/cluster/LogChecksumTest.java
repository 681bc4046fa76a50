package io.peregrine.node.cluster;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.zip.CRC32C;

import static org.junit.jupiter.api.Assertions.assertEquals;

class LogChecksumTest
{
    private static final int OFFSET = 32;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32, 4_095, 4_096, 4_097, 20_000})
    void shouldSumUpEveryByteAndNoOther(final int length)
    {
        final byte[] bytes = new byte[OFFSET + length + 1];
        new Random(length).nextBytes(bytes);
        final UnsafeBuffer memory = new UnsafeBuffer(ByteBuffer.allocateDirect(bytes.length));
        memory.putBytes(0, bytes);
        final LogChecksum checksum = new LogChecksum();
        final CRC32C expected = new CRC32C();
        expected.update(bytes, OFFSET, length);

        for (int i = 0; i < 2; i++)
        {
            assertEquals((int) expected.getValue(), checksum.compute(memory.addressOffset(), OFFSET, length));
        }
    }
}
