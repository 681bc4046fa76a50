package io.peregrine.perf.sim.grid;

/**
 * What goes by a link between a client and a data agent of a node, either way.
 *
 * @param kind   of it.
 * @param agent  of the node.
 * @param link   number of the link; no two are the same.
 * @param number of the message in its direction, from 1 on: one that is not the next ends the link.
 * @param tag    that the message goes with.
 * @param bytes  of the message; empty where there is none.
 */
public record Parcel(Kind kind, int agent, long link, long number, int tag, byte[] bytes)
{
    private static final byte[] NOTHING = new byte[0];

    /**
     * What it is.
     */
    public enum Kind
    {
        /** The client wants a link. */
        KNOCK,
        /** There is one. */
        WELCOME,
        /** Is it still there? */
        PING,
        /** It is. */
        PONG,
        /** It is not. */
        GONE,
        /** A message. */
        DATA
    }

    /**
     * @param kind  of it.
     * @param agent of the node.
     * @param link  number of the link.
     * @return one without a message.
     */
    public static Parcel of(final Kind kind, final int agent, final long link)
    {
        return new Parcel(kind, agent, link, 0, 0, NOTHING);
    }
}
