package io.peregrine.transport.guard;

import io.aeron.driver.DataPacketDispatcher;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ext.DebugReceiveChannelEndpoint;
import io.aeron.driver.media.UdpChannel;
import io.aeron.exceptions.AeronEvent;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import io.aeron.protocol.HeaderFlyweight;
import io.aeron.protocol.RttMeasurementFlyweight;
import io.aeron.protocol.SetupFlyweight;
import org.agrona.BitUtil;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Where data comes in: takes as many datagrams in a cycle as are there, up to a limit, and drops those that say what
 * cannot be. Aeron's debug endpoint, as tests lose datagrams by its properties ({@code aeron.debug.receive.*}); it adds
 * nothing where they are not set.
 */
public final class GuardedReceiver extends DebugReceiveChannelEndpoint
{
    private static final int MAX_DATAGRAM = 64 * 1024;

    /**
     * Somebody may wait for what comes here: whoever is driven without a rest asks each time, for some milliseconds.
     */
    private static final int VAIN_LOOKS = 1_000;

    private final GuardedEndpoints endpoints;
    private final Intake intake;
    private final DataHeaderFlyweight data;
    private final SetupFlyweight setup;
    private final RttMeasurementFlyweight rtt;
    private final SessionGate clients = new SessionGate();
    private final SessionGate peers = new SessionGate();
    private final GuardTally tally;
    private final NanoClock clock;
    private final StreamRules rules;

    /**
     * An endpoint.
     *
     * @param channel         of it.
     * @param dispatcher      of what is let through.
     * @param statusIndicator of the channel.
     * @param context         of the driver.
     * @param endpoints       of the driver, to which this one belongs until it is closed.
     * @param rules           which streams may come in.
     * @param tally           of what is dropped.
     */
    public GuardedReceiver(
        final UdpChannel channel,
        final DataPacketDispatcher dispatcher,
        final AtomicCounter statusIndicator,
        final MediaDriver.Context context,
        final GuardedEndpoints endpoints,
        final StreamRules rules,
        final GuardTally tally)
    {
        super(channel, dispatcher, statusIndicator, context);
        this.rules = rules;
        this.tally = tally;
        this.endpoints = endpoints;
        clock = context.nanoClock();
        intake = new Intake(
            endpoints.spare(), context.receiverCachedNanoClock(), super::receive, this::take, new Burst(VAIN_LOOKS));
        data = new DataHeaderFlyweight(intake.buffer);
        setup = new SetupFlyweight(intake.buffer);
        rtt = new RttMeasurementFlyweight(intake.buffer);
        endpoints.add(this);
    }

    @Override
    public void close()
    {
        endpoints.remove(this);
        super.close();
    }

    /**
     * Take what came, between two cycles of the driver.
     */
    int take(final long nowNs)
    {
        return intake.takeAll(nowNs, errorHandler);
    }

    @Override
    public InetSocketAddress receive(final ByteBuffer buffer)
    {
        return intake.receive(buffer, true);
    }

    @Override
    public int onDataPacket(
        final DataHeaderFlyweight header,
        final UnsafeBuffer buffer,
        final int length,
        final InetSocketAddress from,
        final int transportIndex)
    {
        if (length < DataHeaderFlyweight.HEADER_LENGTH)
        {
            tally.onDropped();
            return 0;
        }

        final int streamId = header.streamId();
        final int sessionId = header.sessionId();
        final long termLength = gate(streamId).termLength(streamId, sessionId);
        if (termLength == 0)
        {
            onStranger(streamId, sessionId, from, transportIndex, buffer);
            return 0;
        }
        if (!Frames.areWhole(buffer, length, termLength))
        {
            tally.onDropped();
            return 0;
        }

        return super.onDataPacket(header, buffer, length, from, transportIndex);
    }

    @Override
    public void onSetupMessage(
        final SetupFlyweight header,
        final UnsafeBuffer buffer,
        final int length,
        final InetSocketAddress from,
        final int transportIndex)
    {
        if (length < SetupFlyweight.HEADER_LENGTH || !isPossible(header))
        {
            tally.onDropped();
            return;
        }

        final SessionGate gate = gate(header.streamId());
        final long known = gate.termLength(header.streamId(), header.sessionId());
        if (known == 0 ?
            !gate.admits(header.streamId(), header.sessionId(), header.termLength(), clock.nanoTime()) :
            known != header.termLength())
        {
            tally.onDropped();
            return;
        }

        try
        {
            super.onSetupMessage(header, buffer, length, from, transportIndex);
        }
        catch (final AeronEvent ex)
        {
            // The limit of streams: expected where many come, and not worth an entry in the error log for each.
            tally.onDropped();
        }
    }

    @Override
    public void onRttMeasurement(
        final RttMeasurementFlyweight header,
        final UnsafeBuffer buffer,
        final int length,
        final InetSocketAddress from,
        final int transportIndex)
    {
        if (length < RttMeasurementFlyweight.HEADER_LENGTH)
        {
            tally.onDropped();
            return;
        }

        super.onRttMeasurement(header, buffer, length, from, transportIndex);
    }

    /**
     * Data of a stream that did not come in properly, as after a restart of this driver: its sender is asked, seldom
     * enough that nobody can use this against a third, and nothing is remembered for it.
     */
    private void onStranger(
        final int streamId,
        final int sessionId,
        final InetSocketAddress from,
        final int transportIndex,
        final UnsafeBuffer buffer)
    {
        if (dispatcher().shouldElicitSetupMessage() && !DataHeaderFlyweight.isEndOfStream(buffer) &&
            gate(streamId).mayAsk(clock.nanoTime()))
        {
            sendSetupElicitingStatusMessage(transportIndex, from, sessionId, streamId);
        }
        else
        {
            tally.onDropped();
        }
    }

    /**
     * Clients that come in numbers take nothing of what other nodes are let in by.
     */
    private SessionGate gate(final int streamId)
    {
        return rules.isPeer(streamId) ? peers : clients;
    }

    private boolean isPossible(final SetupFlyweight header)
    {
        final int termLength = header.termLength();
        final int mtu = header.mtuLength();
        final int offset = header.termOffset();
        final boolean asksAnswers = (header.flags() & SetupFlyweight.SEND_RESPONSE_SETUP_FLAG) != 0;
        return rules.allows(header.streamId(), termLength, asksAnswers) &&
            BitUtil.isPowerOfTwo(termLength) && termLength >= MAX_DATAGRAM &&
            mtu > DataHeaderFlyweight.HEADER_LENGTH && mtu < MAX_DATAGRAM && isAligned(mtu) &&
            offset >= 0 && offset <= termLength && isAligned(offset) &&
            header.activeTermId() - header.initialTermId() >= 0;
    }

    private static boolean isAligned(final int length)
    {
        return (length & (FrameDescriptor.FRAME_ALIGNMENT - 1)) == 0;
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
            case HeaderFlyweight.HDR_TYPE_DATA:
            case HeaderFlyweight.HDR_TYPE_PAD:
                onDataPacket(data, intake.buffer, length, from, 0);
                break;
            case HeaderFlyweight.HDR_TYPE_SETUP:
                onSetupMessage(setup, intake.buffer, length, from, 0);
                break;
            case HeaderFlyweight.HDR_TYPE_RTTM:
                onRttMeasurement(rtt, intake.buffer, length, from, 0);
                break;
            default:
                tally.onDropped();
                break;
        }
    }
}
