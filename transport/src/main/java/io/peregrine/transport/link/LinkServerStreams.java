package io.peregrine.transport.link;

import io.aeron.Aeron;
import io.aeron.AvailableImageHandler;
import io.aeron.CommonContext;
import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.UnavailableImageHandler;
import io.aeron.exceptions.AeronException;
import io.aeron.status.ChannelEndpointStatus;

/**
 * Where the links of one data agent come in: at a UDP address, in the memory of the media driver, or both.
 */
public final class LinkServerStreams
{
    private static final String IPC = "aeron:ipc";

    private final String endpoint;
    private final int agent;
    private long udpId = Aeron.NULL_VALUE;
    private long ipcId = Aeron.NULL_VALUE;
    private long prototypeId = Aeron.NULL_VALUE;

    /**
     * The streams of a data agent.
     *
     * @param endpoint host and port of requests; answers leave from the port above it.
     * @param agent    number of the data agent.
     */
    public LinkServerStreams(final String endpoint, final int agent)
    {
        this.endpoint = endpoint;
        this.agent = agent;
    }

    void listen(
        final Aeron aeron,
        final int windowLength,
        final AvailableImageHandler came,
        final UnavailableImageHandler gone)
    {
        final int stream = LinkProtocol.requestStream(agent);
        final String requests = "aeron:udp?endpoint=" + endpoint + "|rcv-wnd=" + windowLength;
        udpId = aeron.asyncAddSubscription(requests, stream, came, gone);
        ipcId = aeron.asyncAddSubscription(IPC, stream, came, gone);
        // Keeps the port of answers while no client is there.
        prototypeId = aeron.asyncAddExclusivePublication(
            answers() + CommonContext.PROTOTYPE_CORRELATION_ID, LinkProtocol.answerStream(agent));
    }

    /**
     * @return whether the driver listens at the address, and has the port of the answers.
     * @throws AeronException when it cannot.
     */
    boolean isListening(final Aeron aeron)
    {
        final Subscription subscription = aeron.getSubscription(udpId);
        final ExclusivePublication prototype = aeron.getExclusivePublication(prototypeId);
        return subscription != null && prototype != null && isActive(subscription.channelStatus()) &&
            isActive(prototype.channelStatus());
    }

    private boolean isActive(final long channelStatus)
    {
        if (channelStatus == ChannelEndpointStatus.ERRORED)
        {
            throw new AeronException("the address " + endpoint + " or the port above it cannot be used");
        }

        return channelStatus == ChannelEndpointStatus.ACTIVE;
    }

    /**
     * Ask for the stream that answers another one.
     *
     * @return its registration id.
     */
    long answer(final Aeron aeron, final Image image)
    {
        final String lengths = "|term-length=" + image.termBufferLength() + "|mtu=" + image.mtuLength() +
            "|sparse=true";
        final String channel = image.subscription().channel().startsWith(IPC) ?
            "aeron:ipc?control-mode=response|response-correlation-id=" : answers();
        return aeron.asyncAddExclusivePublication(
            channel + image.correlationId() + lengths, LinkProtocol.answerStream(agent));
    }

    void close(final Aeron aeron)
    {
        if (!aeron.isClosed())
        {
            aeron.asyncRemovePublication(prototypeId);
            aeron.asyncRemoveSubscription(udpId);
            aeron.asyncRemoveSubscription(ipcId);
        }
    }

    private String answers()
    {
        return "aeron:udp?control-mode=response|control=" + LinkProtocol.answerEndpoint(endpoint) +
            "|response-correlation-id=";
    }
}
