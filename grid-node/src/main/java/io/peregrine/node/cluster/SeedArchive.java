package io.peregrine.node.cluster;

import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveTool;
import io.aeron.archive.client.ArchiveException;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import org.agrona.BitUtil;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.File;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.MappedByteBuffer;
import java.util.Set;

/**
 * Starts the archive that keeps the control plane's log, also after its process was killed in the middle of a write. An
 * archive does not start where the last fragment that it recorded goes on in a page of which nothing is there: that
 * could be whole and end with zeros, or be torn. Its checksum tells which, and what is torn is cut off: nobody was told
 * that it is there, as positions are told after writes.
 */
final class SeedArchive
{
    private SeedArchive()
    {
    }

    /**
     * @param context of the archive, not concluded, with its directory.
     */
    static Archive launch(final Archive.Context context)
    {
        context.recordChecksum(new LogChecksum());
        try
        {
            return Archive.launch(context.clone());
        }
        catch (final ArchiveException ex)
        {
            cutOffWhatIsTorn(context.archiveDir());
            return Archive.launch(context);
        }
    }

    private static void cutOffWhatIsTorn(final File directory)
    {
        try (PrintStream nobody = new PrintStream(OutputStream.nullOutputStream()))
        {
            ArchiveTool.verify(nobody, directory, Set.of(), null, SeedArchive::isTorn);
        }
    }

    /**
     * @param segment of a recording, the last one.
     * @return whether its last fragment is not what it was given to record.
     */
    static boolean isTorn(final File segment)
    {
        final MappedByteBuffer bytes = IoUtil.mapExistingFile(segment, "the last file of a recording");
        try
        {
            final UnsafeBuffer log = new UnsafeBuffer(bytes);
            final int last = lastFragment(log);
            final int end = last + alignedLength(log, last);
            final int data = last + DataHeaderFlyweight.HEADER_LENGTH;
            return end < data || end > log.capacity() || FrameDescriptor.frameSessionId(log, last) !=
                new LogChecksum().compute(log.addressOffset(), data, end - data);
        }
        finally
        {
            IoUtil.unmap(bytes);
        }
    }

    /**
     * Before the first one, in the file in which a recording begins, nothing may be for a while.
     */
    private static int lastFragment(final UnsafeBuffer log)
    {
        int last = 0;
        int next = 0;
        boolean isBegun = false;
        while (next < log.capacity() && !(isBegun && alignedLength(log, next) == 0))
        {
            isBegun |= alignedLength(log, next) > 0;
            last = next;
            next += Math.max(FrameDescriptor.FRAME_ALIGNMENT, alignedLength(log, next));
        }

        return last;
    }

    private static int alignedLength(final UnsafeBuffer log, final int offset)
    {
        final int length = FrameDescriptor.frameLength(log, offset);
        return BitUtil.align(Math.max(0, Math.min(log.capacity(), length)), FrameDescriptor.FRAME_ALIGNMENT);
    }
}
