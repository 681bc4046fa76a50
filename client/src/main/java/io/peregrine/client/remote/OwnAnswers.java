package io.peregrine.client.remote;

import io.peregrine.client.codec.AnswerKind;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.MessageHeaderEncoder;
import io.peregrine.client.codec.Reason;
import io.peregrine.client.codec.RefusalEncoder;
import io.peregrine.client.codec.StructureReplyDecoder;
import io.peregrine.client.codec.StructureReplyEncoder;
import io.peregrine.client.port.MessageHandler;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Answers that the lane makes itself: requests that no node will ever answer, and answers that say more to the caller
 * once changed. The lane's thread.
 */
final class OwnAnswers
{
    private static final byte[] STARTED_ANEW = ascii("the node was started anew before its answer came");
    private static final byte[] NO_TEXT = new byte[0];

    private final ExpandableArrayBuffer message = new ExpandableArrayBuffer(256);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final RefusalEncoder refusal = new RefusalEncoder();
    private final StructureReplyEncoder structures = new StructureReplyEncoder();
    private final AnswerKind[] kinds;
    private final Reason[] reasons;

    OwnAnswers(final int capacity)
    {
        kinds = new AnswerKind[capacity];
        reasons = new Reason[capacity];
    }

    /**
     * Note the answer to a request.
     *
     * @param kind null when a structure that was to be destroyed is gone.
     */
    void note(final int slot, final AnswerKind kind, final Reason reason)
    {
        kinds[slot] = kind;
        reasons[slot] = reason;
    }

    /**
     * Does the noted answer say that nothing was done?
     */
    boolean isNotDone(final int slot)
    {
        return kinds[slot] == AnswerKind.REFUSED || kinds[slot] == AnswerKind.FAILED;
    }

    /**
     * Hand over the answer that was noted.
     */
    void hand(final long id, final int slot, final MessageHandler to)
    {
        if (kinds[slot] == null)
        {
            handDestroyed(id, to);
            return;
        }
        final byte[] text = reasons[slot] == Reason.ANSWER_LOST ? STARTED_ANEW : NO_TEXT;
        refusal.wrapAndApplyHeader(message, 0, header)
            .correlationId(id).kind(kinds[slot]).reason(reasons[slot]).reserved1(0).reserved2(0)
            .putText(text, 0, text.length);
        to.onMessage(message, 0, MessageHeaderEncoder.ENCODED_LENGTH + refusal.encodedLength());
    }

    /**
     * The structure is gone, as was asked.
     */
    void handDestroyed(final long id, final MessageHandler to)
    {
        structures.wrapAndApplyHeader(message, 0, header).correlationId(id).structuresCount(0);
        to.onMessage(message, 0, MessageHeaderEncoder.ENCODED_LENGTH + structures.encodedLength());
    }

    /**
     * A structure was opened: the answer with the number that this client knows it by.
     */
    void handOpened(
        final DirectBuffer buffer, final int offset, final int length, final int local, final MessageHandler to)
    {
        message.putBytes(0, buffer, offset, length);
        message.putInt(firstStructureId(message, 0), local, ByteOrder.LITTLE_ENDIAN);
        to.onMessage(message, 0, length);
    }

    /**
     * What the grid calls the structure that it has opened.
     */
    static int openedId(final DirectBuffer buffer, final int offset)
    {
        return buffer.getInt(firstStructureId(buffer, offset), ByteOrder.LITTLE_ENDIAN);
    }

    private static int firstStructureId(final DirectBuffer buffer, final int offset)
    {
        final short block = buffer.getShort(
            offset + MessageHeaderDecoder.blockLengthEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
        return offset + MessageHeaderEncoder.ENCODED_LENGTH + Short.toUnsignedInt(block) +
            StructureReplyDecoder.StructuresDecoder.HEADER_SIZE +
            StructureReplyDecoder.StructuresDecoder.structureIdEncodingOffset();
    }

    private static byte[] ascii(final String text)
    {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
