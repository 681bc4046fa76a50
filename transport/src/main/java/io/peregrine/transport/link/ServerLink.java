package io.peregrine.transport.link;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.Publication;
import io.aeron.exceptions.AeronException;
import io.aeron.logbuffer.BufferClaim;
import io.peregrine.transport.codec.DenialReason;
import org.agrona.MutableDirectBuffer;

/**
 * A link at the node's end: the stream that came from a client and the one that answers it. On the thread that works
 * the {@link LinkServer}.
 */
public final class ServerLink implements LinkSender, Outgoing
{
    private static final int TRIES = 3;

    final Image image;
    final ServerLinkRules rules;
    final long streamBytes;
    /**
     * Where it stands among the links that are looked at in every cycle; -1 when it is not.
     */
    int hotIndex = -1;
    int index;
    int idleCycles;
    /**
     * Something came that asks for work: no sign of life.
     */
    boolean isAsked;
    long nonce;
    long clientId;
    long capabilities;
    boolean isGreeted;
    DenialReason endReason;
    byte[] endText;

    private final BufferClaim claim = new BufferClaim();
    private volatile boolean isInOutbox;
    private final LinkServer server;
    private final Aeron aeron;
    private final long publicationId;
    private final long id;
    private ExclusivePublication publication;
    private Object attachment;

    ServerLink(
        final LinkServer server,
        final Aeron aeron,
        final long id,
        final Image image,
        final long publicationId,
        final ServerLinkRules rules,
        final long streamBytes)
    {
        this.server = server;
        this.aeron = aeron;
        this.id = id;
        this.image = image;
        this.publicationId = publicationId;
        this.rules = rules;
        this.streamBytes = streamBytes;
    }

    /**
     * Its number.
     *
     * @return never that of another link of the same server.
     */
    public long id()
    {
        return id;
    }

    /**
     * Who is there.
     *
     * @return what the client drew at random and said in its Hello; the same by each of its links.
     */
    public long clientId()
    {
        return clientId;
    }

    /**
     * Does the client understand that a request is to be sent to another node?
     *
     * @return what it said in its Hello.
     */
    public boolean takesRedirects()
    {
        return (capabilities & LinkProtocol.REDIRECTS) != 0;
    }

    /**
     * Can messages come and be sent?
     *
     * @return false for ever once it ends.
     */
    public boolean isOpen()
    {
        return rules.isOpen();
    }

    /**
     * What the layer above keeps for this link.
     *
     * @return what was attached last, or null.
     */
    public Object attachment()
    {
        return attachment;
    }

    /**
     * Keep something for this link.
     *
     * @param object of the layer above.
     */
    public void attach(final Object object)
    {
        attachment = object;
    }

    /**
     * End the link and tell the client why, as far as it listens. {@link LinkServerHandler#onClosed} is called within.
     *
     * @param reason why.
     * @param text   for a person, ASCII: what happened and what to do.
     */
    public void end(final DenialReason reason, final String text)
    {
        server.end(this, reason, Greeter.bytes(text));
    }

    @Override
    public int maxMessageLength()
    {
        return publication.maxPayloadLength();
    }

    @Override
    public int tryClaim(final int tag, final int length)
    {
        return rules.isOpen() && isGreeted ? claim(tag, length) : rules.isOpen() ? BACK_PRESSURED : DISCONNECTED;
    }

    @Override
    public MutableDirectBuffer buffer()
    {
        return claim.buffer();
    }

    @Override
    public void commit()
    {
        claim.commit();
        server.outbox.add(this);
    }

    @Override
    public void abort()
    {
        claim.abort();
    }

    /**
     * Claim also before the Welcome and after the end.
     */
    int claim(final int tag, final int length)
    {
        if (publication == null)
        {
            return BACK_PRESSURED;
        }

        for (int i = 0; i < TRIES; i++)
        {
            final long result = publication.tryClaim(length, claim);
            if (result > 0)
            {
                claim.reservedValue(tag);
                return claim.offset();
            }
            if (result == Publication.CLOSED || result == Publication.MAX_POSITION_EXCEEDED)
            {
                return DISCONNECTED;
            }
            if (result != Publication.ADMIN_ACTION)
            {
                return BACK_PRESSURED;
            }
        }

        return BACK_PRESSURED;
    }

    /**
     * Take the publication when the driver has made it.
     *
     * @return false when it could not be made.
     */
    boolean advance()
    {
        if (publication == null)
        {
            try
            {
                publication = aeron.getExclusivePublication(publicationId);
            }
            catch (final AeronException ex)
            {
                return false;
            }
        }

        return !image.isClosed() && (publication == null || !publication.isClosed());
    }

    boolean isConnected()
    {
        return publication != null && publication.isConnected();
    }

    @Override
    public int sessionId()
    {
        return publication.sessionId();
    }

    @Override
    public int streamId()
    {
        return publication.streamId();
    }

    @Override
    public boolean isInOutbox()
    {
        return isInOutbox;
    }

    @Override
    public void isInOutbox(final boolean isIn)
    {
        isInOutbox = isIn;
    }

    void release()
    {
        if (!aeron.isClosed())
        {
            aeron.asyncRemovePublication(publicationId);
        }
    }
}
