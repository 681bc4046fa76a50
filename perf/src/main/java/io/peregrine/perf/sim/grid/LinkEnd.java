package io.peregrine.perf.sim.grid;

import org.agrona.collections.Int2ObjectHashMap;

/**
 * A data agent's end of one link.
 */
final class LinkEnd
{
    final int client;
    private final Int2ObjectHashMap<LinkSink> sinks = new Int2ObjectHashMap<>();
    private final Life life;
    private final int agent;
    private final long link;
    private long taken;
    private long sent;

    LinkEnd(final Life life, final int agent, final int client, final long link)
    {
        this.life = life;
        this.agent = agent;
        this.client = client;
        this.link = link;
    }

    /**
     * @return whether the message with that number is the next.
     */
    boolean takes(final long number)
    {
        taken++;
        return taken == number;
    }

    LinkSink sink(final int tag)
    {
        return sinks.computeIfAbsent(tag, (of) -> new LinkSink(this, of));
    }

    void send(final int tag, final byte[] bytes)
    {
        sent++;
        life.answer(client, new Parcel(Parcel.Kind.DATA, agent, link, sent, tag, bytes), bytes.length);
    }
}
