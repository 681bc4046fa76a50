package io.peregrine.node.gateway;

import io.peregrine.client.port.MessageSink;
import io.peregrine.transport.link.ServerLink;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

import java.util.Arrays;

/**
 * What the gateway keeps for one link: the ends of its tags, and the answers that found no room. On the data agent's
 * thread.
 */
final class LinkEnd implements MessageSink
{
    private static final int INITIAL_TAGS = 4;
    private static final long NEVER = Long.MIN_VALUE;

    final ServerLink link;
    final GatewayTally tally;
    final ExpandableArrayBuffer nowhere;
    final Assemblers assemblers;
    int halfRequests;
    long pieces;

    private final Backlog backlog = new Backlog(this);
    private final DelayedEnds delayed;
    private final int maxTags;
    private TagEnd[] tags = new TagEnd[INITIAL_TAGS];
    private long accounted;
    private long movedNs;
    private boolean isDelayed;
    private boolean isGone;

    /**
     * @param nowhere    what is written there is read by nobody.
     * @param assemblers of all links.
     */
    LinkEnd(
        final ServerLink link,
        final int maxTags,
        final DelayedEnds delayed,
        final GatewayTally tally,
        final ExpandableArrayBuffer nowhere,
        final Assemblers assemblers)
    {
        this.assemblers = assemblers;
        this.delayed = delayed;
        this.link = link;
        this.maxTags = maxTags;
        this.tally = tally;
        this.nowhere = nowhere;
    }

    /**
     * @return the end of a tag, or null where the link may not use so high a one.
     */
    TagEnd tag(final int tag)
    {
        if (tag > maxTags)
        {
            return null;
        }
        if (tag >= tags.length)
        {
            tags = Arrays.copyOf(tags, Math.min(maxTags + 1, Math.max(tag + 1, 2 * tags.length)));
        }
        if (tags[tag] == null)
        {
            tags[tag] = new TagEnd(this, tag);
        }

        return tags[tag];
    }

    Backlog backlog()
    {
        return backlog;
    }

    boolean isOpen()
    {
        return !isGone && link.isOpen();
    }

    boolean isGone()
    {
        return isGone;
    }

    /**
     * @return answers sent to their end.
     */
    int sendBacklog(final long nowNs)
    {
        final int before = backlog.size();
        final int sent = backlog.send();
        final boolean isFirstTry = movedNs == NEVER;
        if (backlog.size() != before || isFirstTry)
        {
            movedNs = nowNs;
        }
        isDelayed = !backlog.isEmpty();
        account();
        return sent;
    }

    /**
     * An answer was queued.
     */
    void onQueued()
    {
        tally.answersDelayed++;
        account();
        if (!isDelayed)
        {
            isDelayed = true;
            movedNs = NEVER;
            delayed.add(this);
        }
    }

    boolean isDelayed()
    {
        return isDelayed;
    }

    boolean isStuck(final long nowNs, final long limitNs)
    {
        return isDelayed && movedNs != NEVER && nowNs - movedNs >= limitNs;
    }

    private void account()
    {
        tally.waiting += backlog.size() - accounted;
        accounted = backlog.size();
    }

    /**
     * The link is over: answers that come yet go nowhere.
     */
    void onGone()
    {
        isGone = true;
        if (isDelayed)
        {
            isDelayed = false;
            delayed.remove(this);
            tally.answersDropped++;
        }
        tally.waiting -= accounted;
        tally.pieces -= pieces;
        accounted = 0;
        pieces = 0;
        halfRequests = 0;
        for (final TagEnd tag : tags)
        {
            if (tag != null)
            {
                tag.onGone();
            }
        }
    }

    /**
     * Drop requests of which no piece came for too long.
     */
    void dropHalfRequests(final long nowNs, final long limitNs)
    {
        for (int i = 0; halfRequests > 0 && i < tags.length; i++)
        {
            final TagEnd tag = tags[i];
            if (tag != null && tag.isHalfFor(nowNs, limitNs))
            {
                tag.dropHalfRequest();
                tally.droppedPieces++;
            }
        }
    }

    @Override
    public int maxMessageLength()
    {
        return link.maxMessageLength();
    }

    @Override
    public int tryClaim(final int tag, final int length)
    {
        return link.tryClaim(tag, length);
    }

    @Override
    public MutableDirectBuffer buffer()
    {
        return link.buffer();
    }

    @Override
    public void commit()
    {
        link.commit();
    }

    @Override
    public void abort()
    {
        link.abort();
    }
}
