package io.peregrine.node.cluster;

import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SeedArchiveTest
{
    private static final int LENGTH = 64 * 1024;
    private static final int BEGIN = 4_096 - 320;
    private static final int FIRST = 128;
    private static final int LAST = 9_000;
    private static final int ALIGNED = 9_024;

    @TempDir
    private Path directory;
    private final UnsafeBuffer log = new UnsafeBuffer(ByteBuffer.allocateDirect(LENGTH));

    private void put(final int offset, final int length, final int aligned, final int data)
    {
        final int from = offset + DataHeaderFlyweight.HEADER_LENGTH;
        log.putInt(FrameDescriptor.lengthOffset(offset), length);
        log.setMemory(from, data, (byte) 7);
        FrameDescriptor.frameSessionId(
            log, offset, new LogChecksum().compute(log.addressOffset(), from, offset + aligned - from));
    }

    private File file() throws IOException
    {
        final byte[] bytes = new byte[LENGTH];
        log.getBytes(0, bytes);
        return Files.write(directory.resolve("0-0.rec"), bytes).toFile();
    }

    @Test
    void shouldKeepALastFragmentThatIsWholeAndEndsWithZeros() throws IOException
    {
        put(BEGIN, FIRST, FIRST, 10);
        put(BEGIN + FIRST, LAST, ALIGNED, 10);
        assertFalse(SeedArchive.isTorn(file()));
    }

    @Test
    void shouldCutOffALastFragmentOfWhichAPartIsMissing() throws IOException
    {
        put(BEGIN, FIRST, FIRST, 10);
        put(BEGIN + FIRST, LAST, ALIGNED, LAST - DataHeaderFlyweight.HEADER_LENGTH);
        log.setMemory(8_192, LENGTH - 8_192, (byte) 0);
        assertTrue(SeedArchive.isTorn(file()));
    }

    @Test
    void shouldCutOffALastFragmentThatGoesOnBehindTheFile() throws IOException
    {
        put(BEGIN, FIRST, FIRST, 10);
        log.putInt(FrameDescriptor.lengthOffset(BEGIN + FIRST), 2 * LENGTH);
        assertTrue(SeedArchive.isTorn(file()));
    }

    @Test
    void shouldCutOffWhatHasNoFragment() throws IOException
    {
        assertTrue(SeedArchive.isTorn(file()));
    }
}
