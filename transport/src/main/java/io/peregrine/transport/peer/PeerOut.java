package io.peregrine.transport.peer;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.exceptions.AeronException;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.FrameDescriptor;
import io.peregrine.transport.link.Outbox;
import io.peregrine.transport.link.Outgoing;
import org.agrona.ExpandableDirectByteBuffer;
import org.agrona.MutableDirectBuffer;

import java.util.concurrent.TimeUnit;

/**
 * One stream to a data agent of another node. A message that fits into a datagram is written where it leaves from; a
 * longer one is kept and goes in pieces, as there is room, before any later one. Data agent's thread, but for what
 * {@link Outgoing} says.
 */
public final class PeerOut implements Outgoing
{
    /**
     * There is no room now.
     */
    public static final int BACK_PRESSURED = -1;

    /**
     * Nobody takes what is sent.
     */
    public static final int NOT_CONNECTED = -2;

    private static final int TRIES = 3;
    private static final long RETRY_NS = TimeUnit.SECONDS.toNanos(1);
    private static final byte FIRST = FrameDescriptor.BEGIN_FRAG_FLAG;
    private static final byte LAST = FrameDescriptor.END_FRAG_FLAG;
    private static final byte BETWEEN = 0;

    private final BufferClaim claim = new BufferClaim();
    private final ExpandableDirectByteBuffer kept = new ExpandableDirectByteBuffer(0);
    private final String channel;
    private final int streamId;
    private final int maxMessage;
    private final Outbox outbox;
    private final PeerTally tally;
    private Aeron aeron;
    private long registrationId = Aeron.NULL_VALUE;
    private volatile ExclusivePublication publication;
    private volatile boolean isInOutbox;
    private boolean isKept;
    private int keptLength;
    private int sentLength;
    private long failedNs;

    PeerOut(
        final String channel, final int streamId, final int maxMessage, final Outbox outbox, final PeerTally tally)
    {
        this.channel = channel;
        this.streamId = streamId;
        this.maxMessage = maxMessage;
        this.outbox = outbox;
        this.tally = tally;
    }

    /**
     * Claim room for a message; a commit or an abort has to follow when there is.
     *
     * @param length of the message in bytes.
     * @return where it begins in {@link #buffer()}, a multiple of 8; or {@link #BACK_PRESSURED} or
     *         {@link #NOT_CONNECTED}.
     */
    public int tryClaim(final int length)
    {
        if (publication == null || !publication.isConnected())
        {
            dropRest();
            return NOT_CONNECTED;
        }
        if (hasRest() && !sendRest())
        {
            return BACK_PRESSURED;
        }
        if (length <= publication.maxPayloadLength())
        {
            isKept = false;
            final int result = claim(length);
            return result < 0 ? result : claim.offset();
        }

        return keep(length);
    }

    /**
     * @return the buffer of the last claim, until commit or abort.
     */
    public MutableDirectBuffer buffer()
    {
        return isKept ? kept : claim.buffer();
    }

    /**
     * Send what was claimed.
     */
    public void commit()
    {
        tally.sent++;
        if (isKept)
        {
            sentLength = 0;
            sendRest();
        }
        else
        {
            claim.commit();
            outbox.add(this);
        }
    }

    /**
     * Give back what was claimed.
     */
    public void abort()
    {
        if (isKept)
        {
            keptLength = 0;
            sentLength = 0;
        }
        else
        {
            claim.abort();
        }
    }

    @Override
    public int sessionId()
    {
        final ExclusivePublication stream = publication;
        return stream == null ? 0 : stream.sessionId();
    }

    @Override
    public int streamId()
    {
        return streamId;
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

    /**
     * Ask for the stream.
     */
    void open(final Aeron client)
    {
        dropRest();
        aeron = client;
        publication = null;
        registrationId = client.asyncAddExclusivePublication(channel, streamId);
    }

    /**
     * Go on with a long message, and look for the stream where it is not there yet.
     *
     * @return work done.
     */
    int work(final long nowNs)
    {
        if (publication == null)
        {
            return look(nowNs);
        }
        if (publication.isClosed())
        {
            open(aeron);
            return 1;
        }
        if (!hasRest())
        {
            return 0;
        }
        if (!publication.isConnected())
        {
            dropRest();
            return 1;
        }

        final int before = sentLength;
        sendRest();
        return sentLength - before;
    }

    void close()
    {
        dropRest();
        if (registrationId != Aeron.NULL_VALUE && !aeron.isClosed())
        {
            aeron.asyncRemovePublication(registrationId);
        }
        registrationId = Aeron.NULL_VALUE;
        publication = null;
    }

    private int look(final long nowNs)
    {
        if (registrationId == Aeron.NULL_VALUE)
        {
            if (nowNs - failedNs >= RETRY_NS)
            {
                open(aeron);
            }
            return 0;
        }
        try
        {
            publication = aeron.getExclusivePublication(registrationId);
        }
        catch (final AeronException ex)
        {
            // The address cannot be used, or there is no room for the stream's files: both may change.
            tally.failed++;
            registrationId = Aeron.NULL_VALUE;
            failedNs = nowNs;
        }

        return publication == null ? 0 : 1;
    }

    private int keep(final int length)
    {
        if (length > maxMessage)
        {
            throw new IllegalArgumentException("a message to a peer of " + length + " bytes, limit " + maxMessage);
        }
        if (publication.availableWindow() <= 0)
        {
            tally.backPressured++;
            return BACK_PRESSURED;
        }

        kept.checkLimit(length);
        isKept = true;
        keptLength = length;
        sentLength = length;
        return 0;
    }

    private boolean hasRest()
    {
        return sentLength < keptLength;
    }

    private void dropRest()
    {
        if (hasRest())
        {
            tally.lost++;
            sentLength = keptLength;
        }
    }

    /**
     * @return whether all of the message is sent, or lost.
     */
    private boolean sendRest()
    {
        final int most = publication.maxPayloadLength();
        while (hasRest())
        {
            final int length = Math.min(most, keptLength - sentLength);
            final int result = claim(length);
            if (result == BACK_PRESSURED)
            {
                return false;
            }
            if (result == NOT_CONNECTED)
            {
                dropRest();
                return true;
            }

            claim.buffer().putBytes(claim.offset(), kept, sentLength, length);
            claim.flags(sentLength == 0 ? FIRST : sentLength + length == keptLength ? LAST : BETWEEN);
            claim.reservedValue(keptLength);
            claim.commit();
            sentLength += length;
            outbox.add(this);
        }

        return true;
    }

    private int claim(final int length)
    {
        for (int i = 0; i < TRIES; i++)
        {
            final long result = publication.tryClaim(length, claim);
            if (result > 0)
            {
                return 0;
            }
            if (result == Publication.MAX_POSITION_EXCEEDED)
            {
                close();
                open(aeron);
                return NOT_CONNECTED;
            }
            if (result != Publication.ADMIN_ACTION)
            {
                return result == Publication.BACK_PRESSURED ? pressed() : NOT_CONNECTED;
            }
        }

        return pressed();
    }

    private int pressed()
    {
        tally.backPressured++;
        return BACK_PRESSURED;
    }
}
