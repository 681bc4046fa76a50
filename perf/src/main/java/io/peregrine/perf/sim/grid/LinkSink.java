package io.peregrine.perf.sim.grid;

import io.peregrine.client.port.MessageSink;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Where a data agent writes answers to one lane of a client, that go back by the link by which its requests came.
 */
final class LinkSink implements MessageSink
{
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final LinkEnd end;
    private final int tag;
    private int length;

    LinkSink(final LinkEnd end, final int tag)
    {
        this.end = end;
        this.tag = tag;
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
        end.send(tag, bytes);
    }

    @Override
    public void abort()
    {
        length = 0;
    }

    @Override
    public boolean takesRedirects()
    {
        return true;
    }
}
