package io.peregrine.node.gateway;

import io.peregrine.client.port.Assembler;
import io.peregrine.client.port.MessageSink;
import org.agrona.MutableDirectBuffer;

/**
 * One tag of a link: where its answers go, and where its long requests come together. As a sink it always has room:
 * what the link does not take now waits in the link's backlog, and what comes when the link is over goes nowhere. On
 * the data agent's thread.
 */
final class TagEnd implements MessageSink
{
    private enum Claim
    {
        NONE, LINK, BACKLOG, NOWHERE
    }

    private final LinkEnd end;
    private final int tag;
    private Assembler assembler;
    private int inFlight;
    private int half;
    private long pieceNs;
    private Claim claim = Claim.NONE;

    TagEnd(final LinkEnd end, final int tag)
    {
        this.end = end;
        this.tag = tag;
    }

    LinkEnd end()
    {
        return end;
    }

    /**
     * A request came that will be answered.
     *
     * @return how many are unanswered.
     */
    int onRequest()
    {
        return ++inFlight;
    }

    @Override
    public int maxMessageLength()
    {
        return Integer.MAX_VALUE;
    }

    @Override
    public int tryClaim(final int partition, final int length)
    {
        if (end.isGone())
        {
            claim = Claim.NOWHERE;
            end.nowhere.checkLimit(length);
            return 0;
        }
        if (end.backlog().isEmpty() && length <= end.maxMessageLength())
        {
            final int at = end.link.tryClaim(tag, length);
            if (at >= 0)
            {
                claim = Claim.LINK;
                return at;
            }
        }

        claim = Claim.BACKLOG;
        return end.backlog().claim(tag, length);
    }

    @Override
    public MutableDirectBuffer buffer()
    {
        switch (claim)
        {
            case LINK:
                return end.link.buffer();
            case BACKLOG:
                return end.backlog().buffer();
            default:
                return end.nowhere;
        }
    }

    @Override
    public void commit()
    {
        switch (claim)
        {
            case LINK:
                end.link.commit();
                break;
            case BACKLOG:
                end.backlog().commit();
                end.onQueued();
                break;
            default:
                end.tally.answersDropped++;
                break;
        }
        claim = Claim.NONE;
        inFlight = Math.max(0, inFlight - 1);
    }

    @Override
    public void abort()
    {
        if (claim == Claim.LINK && !end.isGone())
        {
            end.link.abort();
        }
        claim = Claim.NONE;
    }

    @Override
    public void waive()
    {
        inFlight = Math.max(0, inFlight - 1);
    }

    @Override
    public boolean takesRedirects()
    {
        return end.link.takesRedirects();
    }

    /**
     * @return where pieces come together; to be given up by {@link #letGo()} when no request is half here.
     */
    Assembler assembler()
    {
        if (assembler == null)
        {
            assembler = end.assemblers.lend();
        }

        return assembler;
    }

    void letGo()
    {
        if (assembler != null)
        {
            end.assemblers.takeBack(assembler);
            assembler = null;
        }
    }

    boolean isHalf()
    {
        return half > 0;
    }

    /**
     * A request of so many bytes begins, or goes on, or with 0 is over.
     */
    void half(final int bytes, final long nowNs)
    {
        end.halfRequests += (bytes > 0 ? 1 : 0) - (half > 0 ? 1 : 0);
        end.pieces += bytes - half;
        end.tally.pieces += bytes - half;
        half = bytes;
        pieceNs = nowNs;
    }

    void onPiece(final long nowNs)
    {
        pieceNs = nowNs;
    }

    boolean isHalfFor(final long nowNs, final long limitNs)
    {
        return half > 0 && nowNs - pieceNs >= limitNs;
    }

    void dropHalfRequest()
    {
        half(0, pieceNs);
        letGo();
    }

    /**
     * The link is over, maybe while a request is carried out that is still in the assembler.
     */
    void onGone()
    {
        half = 0;
        assembler = null;
    }
}
