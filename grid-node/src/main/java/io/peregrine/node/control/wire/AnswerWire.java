package io.peregrine.node.control.wire;

import io.peregrine.node.codec.ControlAnswerDecoder;
import io.peregrine.node.codec.ControlAnswerEncoder;
import io.peregrine.node.codec.MessageHeaderDecoder;
import io.peregrine.node.codec.MessageHeaderEncoder;
import io.peregrine.node.control.ControlResult;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Answers of the control plane as bytes.
 */
public final class AnswerWire
{
    private AnswerWire()
    {
    }

    /**
     * @param result to encode.
     * @param buffer to encode it in.
     * @param offset where.
     * @return bytes.
     */
    public static int encode(final ControlResult result, final MutableDirectBuffer buffer, final int offset)
    {
        final ControlAnswerEncoder encoder = new ControlAnswerEncoder()
            .wrapAndApplyHeader(buffer, offset, new MessageHeaderEncoder())
            .stateVersion(result.version())
            .number(result.number())
            .decision(Enums.encode(result.code()))
            .reserved1((short) 0)
            .reserved2(0)
            .reserved3(0);
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    /**
     * @param buffer with the message.
     * @param offset of its header.
     * @param length of all.
     * @return the answer.
     * @throws MalformedException where there is none.
     */
    public static ControlResult decode(final DirectBuffer buffer, final int offset, final int length)
        throws MalformedException
    {
        final MessageHeaderDecoder header = new Bounds(buffer, offset, length).header(offset);
        Bounds.check(
            header.templateId() == ControlAnswerDecoder.TEMPLATE_ID &&
                header.blockLength() >= ControlAnswerDecoder.BLOCK_LENGTH, "not an answer of the control plane");
        final ControlAnswerDecoder answer = new ControlAnswerDecoder().wrapAndApplyHeader(buffer, offset, header);
        return new ControlResult(Enums.code(answer.decisionRaw()), answer.number(), answer.stateVersion());
    }
}
