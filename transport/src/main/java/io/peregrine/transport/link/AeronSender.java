package io.peregrine.transport.link;

import io.aeron.Publication;
import io.aeron.logbuffer.BufferClaim;
import org.agrona.MutableDirectBuffer;

/**
 * Claims in the publication of a connection. One thread at a time.
 */
final class AeronSender implements LinkSender
{
    private static final int TRIES = 3;

    private final AeronConnection connection;
    private final Publication publication;
    private final BufferClaim claim = new BufferClaim();

    AeronSender(final AeronConnection connection, final Publication publication)
    {
        this.connection = connection;
        this.publication = publication;
    }

    @Override
    public int maxMessageLength()
    {
        return publication.maxPayloadLength();
    }

    @Override
    public int tryClaim(final int tag, final int length)
    {
        for (int i = 0; connection.isOpen() && i < TRIES; i++)
        {
            final long result = publication.tryClaim(length, claim);
            if (result > 0)
            {
                claim.reservedValue(tag);
                return claim.offset();
            }
            if (result == Publication.CLOSED || result == Publication.MAX_POSITION_EXCEEDED)
            {
                connection.onLost();
                return DISCONNECTED;
            }
            if (result != Publication.ADMIN_ACTION)
            {
                return BACK_PRESSURED;
            }
        }

        return connection.isOpen() ? BACK_PRESSURED : DISCONNECTED;
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
    }

    @Override
    public void abort()
    {
        claim.abort();
    }
}
