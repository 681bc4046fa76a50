package io.peregrine.perf.sim.world;

/**
 * What one place sent to another, at its goal. It takes room in its stream until it is taken.
 */
public final class Message
{
    private final Stream stream;
    private final Object payload;
    private final int length;

    Message(final Stream stream, final Object payload, final int length)
    {
        this.stream = stream;
        this.payload = payload;
        this.length = length;
    }

    /**
     * @return place that sent it.
     */
    public int from()
    {
        return stream.from;
    }

    /**
     * @return channel that it came by.
     */
    public int channel()
    {
        return stream.channel;
    }

    /**
     * @return what it says. Whoever gets it must not change it: it may come twice.
     */
    public Object payload()
    {
        return payload;
    }

    /**
     * The receiver takes it out of the stream.
     */
    public void take()
    {
        stream.waiting = Math.max(0, stream.waiting - length);
    }

    int length()
    {
        return length;
    }
}
