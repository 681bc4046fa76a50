package io.peregrine.perf.sim.grid;

import io.peregrine.client.port.MessageSink;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

import java.util.function.BiConsumer;

/**
 * Where a node writes answers to one client. A node that has died answers nobody.
 */
final class ClientSink implements MessageSink
{
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final int client;
    private final BiConsumer<Integer, byte[]> out;
    private int length;

    /**
     * @param client place of it.
     * @param out    what takes answers, with that place.
     */
    ClientSink(final int client, final BiConsumer<Integer, byte[]> out)
    {
        this.client = client;
        this.out = out;
    }

    @Override
    public int maxMessageLength()
    {
        return Integer.MAX_VALUE;
    }

    @Override
    public int tryClaim(final int partition, final int claimed)
    {
        buffer.checkLimit(claimed);
        length = claimed;
        return 0;
    }

    @Override
    public MutableDirectBuffer buffer()
    {
        return buffer;
    }

    @Override
    public void commit()
    {
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        out.accept(client, bytes);
    }

    @Override
    public void abort()
    {
        length = 0;
    }
}
