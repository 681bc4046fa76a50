package io.peregrine.node.partition;

import io.peregrine.node.codec.MessageHeaderDecoder;
import io.peregrine.node.codec.MessageHeaderEncoder;
import io.peregrine.node.codec.RelayDecoder;
import io.peregrine.node.codec.ViewAnswerDecoder;
import io.peregrine.node.codec.ViewAnswerEncoder;
import io.peregrine.node.codec.ViewRequestDecoder;
import io.peregrine.node.codec.ViewRequestEncoder;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.wire.CommandReader;
import io.peregrine.node.control.wire.MalformedException;
import io.peregrine.node.control.wire.ViewReader;
import io.peregrine.node.control.wire.ViewWriter;
import io.peregrine.node.replication.ControlPort;
import io.peregrine.node.replication.PeerSink;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

import java.nio.ByteOrder;

/**
 * Passes what the control plane decided from node to node, and commands for it from those who do not reach it. Off the
 * path of requests: it makes garbage. Data agent's thread.
 */
final class ViewDesk
{
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int ANSWER =
        HEADER + ViewAnswerEncoder.BLOCK_LENGTH + ViewAnswerEncoder.viewHeaderLength();

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ViewRequestEncoder request = new ViewRequestEncoder();
    private final ViewRequestDecoder asked = new ViewRequestDecoder();
    private final ViewAnswerEncoder answer = new ViewAnswerEncoder();
    private final ViewAnswerDecoder answered = new ViewAnswerDecoder();
    private final RelayDecoder relay = new RelayDecoder();
    private final ViewWriter writer = new ViewWriter();
    private final ViewReader reader = new ViewReader();
    private final CommandReader commands = new CommandReader();
    private final ExpandableArrayBuffer encoded = new ExpandableArrayBuffer();
    private final PeerPost post;
    private final ControlPort control;
    private final Tally tally;
    private final long pauseNs;
    private ControlView view;
    private long encodedVersion = -1;
    private int encodedLength;
    private long askedNs = Long.MIN_VALUE / 2;
    private long outdatedVersion = Long.MIN_VALUE;
    private long outdatedNs;

    ViewDesk(final PeerPost post, final ControlPort control, final Tally tally, final long pauseNs)
    {
        this.post = post;
        this.control = control;
        this.tally = tally;
        this.pauseNs = pauseNs;
    }

    void onControl(final ControlView newView)
    {
        view = newView;
    }

    /**
     * Ask one who knows more for the control plane's state, not too often.
     */
    void ask(final int memberId, final int agent, final long incarnation, final long nowNs)
    {
        final int length = HEADER + ViewRequestEncoder.BLOCK_LENGTH;
        if (!mayComeByItself(nowNs) && nowNs - askedNs >= pauseNs &&
            post.claim(memberId, agent, PeerSink.Stream.BULK, length))
        {
            askedNs = nowNs;
            request.wrapAndApplyHeader(post.buffer(), post.offset(), header).controlVersion(version());
            post.send(incarnation);
        }
    }

    void onVersion(final long version, final int memberId, final int agent, final long incarnation, final long nowNs)
    {
        if (version > version())
        {
            ask(memberId, agent, incarnation, nowNs);
        }
    }

    /**
     * Someone asks; he may be one that is not known here yet.
     */
    void onRequest(
        final DirectBuffer buffer,
        final int offset,
        final MessageHeaderDecoder of,
        final int memberId,
        final int agent,
        final long incarnation)
    {
        asked.wrap(buffer, offset + HEADER, of.blockLength(), of.version());
        if (asked.controlVersion() >= version())
        {
            return;
        }
        if (encodedVersion != version())
        {
            encodedLength = writer.encode(view, encoded, 0);
            encodedVersion = version();
        }
        if (post.claim(memberId, agent, PeerSink.Stream.BULK, ANSWER + encodedLength))
        {
            answer.wrapAndApplyHeader(post.buffer(), post.offset(), header).putView(encoded, 0, encodedLength);
            post.send(incarnation);
        }
    }

    void onAnswer(final DirectBuffer buffer, final int offset, final int length, final MessageHeaderDecoder of)
    {
        answered.wrap(buffer, offset + HEADER, of.blockLength(), of.version());
        final int start = answered.limit() + ViewAnswerDecoder.viewHeaderLength();
        if (!fits(buffer, answered.limit(), start, offset + length))
        {
            return;
        }

        try
        {
            final ControlView told = reader.decode(buffer, start, answered.viewLength());
            if (told.version() > version())
            {
                control.learned(told);
            }
        }
        catch (final MalformedException ex)
        {
            tally.badPeerMessages++;
        }
    }

    void onRelay(final DirectBuffer buffer, final int offset, final int length, final MessageHeaderDecoder of)
    {
        relay.wrap(buffer, offset + HEADER, of.blockLength(), of.version());
        final int start = relay.limit() + RelayDecoder.commandHeaderLength();
        if (!control.isReachable() || !fits(buffer, relay.limit(), start, offset + length))
        {
            return;
        }

        try
        {
            control.submit(commands.decode(buffer, start, relay.commandLength()));
        }
        catch (final MalformedException ex)
        {
            tally.badPeerMessages++;
        }
    }

    /**
     * What is decided comes to all nodes in the same moment, and some hear of it from each other before they have it.
     */
    private boolean mayComeByItself(final long nowNs)
    {
        if (outdatedVersion != version())
        {
            outdatedVersion = version();
            outdatedNs = nowNs;
        }

        return control.isReachable() && nowNs - outdatedNs < pauseNs;
    }

    private long version()
    {
        return view == null ? -1 : view.version();
    }

    private boolean fits(final DirectBuffer buffer, final int lengthAt, final int start, final int end)
    {
        if (start > end || buffer.getInt(lengthAt, ByteOrder.LITTLE_ENDIAN) != end - start)
        {
            tally.badPeerMessages++;
            return false;
        }

        return true;
    }
}
