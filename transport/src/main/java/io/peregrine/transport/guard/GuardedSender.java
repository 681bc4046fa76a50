package io.peregrine.transport.guard;

import io.aeron.driver.DriverConductorProxy;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.NetworkPublication;
import io.aeron.driver.ext.DebugSendChannelEndpoint;
import io.aeron.driver.media.UdpChannel;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.ErrorFlyweight;
import io.aeron.protocol.HeaderFlyweight;
import io.aeron.protocol.NakFlyweight;
import io.aeron.protocol.ResponseSetupFlyweight;
import io.aeron.protocol.RttMeasurementFlyweight;
import io.aeron.protocol.StatusMessageFlyweight;
import org.agrona.collections.Hashing;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;

/**
 * Where receivers say what they have got: takes as many datagrams in a cycle as are there, up to a limit, and drops
 * those that are too short for what they say they are. Aeron's debug endpoint, as {@link GuardedReceiver}.
 */
public final class GuardedSender extends DebugSendChannelEndpoint
{
    /**
     * Datagrams of one stream at once.
     */
    private static final int MOST_AT_ONCE = 16;

    /**
     * What comes here, once in a hundred messages or so, says how far others have come with what was sent. Hardly
     * anybody waits for it, and asking in each cycle would cost each message several calls to the system.
     */
    private static final int VAIN_LOOKS = 16;

    private final GuardedEndpoints endpoints;
    private final Intake intake;
    private final StatusMessageFlyweight status;
    private final NakFlyweight nak;
    private final RttMeasurementFlyweight rtt;
    private final ErrorFlyweight error;
    private final ResponseSetupFlyweight response;
    private final Long2ObjectHashMap<NetworkPublication> byKey = new Long2ObjectHashMap<>();
    private final ArrayList<NetworkPublication> streams = new ArrayList<>();
    private final GuardTally tally;
    private final NanoClock clock;
    private final CutTable cuts;
    private DriverConductorProxy conductor;
    private boolean isLost;

    /**
     * An endpoint.
     *
     * @param channel         of it.
     * @param statusIndicator of the channel.
     * @param context         of the driver.
     * @param endpoints       of the driver, to which this one belongs until it is closed.
     * @param tally           of what is dropped.
     */
    public GuardedSender(
        final UdpChannel channel,
        final AtomicCounter statusIndicator,
        final MediaDriver.Context context,
        final GuardedEndpoints endpoints,
        final GuardTally tally)
    {
        super(channel, statusIndicator, context);
        this.endpoints = endpoints;
        this.tally = tally;
        clock = context.nanoClock();
        cuts = endpoints.cuts();
        final Intake.Socket socket = cuts == null ? super::receive : this::receiveUncut;
        intake = new Intake(
            endpoints.spare(), context.senderCachedNanoClock(), socket, this::take, new Burst(VAIN_LOOKS));
        status = new StatusMessageFlyweight(intake.buffer);
        nak = new NakFlyweight(intake.buffer);
        rtt = new RttMeasurementFlyweight(intake.buffer);
        error = new ErrorFlyweight(intake.buffer);
        response = new ResponseSetupFlyweight(intake.buffer);
        endpoints.add(this);
    }

    @Override
    public void close()
    {
        endpoints.remove(this);
        super.close();
    }

    @Override
    public int send(final ByteBuffer buffer)
    {
        return cuts == null ? super.send(buffer) : sendUncut(buffer);
    }

    /**
     * A receiver behind a cut link must not hold up the others of the same stream.
     */
    private int sendUncut(final ByteBuffer buffer)
    {
        final int length = buffer.remaining();
        if (connectAddress != null && cuts.losesTo(connectAddress))
        {
            return length;
        }

        isLost = false;
        final int sent = super.send(buffer);
        return isLost ? length : sent;
    }

    /**
     * Of one receiver among several: nothing but an empty datagram leaves, which is none of Aeron's.
     */
    @Override
    public void sendHook(final ByteBuffer buffer, final InetSocketAddress to)
    {
        if (cuts != null && cuts.losesTo(to))
        {
            isLost = true;
            buffer.position(buffer.limit());
        }
    }

    private InetSocketAddress receiveUncut(final ByteBuffer buffer)
    {
        InetSocketAddress from = super.receive(buffer);
        for (int i = 0; i < Burst.MOST && from != null && cuts.losesFrom(from); i++)
        {
            from = super.receive(buffer);
        }
        return from == null || cuts.losesFrom(from) ? null : from;
    }

    @Override
    public void registerForSend(final NetworkPublication publication)
    {
        super.registerForSend(publication);
        byKey.put(Hashing.compoundKey(publication.streamId(), publication.sessionId()), publication);
        streams.add(publication);
        if (udpChannel().isResponseControlMode())
        {
            endpoints.onAnswerMade(publication.responseCorrelationId(), clock.nanoTime());
        }
    }

    @Override
    public void unregisterForSend(final NetworkPublication publication)
    {
        super.unregisterForSend(publication);
        byKey.remove(Hashing.compoundKey(publication.streamId(), publication.sessionId()));
        streams.remove(publication);
    }

