package io.peregrine.transport.peer;

import io.peregrine.transport.DriverLimits;
import io.peregrine.transport.PeerLimits;
import io.peregrine.transport.link.LinkHost;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.agrona.MutableDirectBuffer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A node with one data agent that notes the lengths of the messages that come, and what is wrong with them.
 */
final class PeerEnd implements AutoCloseable, PeerHandler
{
    private static final int MAX_CLIENTS = 16;
    private static final int MAX_PEERS = 8;

    final List<Integer> lengths = new ArrayList<>();
    final LinkHost host;
    final PeerStreams streams;
    boolean isPolled = true;
    boolean isNoted = true;
    String problem;

    private final int port;

    PeerEnd(final Path directory, final int port, final PeerSettings settings, final ErrorHandler errorHandler)
    {
        this.port = port;
        final int term = settings.termLength();
        host = LinkHost.open(
            directory,
            new DriverLimits(
                MAX_CLIENTS,
                1,
                term,
                new PeerLimits(PeerProtocol.FIRST_STREAM, PeerProtocol.KINDS, MAX_PEERS, term)),
            errorHandler,
            null);
        streams = new PeerStreams(host, endpoint(), 0, settings, this);
    }

    static void fill(final MutableDirectBuffer buffer, final int offset, final int length)
    {
        for (int i = 0; i < length; i++)
        {
            buffer.putByte(offset + i, byteAt(i, length));
        }
    }

    String endpoint()
    {
        return "127.0.0.1:" + port;
    }

    int work()
    {
        final int work = host.work() + (isPolled ? streams.work(System.nanoTime()) : 0);
        host.flush();
        return work;
    }

    @Override
    public void onMessage(final DirectBuffer buffer, final int offset, final int length)
    {
        if (isNoted)
        {
            lengths.add(length);
            for (int i = 0; i < length && problem == null; i++)
            {
                if (buffer.getByte(offset + i) != byteAt(i, length))
                {
                    problem = "byte " + i + " of " + length;
                }
            }
        }
    }

    @Override
    public void close()
    {
        streams.close();
        host.close();
    }

    private static byte byteAt(final int index, final int length)
    {
        return (byte) (index * 31 + length);
    }
}
