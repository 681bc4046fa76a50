package io.peregrine.node.control.wire;

import io.peregrine.node.codec.HostEventDecoder;
import io.peregrine.node.codec.HostHelloDecoder;
import io.peregrine.node.codec.HostPieceDecoder;
import io.peregrine.node.codec.HostPullDecoder;
import io.peregrine.node.codec.HostReplyDecoder;
import io.peregrine.node.codec.HostRequestDecoder;
import io.peregrine.node.codec.MessageHeaderDecoder;
import io.peregrine.node.codec.VarDataEncodingDecoder;
import io.peregrine.node.control.ControlCommand;
import io.peregrine.node.control.ControlResult;
import io.peregrine.node.control.NodeVersion;
import org.agrona.DirectBuffer;

import java.nio.ByteOrder;

/**
 * Decodes what a node and the host of the control plane say to each other. One thread.
 */
public final class HostReader
{
    private static final int SAME_IN_ALL =
        HostHelloDecoder.nodeVersionEncodingOffset() + HostHelloDecoder.nodeVersionEncodingLength();

    private final CommandReader commands = new CommandReader();
    private Bounds bounds;
    private DirectBuffer buffer;
    private int offset;
    private int end;
    private MessageHeaderDecoder header;

    /**
     * @param messages with the message.
     * @param at       where its header is.
     * @param length   of all.
     * @return the message.
     * @throws MalformedException where there is none.
     */
    public HostMessage decode(final DirectBuffer messages, final int at, final int length) throws MalformedException
    {
        bounds = new Bounds(messages, at, length);
        header = bounds.headerOfAnyVersion(at);
        buffer = messages;
        offset = at;
        end = at + length;
        if (header.templateId() == HostHelloDecoder.TEMPLATE_ID)
        {
            return hello();
        }
        Bounds.check(
            header.templateId() == HostReplyDecoder.TEMPLATE_ID || header.version() >= header.sbeSchemaVersion(),
            "an earlier version of the messages");
        Bounds.check(header.blockLength() >= blockLength(header.templateId()), "not a message of nodes and hosts");
        switch (header.templateId())
        {
            case HostRequestDecoder.TEMPLATE_ID:
                final HostRequestDecoder request = new HostRequestDecoder().wrapAndApplyHeader(buffer, offset, header);
                return new HostMessage.Request(request.correlation(), command(request.limit()));
            case HostPullDecoder.TEMPLATE_ID:
                final HostPullDecoder pull = new HostPullDecoder().wrapAndApplyHeader(buffer, offset, header);
                return new HostMessage.Pull(pull.stateVersion());
            case HostReplyDecoder.TEMPLATE_ID:
                final HostReplyDecoder reply = new HostReplyDecoder().wrapAndApplyHeader(buffer, offset, header);
                return new HostMessage.Reply(reply.correlation(), reply.gridId(), new ControlResult(
                    Enums.code(reply.decisionRaw()), reply.number(), reply.stateVersion()));
            case HostEventDecoder.TEMPLATE_ID:
                final HostEventDecoder event = new HostEventDecoder().wrapAndApplyHeader(buffer, offset, header);
                return new HostMessage.Event(
                    event.before(), event.after(), event.time(), event.digest(), command(event.limit()));
            default:
                return piece();
        }
    }

    /**
     * Of a node of another version only what is the same in all of them.
     */
    private HostMessage hello() throws MalformedException
    {
        final HostHelloDecoder hello = new HostHelloDecoder().wrapAndApplyHeader(buffer, offset, header);
        Bounds.check(header.blockLength() >= SAME_IN_ALL, "too short for a node that says who it is");
        if (hello.nodeVersion() != NodeVersion.CURRENT)
        {
            return HostMessage.Hello.ofVersion(hello.correlation(), hello.nodeVersion());
        }

        Bounds.check(header.blockLength() >= HostHelloDecoder.BLOCK_LENGTH, "too short for a node of this version");
        Bounds.check(
            hello.startId() >= 0 && hello.absentAfter() > 0 && hello.stateVersion() >= 0, "a node that cannot be");
        return new HostMessage.Hello(
            hello.correlation(),
            hello.nodeVersion(),
            hello.gridId(),
            hello.stateVersion(),
            hello.startId(),
            hello.formerStartId(),
            hello.absentAfter(),
            hello.gridName(),
            bounds.text(hello.limit()));
    }

    private HostMessage piece() throws MalformedException
    {
        final HostPieceDecoder piece = new HostPieceDecoder().wrapAndApplyHeader(buffer, offset, header);
        final int length = data(piece.limit());
        Bounds.check(
            piece.at() >= 0 && piece.total() >= 0 && length <= piece.total() - piece.at(), "a piece of nothing");
        final byte[] bytes = new byte[length];
        buffer.getBytes(piece.limit() + VarDataEncodingDecoder.varDataEncodingOffset(), bytes);
        return new HostMessage.Piece(piece.stateVersion(), piece.total(), piece.at(), bytes);
    }

    private ControlCommand command(final int at) throws MalformedException
    {
        final int length = data(at);
        return commands.decode(buffer, at + VarDataEncodingDecoder.varDataEncodingOffset(), length);
    }

    /**
     * @return bytes of the data whose length is there, all within the message.
     */
    private int data(final int at) throws MalformedException
    {
        final int begin = at + VarDataEncodingDecoder.varDataEncodingOffset();
        Bounds.check(begin <= end, "a message that ends too early");
        final int length = buffer.getInt(at, ByteOrder.LITTLE_ENDIAN);
        Bounds.check(length >= 0 && length <= end - begin, "data that ends too late");
        return length;
    }

    private static int blockLength(final int templateId)
    {
        return switch (templateId)
        {
            case HostRequestDecoder.TEMPLATE_ID -> HostRequestDecoder.BLOCK_LENGTH;
            case HostPullDecoder.TEMPLATE_ID -> HostPullDecoder.BLOCK_LENGTH;
            case HostReplyDecoder.TEMPLATE_ID -> HostReplyDecoder.BLOCK_LENGTH;
            case HostEventDecoder.TEMPLATE_ID -> HostEventDecoder.BLOCK_LENGTH;
            case HostPieceDecoder.TEMPLATE_ID -> HostPieceDecoder.BLOCK_LENGTH;
            default -> Integer.MAX_VALUE;
        };
    }
}
