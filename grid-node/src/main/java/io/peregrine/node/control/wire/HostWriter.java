package io.peregrine.node.control.wire;

import io.peregrine.node.codec.HostEventEncoder;
import io.peregrine.node.codec.HostHelloEncoder;
import io.peregrine.node.codec.HostPieceEncoder;
import io.peregrine.node.codec.HostPullEncoder;
import io.peregrine.node.codec.HostReplyEncoder;
import io.peregrine.node.codec.HostRequestEncoder;
import io.peregrine.node.codec.MessageHeaderEncoder;
import io.peregrine.node.control.ControlCommand;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Encodes what a node and the host of the control plane say to each other. One thread.
 */
public final class HostWriter
{
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final CommandWriter commands = new CommandWriter();
    private final ExpandableArrayBuffer command = new ExpandableArrayBuffer();

    /**
     * @param message to encode.
     * @param buffer  to encode it in; grows, or is large enough.
     * @param offset  where.
     * @return bytes.
     */
    public int encode(final HostMessage message, final MutableDirectBuffer buffer, final int offset)
    {
        return MessageHeaderEncoder.ENCODED_LENGTH + body(message, buffer, offset);
    }

    private int body(final HostMessage message, final MutableDirectBuffer buffer, final int offset)
    {
        if (message instanceof HostMessage.Hello hello)
        {
            final byte[] key = Texts.encode(hello.key());
            return new HostHelloEncoder().wrapAndApplyHeader(buffer, offset, header)
                .correlation(hello.correlation())
                .nodeVersion(hello.nodeVersion())
                .gridId(hello.gridId())
                .stateVersion(hello.version())
                .startId(hello.startId())
                .formerStartId(hello.formerStartId())
                .absentAfter(hello.absentAfterNs())
                .gridName(hello.gridName())
                .putKey(key, 0, key.length)
                .encodedLength();
        }
        if (message instanceof HostMessage.Request request)
        {
            final int length = encode(request.command());
            return new HostRequestEncoder().wrapAndApplyHeader(buffer, offset, header)
                .correlation(request.correlation())
                .putCommand(command, 0, length)
                .encodedLength();
        }
        if (message instanceof HostMessage.Pull pull)
        {
            return new HostPullEncoder().wrapAndApplyHeader(buffer, offset, header)
                .stateVersion(pull.version())
                .encodedLength();
        }

        return ofHost(message, buffer, offset);
    }

    private int ofHost(final HostMessage message, final MutableDirectBuffer buffer, final int offset)
    {
        if (message instanceof HostMessage.Reply reply)
        {
            return new HostReplyEncoder().wrapAndApplyHeader(buffer, offset, header)
                .correlation(reply.correlation())
                .gridId(reply.gridId())
                .stateVersion(reply.result().version())
                .number(reply.result().number())
                .decision(Enums.encode(reply.result().code()))
                .encodedLength();
        }
        if (message instanceof HostMessage.Event event)
        {
            final int length = encode(event.command());
            return new HostEventEncoder().wrapAndApplyHeader(buffer, offset, header)
                .before(event.before())
                .after(event.after())
                .time(event.timeNs())
                .digest(event.digest())
                .putCommand(command, 0, length)
                .encodedLength();
        }

        final HostMessage.Piece piece = (HostMessage.Piece) message;
        return new HostPieceEncoder().wrapAndApplyHeader(buffer, offset, header)
            .stateVersion(piece.version())
            .total(piece.total())
            .at(piece.at())
            .putBytes(piece.bytes(), 0, piece.bytes().length)
            .encodedLength();
    }

    private int encode(final ControlCommand value)
    {
        return commands.encode(value, command, 0);
    }
}
