package io.peregrine.node.partition;

import io.peregrine.node.codec.MessageHeaderDecoder;
import io.peregrine.node.codec.MessageHeaderEncoder;
import io.peregrine.node.codec.RelayDecoder;
import io.peregrine.node.codec.ViewAnswerDecoder;
import io.peregrine.node.codec.ViewAnswerEncoder;
import io.peregrine.node.codec.ViewRequestDecoder;
import io.peregrine.node.control.ControlView;
import io.peregrine.node.control.Member;
import io.peregrine.node.control.wire.CommandReader;
import io.peregrine.node.control.wire.MalformedException;
import io.peregrine.node.control.wire.ViewReader;
import io.peregrine.node.control.wire.ViewWriter;
import io.peregrine.node.replication.ControlPort;
import io.peregrine.node.replication.Envelope;
import io.peregrine.node.replication.PeerSink;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * What the control plane decided goes from node to node, and what it is asked goes through those who reach it. Data
 * agent's thread.
 */
final class ViewDesk
{
    private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ViewRequestDecoder request = new ViewRequestDecoder();
    private final ViewAnswerEncoder answerOut = new ViewAnswerEncoder();
    private final ViewAnswerDecoder answer = new ViewAnswerDecoder();
    private final RelayDecoder relay = new RelayDecoder();
    private final ViewWriter writer = new ViewWriter();
    private final ViewReader reader = new ViewReader();
    private final CommandReader commands = new CommandReader();
    private final ExpandableArrayBuffer encoded = new ExpandableArrayBuffer();
    private final PeerPost post;
    private final ControlPort control;
    private final Tally tally;
    private ControlView view;
    private int encodedLength;

    ViewDesk(final PeerPost post, final ControlPort control, final Tally tally)
    {
        this.post = post;
        this.control = control;
        this.tally = tally;
    }

    void onControl(final ControlView newView)
    {
        view = newView;
        encodedLength = 0;
    }

    /**
     * Somebody asks for a later state than he has; he asks again where there is no answer.
     */
    void onRequest(final DirectBuffer buffer, final int offset, final MessageHeaderDecoder of, final int memberId)
    {
        request.wrap(buffer, offset + HEADER, of.blockLength(), of.version());
        final Member member = post.member(memberId);
        if (view == null || member == null || view.version() <= request.controlVersion())
        {
            return;
        }
        if (encodedLength == 0)
        {
            encodedLength = writer.encode(view, encoded, 0);
        }

        final int length =
            HEADER + ViewAnswerEncoder.BLOCK_LENGTH + ViewAnswerEncoder.viewHeaderLength() + encodedLength;
        if (post.claim(memberId, Envelope.agent(buffer, offset), PeerSink.Stream.BULK, length))
        {
            answerOut.wrapAndApplyHeader(post.buffer(), post.offset(), header).putView(encoded, 0, encodedLength);
            post.send(member.incarnation());
        }
    }

    void onAnswer(final DirectBuffer buffer, final int offset, final int length, final MessageHeaderDecoder of)
    {
        answer.wrap(buffer, offset + HEADER, of.blockLength(), of.version());
        final int start = answer.limit() + ViewAnswerDecoder.viewHeaderLength();
        if (start > offset + length || answer.viewLength() != offset + length - start)
        {
            tally.badPeerMessages++;
            return;
        }

        try
        {
            final ControlView learned = reader.decode(buffer, start, offset + length - start);
            if (view == null || learned.version() > view.version())
            {
                control.learned(learned);
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
        if (start > offset + length || relay.commandLength() != offset + length - start)
        {
            tally.badPeerMessages++;
            return;
        }

        try
        {
            control.submit(commands.decode(buffer, start, offset + length - start));
        }
        catch (final MalformedException ex)
        {
            tally.badPeerMessages++;
        }
    }
}