    int streams()
    {
        return streams.size();
    }

    /**
     * Let all streams send, between two cycles of the driver.
     */
    int send(final long nowNs)
    {
        int bytes = 0;
        for (int i = 0; i < streams.size(); i++)
        {
            bytes += send(streams.get(i), nowNs);
        }
        return bytes;
    }

    /**
     * Let a stream send, between two cycles of the driver.
     */
    int send(final int sessionId, final int streamId, final long nowNs)
    {
        final NetworkPublication stream = byKey.get(Hashing.compoundKey(streamId, sessionId));
        return stream == null ? 0 : send(stream, nowNs);
    }

    private static int send(final NetworkPublication stream, final long nowNs)
    {
        int bytes = 0;
        for (int i = 0; i < MOST_AT_ONCE; i++)
        {
            final int sent = StreamSend.send(stream, nowNs);
            if (sent <= 0)
            {
                break;
            }
            bytes += sent;
        }
        return bytes;
    }

    /**
     * Take what came, between two cycles of the driver.
     */
    int take(final long nowNs)
    {
        return conductor == null ? 0 : intake.takeAll(nowNs, errorHandler);
    }

    @Override
    public InetSocketAddress receive(final ByteBuffer buffer)
    {
        // The conductor's proxy is known from the first status message on.
        return intake.receive(buffer, conductor != null);
    }

    @Override
    public void onStatusMessage(
        final StatusMessageFlyweight message,
        final UnsafeBuffer buffer,
        final int length,
        final InetSocketAddress from,
        final DriverConductorProxy proxy)
    {
        conductor = proxy;
        if (has(length, StatusMessageFlyweight.HEADER_LENGTH))
        {
            final NetworkPublication addressed = unaddressed(message);
            super.onStatusMessage(message, buffer, length, from, proxy);
            if (addressed != null)
            {
                AnswerTimers.onAddressKnown(addressed, clock.nanoTime());
            }
        }
    }

    @Override
    public void onNakMessage(
        final NakFlyweight message, final UnsafeBuffer buffer, final int length, final InetSocketAddress from)
    {
        if (has(length, NakFlyweight.HEADER_LENGTH))
        {
            super.onNakMessage(message, buffer, length, from);
        }
    }

    @Override
    public void onRttMeasurement(
        final RttMeasurementFlyweight message,
        final UnsafeBuffer buffer,
        final int length,
        final InetSocketAddress from)
    {
        if (has(length, RttMeasurementFlyweight.HEADER_LENGTH))
        {
            super.onRttMeasurement(message, buffer, length, from);
        }
    }

    @Override
    public void onError(
        final ErrorFlyweight message,
        final UnsafeBuffer buffer,
        final int length,
        final InetSocketAddress from,
        final DriverConductorProxy proxy)
    {
        if (has(length, ErrorFlyweight.HEADER_LENGTH))
        {
            super.onError(message, buffer, length, from, proxy);
        }
    }

    @Override
    public void onResponseSetup(
        final ResponseSetupFlyweight message,
        final UnsafeBuffer buffer,
        final int length,
        final InetSocketAddress from,
        final DriverConductorProxy proxy)
    {
        if (has(length, ResponseSetupFlyweight.HEADER_LENGTH))
        {
            super.onResponseSetup(message, buffer, length, from, proxy);
        }
    }

    /**
     * @return the stream that is asked for its setup and never was before, as it answers another one, or null.
     */
    private NetworkPublication unaddressed(final StatusMessageFlyweight message)
    {
        if ((message.flags() & StatusMessageFlyweight.SEND_SETUP_FLAG) == 0 || !udpChannel().isResponseControlMode())
        {
            return null;
        }

        final NetworkPublication stream = byKey.get(Hashing.compoundKey(message.streamId(), message.sessionId()));
        return stream != null && stream.timeOfLastStatusMessageNs() == 0 ? stream : null;
    }

    private boolean has(final int length, final int least)
    {
        if (length < least)
        {
            tally.onDropped();
        }
        return length >= least;
    }

    private void take(final int length, final InetSocketAddress from)
    {
        if (!isValidFrame(intake.buffer, length))
        {
            tally.onDropped();
            return;
        }

        switch (FrameDescriptor.frameType(intake.buffer, 0))
        {
            case HeaderFlyweight.HDR_TYPE_SM:
                onStatusMessage(status, intake.buffer, length, from, conductor);
                break;
            case HeaderFlyweight.HDR_TYPE_NAK:
                onNakMessage(nak, intake.buffer, length, from);
                break;
            case HeaderFlyweight.HDR_TYPE_RTTM:
                onRttMeasurement(rtt, intake.buffer, length, from);
                break;
            case HeaderFlyweight.HDR_TYPE_ERR:
                onError(error, intake.buffer, length, from, conductor);
                break;
            case HeaderFlyweight.HDR_TYPE_RSP_SETUP:
                onResponseSetup(response, intake.buffer, length, from, conductor);
                break;
            default:
                tally.onDropped();
                break;
        }
    }
}
