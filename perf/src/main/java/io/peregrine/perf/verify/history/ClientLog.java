package io.peregrine.perf.verify.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Where a client writes down what it does. Each line is the system's before the operation goes on, so that it is there
 * after the process was killed. On the client's thread.
 */
public final class ClientLog implements AutoCloseable
{
    private final FileChannel file;

    /**
     * Begin one.
     *
     * @param path of the file, which must not be there yet.
     */
    public ClientLog(final Path path)
    {
        try
        {
            file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("no log of a client can be made at " + path, ex);
        }
    }

    /**
     * Before the operation.
     *
     * @param operation that follows.
     * @param nowNs     of {@link System#nanoTime()}.
     */
    public void invoked(final Operation operation, final long nowNs)
    {
        write(Lines.invoked(operation, nowNs));
    }

    /**
     * After the operation.
     *
     * @param told  of it.
     * @param nowNs of {@link System#nanoTime()}.
     */
    public void returned(final Told told, final long nowNs)
    {
        write(Lines.returned(told, nowNs));
    }

    private void write(final String line)
    {
        final ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
        try
        {
            while (bytes.hasRemaining())
            {
                file.write(bytes);
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("the log of a client cannot be written", ex);
        }
    }

    @Override
    public void close()
    {
        try
        {
            file.close();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("the log of a client cannot be closed", ex);
        }
    }
}
