package io.peregrine.perf.sim.workload;

import io.peregrine.perf.sim.grid.Parcel;
import io.peregrine.transport.link.LinkConnection;
import io.peregrine.transport.link.LinkSender;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.function.Predicate;

/**
 * A client's end of one link to a data agent.
 */
final class SimLink implements LinkConnection, LinkSender
{
    private static final int LONGEST = 64 * 1024;
    private static final int ONE_GRID = 1;

    final int place;
    final int machine;
    final int agent;
    long heardNs;
    long pingedNs;
    private final UnsafeBuffer claim = new UnsafeBuffer(0, 0);
    private final Predicate<Parcel> out;
    private final long id;
    private boolean isWelcome;
    private boolean isGone;
    private boolean isQuiet;
    private int tag;
    private long taken;
    private long sent;

    /**
     * @param out takes what goes to the node; false where there is no room.
     */
    SimLink(
        final long id,
        final int place,
        final int machine,
        final int agent,
        final long nowNs,
        final Predicate<Parcel> out)
    {
        this.id = id;
        this.place = place;
        this.machine = machine;
        this.agent = agent;
        this.out = out;
        heardNs = nowNs;
        pingedNs = nowNs;
    }

    /**
     * @return whether it was not before.
     */
    boolean welcome()
    {
        final boolean isFirst = !isWelcome && !isGone;
        isWelcome = true;
        return isFirst;
    }

    void lose()
    {
        isGone = true;
    }

    void quiet(final boolean isNow)
    {
        isQuiet = isNow;
    }

    boolean isGone()
    {
        return isGone;
    }

    /**
     * @return whether the message with that number is the next.
     */
    boolean takes(final long number)
    {
        taken++;
        return isOpen() && taken == number;
    }

    @Override
    public long id()
    {
        return id;
    }

    @Override
    public long incarnation()
    {
        return id;
    }

    @Override
    public long gridId()
    {
        return ONE_GRID;
    }

    @Override
    public DirectBuffer greeting()
    {
        return new UnsafeBuffer(new byte[0]);
    }

    @Override
    public boolean isOpen()
    {
        return isWelcome && !isGone;
    }

    @Override
    public boolean isQuiet()
    {
        return isQuiet;
    }

    @Override
    public LinkSender newSender()
    {
        return this;
    }

    @Override
    public int maxMessageLength()
    {
        return LONGEST;
    }

    @Override
    public int tryClaim(final int by, final int length)
    {
        if (!isOpen())
        {
            return DISCONNECTED;
        }

        claim.wrap(new byte[length]);
        tag = by;
        return 0;
    }

    @Override
    public MutableDirectBuffer buffer()
    {
        return claim;
    }

    @Override
    public void commit()
    {
        sent++;
        if (!out.test(new Parcel(Parcel.Kind.DATA, agent, id, sent, tag, claim.byteArray())))
        {
            lose();
        }
    }

    @Override
    public void abort()
    {
        claim.wrap(0, 0);
    }
}
