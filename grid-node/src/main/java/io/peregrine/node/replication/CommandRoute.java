package io.peregrine.node.replication;

import io.peregrine.node.codec.MessageHeaderEncoder;
import io.peregrine.node.codec.RelayEncoder;
import io.peregrine.node.control.ControlCommand;
import org.agrona.ExpandableArrayBuffer;

/**
 * Brings commands to the control plane: straight, or where that is out of reach through peers that reach it, another
 * one each time. Data agent's thread.
 */
final class CommandRoute
{
    private static final int LENGTH =
        MessageHeaderEncoder.ENCODED_LENGTH + RelayEncoder.BLOCK_LENGTH + RelayEncoder.commandHeaderLength();

    private final Self self;
    private final PeerPairs pairs;
    private final ControlPort control;
    private final PeerNetwork network;
    private final ControlCodec codec;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final RelayEncoder relay = new RelayEncoder();
    private final ExpandableArrayBuffer encoded = new ExpandableArrayBuffer();
    private int next;

    CommandRoute(final Self self, final PeerPairs pairs, final Replication replication, final ControlCodec codec)
    {
        this.self = self;
        this.pairs = pairs;
        this.control = replication.control();
        this.network = replication.network();
        this.codec = codec;
    }

    /**
     * @param nowNs of the node's monotonic clock.
     * @return whether there is a way, as far as is known.
     */
    boolean isOpen(final long nowNs)
    {
        return control.isReachable() || way(nowNs) != null;
    }

    /**
     * @param command that may get lost.
     * @param nowNs   of the node's monotonic clock.
     */
    void submit(final ControlCommand command, final long nowNs)
    {
        if (control.isReachable())
        {
            control.submit(command);
            return;
        }

        final PeerPair pair = way(nowNs);
        if (pair != null)
        {
            next++;
            relay(command, pair);
        }
    }

    private PeerPair way(final long nowNs)
    {
        final PeerPair[] all = pairs.all();
        for (int i = 0; i < all.length; i++)
        {
            final PeerPair pair = all[Math.floorMod(next + i, all.length)];
            if (pair.isWayToControl(nowNs))
            {
                next = Math.floorMod(next + i, all.length);
                return pair;
            }
        }

        return null;
    }

    private void relay(final ControlCommand command, final PeerPair to)
    {
        final int length = codec.encode(command, encoded, 0);
        final PeerSink sink = network.sinkTo(to.memberId(), to.agent());
        final int offset =
            sink == null ? PeerSink.NOT_CONNECTED : sink.tryClaim(PeerSink.Stream.BULK, LENGTH + length);
        if (offset >= 0)
        {
            relay.wrapAndApplyHeader(sink.buffer(), offset, header).putCommand(encoded, 0, length);
            Envelope.write(sink.buffer(), offset, self, to.incarnation());
            sink.commit();
        }
    }
}
