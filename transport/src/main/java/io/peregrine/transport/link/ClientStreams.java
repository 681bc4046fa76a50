package io.peregrine.transport.link;

import io.aeron.Aeron;
import io.aeron.ConcurrentPublication;
import io.aeron.Subscription;
import io.aeron.exceptions.AeronException;
import io.aeron.logbuffer.FragmentHandler;

/**
 * The two streams of one attempt to connect, made without waiting. They belong to nothing else, so that nothing of an
 * earlier attempt can be mistaken for an answer. Single-threaded, but for the publication, by which any thread sends.
 */
final class ClientStreams
{
    private final Aeron aeron;
    private final long subscriptionId;
    private final long publicationId;
    private Subscription subscription;
    private ConcurrentPublication publication;
    private boolean hadImage;
    private String rejection;

    ClientStreams(final Aeron aeron, final String answers, final String requests, final int agent)
    {
        this.aeron = aeron;
        subscriptionId = aeron.asyncAddSubscription(answers, LinkProtocol.answerStream(agent));
        publicationId = aeron.asyncAddPublication(
            requests + "|response-correlation-id=" + subscriptionId, LinkProtocol.requestStream(agent));
    }

    /**
     * Take what the driver has made meanwhile.
     *
     * @return what is wrong, or null.
     */
    String advance()
    {
        try
        {
            if (subscription == null)
            {
                subscription = aeron.getSubscription(subscriptionId);
            }
            if (publication == null)
            {
                publication = aeron.getPublication(publicationId);
            }
        }
        catch (final AeronException ex)
        {
            return ex.getMessage();
        }

        return rejection != null ? rejection : isGone() ? "the node's stream ended" : null;
    }

    boolean isReady()
    {
        return subscription != null && publication != null && publication.isConnected();
    }

    ConcurrentPublication publication()
    {
        return publication;
    }

    int poll(final FragmentHandler handler, final int limit)
    {
        return subscription == null ? 0 : subscription.poll(handler, limit);
    }

    boolean owns(final long registrationId)
    {
        return registrationId == publicationId;
    }

    void reject(final String reason)
    {
        rejection = reason;
    }

    void close()
    {
        if (!aeron.isClosed())
        {
            aeron.asyncRemovePublication(publicationId);
            aeron.asyncRemoveSubscription(subscriptionId);
        }
    }

    private boolean isGone()
    {
        if (subscription != null)
        {
            if (!subscription.hasNoImages())
            {
                hadImage = true;
            }
            else if (hadImage)
            {
                return true;
            }
        }

        return publication != null && publication.isClosed();
    }
}
