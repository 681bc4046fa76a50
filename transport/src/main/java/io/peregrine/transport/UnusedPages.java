package io.peregrine.transport;

import org.agrona.SystemUtil;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Gives back the memory of a driver's files that holds nothing but zeros.
 * <p>
 * Aeron 1.51 demands at least 1 MiB for each direction of commands, 5 MiB for counters and 4 MiB for errors, and writes
 * zeros into all of it when it begins. A client with a few streams uses some dozen pages of that. The file is cut off
 * and made as long again, which leaves every mapping of it in place and takes memory only for what is written from then
 * on.
 * <p>
 * Only by the thread that invokes the driver, before anybody else knows of it: whoever looks into the file between the
 * two steps finds no memory there.
 */
final class UnusedPages
{
    private static final int PAGE = 4096;

    private UnusedPages()
    {
    }

    /**
     * Give back what is unused of a file. Where the system cannot do so, nothing happens.
     */
    static void giveBack(final Path file) throws IOException
    {
        if (!SystemUtil.isLinux() || !Files.exists(file))
        {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE))
        {
            final long length = channel.size();
            final SortedMap<Long, ByteBuffer> used = usedPages(channel, length);
            channel.truncate(0);
            write(channel, ByteBuffer.allocate(1), length - 1);
            for (final SortedMap.Entry<Long, ByteBuffer> page : used.entrySet())
            {
                write(channel, page.getValue(), page.getKey());
            }
        }
    }

    private static SortedMap<Long, ByteBuffer> usedPages(final FileChannel channel, final long length)
        throws IOException
    {
        final SortedMap<Long, ByteBuffer> used = new TreeMap<>();
        final ByteBuffer zeros = ByteBuffer.allocate(PAGE);
        ByteBuffer page = ByteBuffer.allocate(PAGE);
        for (long at = 0; at < length; at += PAGE)
        {
            page.clear();
            while (page.hasRemaining() && channel.read(page, at + page.position()) >= 0)
            {
                continue;
            }
            page.flip();
            zeros.position(0).limit(page.limit());
            if (!page.equals(zeros))
            {
                used.put(at, page);
                page = ByteBuffer.allocate(PAGE);
            }
        }
        return used;
    }

    private static void write(final FileChannel channel, final ByteBuffer bytes, final long at) throws IOException
    {
        final int start = bytes.position();
        while (bytes.hasRemaining())
        {
            channel.write(bytes, at + bytes.position() - start);
        }
    }
}
