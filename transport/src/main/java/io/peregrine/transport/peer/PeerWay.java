package io.peregrine.transport.peer;

import io.aeron.Aeron;

/**
 * The streams to one data agent of another node. Data agent's thread.
 */
public final class PeerWay
{
    private final String endpoint;
    private final PeerOut[] streams;

    PeerWay(final String endpoint, final PeerOut[] streams)
    {
        this.endpoint = endpoint;
        this.streams = streams;
    }

    /**
     * @return host and port that it leads to.
     */
    public String endpoint()
    {
        return endpoint;
    }

    /**
     * @param kind from 0.
     * @return the stream of that kind.
     */
    public PeerOut stream(final int kind)
    {
        return streams[kind];
    }

    void open(final Aeron aeron)
    {
        for (final PeerOut stream : streams)
        {
            stream.open(aeron);
        }
    }

    int work(final long nowNs)
    {
        int work = 0;
        for (int i = 0; i < streams.length; i++)
        {
            work += streams[i].work(nowNs);
        }
        return work;
    }

    void close()
    {
        for (final PeerOut stream : streams)
        {
            stream.close();
        }
    }
}
