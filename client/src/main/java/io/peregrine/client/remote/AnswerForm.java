package io.peregrine.client.remote;

import io.peregrine.client.codec.ClearReplyDecoder;
import io.peregrine.client.codec.ClearRequestEncoder;
import io.peregrine.client.codec.CloseSessionReplyDecoder;
import io.peregrine.client.codec.FragmentDecoder;
import io.peregrine.client.codec.LockLookEncoder;
import io.peregrine.client.codec.LockReplyDecoder;
import io.peregrine.client.codec.LockRequestEncoder;
import io.peregrine.client.codec.MapBatchReplyDecoder;
import io.peregrine.client.codec.MapBatchRequestEncoder;
import io.peregrine.client.codec.MapReadReplyDecoder;
import io.peregrine.client.codec.MapReadRequestEncoder;
import io.peregrine.client.codec.MapReplyDecoder;
import io.peregrine.client.codec.MapRequestEncoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.OpenSessionReplyDecoder;
import io.peregrine.client.codec.OrderReplyDecoder;
import io.peregrine.client.codec.OrderRequestEncoder;
import io.peregrine.client.codec.PartitionsReplyDecoder;
import io.peregrine.client.codec.PartitionsRequestEncoder;
import io.peregrine.client.codec.RedirectDecoder;
import io.peregrine.client.codec.RefusalDecoder;
import io.peregrine.client.codec.ScanReplyDecoder;
import io.peregrine.client.codec.ScanRequestEncoder;
import io.peregrine.client.codec.SizeReplyDecoder;
import io.peregrine.client.codec.SizeRequestEncoder;
import io.peregrine.client.codec.StatusReplyDecoder;
import io.peregrine.client.codec.StatusRequestEncoder;
import io.peregrine.client.codec.StructureAction;
import io.peregrine.client.codec.StructureReplyDecoder;
import io.peregrine.client.codec.StructureRequestEncoder;
import io.peregrine.client.codec.TableReplyDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Whether an answer is what it says: all of its lengths and counts lie within it, and it is of the kind that its
 * request asks for. Looked at before anything else of an answer is used, so that nobody reads past its end, whoever
 * sent it. Pure, any thread, without garbage.
 */
final class AnswerForm
{
    private static final int ROOT = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int BLOCK = MessageHeaderDecoder.blockLengthEncodingOffset();
    private static final int TEMPLATE = MessageHeaderDecoder.templateIdEncodingOffset();
    private static final int VERSION = MessageHeaderDecoder.versionEncodingOffset();
    private static final int GROUP = Short.BYTES + Short.BYTES;
    private static final int TEMPLATES = 64;

    /**
     * By template: bytes of the root block, variable parts at the end, then for each group bytes of a block and
     * variable parts.
     */
    private static final int[][] FORMS = new int[TEMPLATES][];

    /**
     * By the template of a request: that of its answer.
     */
    private static final int[] ANSWERS = new int[TEMPLATES];

    static
    {
        form(MapReplyDecoder.TEMPLATE_ID, MapReplyDecoder.BLOCK_LENGTH, 1);
        form(MapReadReplyDecoder.TEMPLATE_ID, MapReadReplyDecoder.BLOCK_LENGTH, 1);
        form(MapBatchReplyDecoder.TEMPLATE_ID, MapBatchReplyDecoder.BLOCK_LENGTH, 0,
            MapBatchReplyDecoder.ResultsDecoder.sbeBlockLength(), 1);
        form(ScanReplyDecoder.TEMPLATE_ID, ScanReplyDecoder.BLOCK_LENGTH, 0,
            ScanReplyDecoder.EntriesDecoder.sbeBlockLength(), 2);
        form(SizeReplyDecoder.TEMPLATE_ID, SizeReplyDecoder.BLOCK_LENGTH, 0);
        form(ClearReplyDecoder.TEMPLATE_ID, ClearReplyDecoder.BLOCK_LENGTH, 0);
        form(StructureReplyDecoder.TEMPLATE_ID, StructureReplyDecoder.BLOCK_LENGTH, 0,
            StructureReplyDecoder.StructuresDecoder.sbeBlockLength(), 1);
        form(RefusalDecoder.TEMPLATE_ID, RefusalDecoder.BLOCK_LENGTH, 1);
        form(FragmentDecoder.TEMPLATE_ID, FragmentDecoder.BLOCK_LENGTH, 1);
        form(OpenSessionReplyDecoder.TEMPLATE_ID, OpenSessionReplyDecoder.BLOCK_LENGTH, 0);
        form(CloseSessionReplyDecoder.TEMPLATE_ID, CloseSessionReplyDecoder.BLOCK_LENGTH, 0);
        form(StatusReplyDecoder.TEMPLATE_ID, StatusReplyDecoder.BLOCK_LENGTH, 3,
            StatusReplyDecoder.CountersDecoder.sbeBlockLength(), 0,
            StatusReplyDecoder.ListedDecoder.sbeBlockLength(), 1,
            StatusReplyDecoder.MembersDecoder.sbeBlockLength(), 2);
        form(RedirectDecoder.TEMPLATE_ID, RedirectDecoder.BLOCK_LENGTH, 0);
        form(TableReplyDecoder.TEMPLATE_ID, TableReplyDecoder.BLOCK_LENGTH, 0,
            TableReplyDecoder.MembersDecoder.sbeBlockLength(), 1,
            TableReplyDecoder.PartitionsDecoder.sbeBlockLength(), 0);
        form(PartitionsReplyDecoder.TEMPLATE_ID, PartitionsReplyDecoder.BLOCK_LENGTH, 1,
            PartitionsReplyDecoder.ListedDecoder.sbeBlockLength(), 0,
            PartitionsReplyDecoder.CopiesDecoder.sbeBlockLength(), 0);
        form(OrderReplyDecoder.TEMPLATE_ID, OrderReplyDecoder.BLOCK_LENGTH, 1);
        form(LockReplyDecoder.TEMPLATE_ID, LockReplyDecoder.BLOCK_LENGTH, 0);

        ANSWERS[MapRequestEncoder.TEMPLATE_ID] = MapReplyDecoder.TEMPLATE_ID;
        ANSWERS[MapReadRequestEncoder.TEMPLATE_ID] = MapReadReplyDecoder.TEMPLATE_ID;
        ANSWERS[MapBatchRequestEncoder.TEMPLATE_ID] = MapBatchReplyDecoder.TEMPLATE_ID;
        ANSWERS[ScanRequestEncoder.TEMPLATE_ID] = ScanReplyDecoder.TEMPLATE_ID;
        ANSWERS[SizeRequestEncoder.TEMPLATE_ID] = SizeReplyDecoder.TEMPLATE_ID;
        ANSWERS[ClearRequestEncoder.TEMPLATE_ID] = ClearReplyDecoder.TEMPLATE_ID;
        ANSWERS[StructureRequestEncoder.TEMPLATE_ID] = StructureReplyDecoder.TEMPLATE_ID;
        ANSWERS[StatusRequestEncoder.TEMPLATE_ID] = StatusReplyDecoder.TEMPLATE_ID;
        ANSWERS[PartitionsRequestEncoder.TEMPLATE_ID] = PartitionsReplyDecoder.TEMPLATE_ID;
        ANSWERS[OrderRequestEncoder.TEMPLATE_ID] = OrderReplyDecoder.TEMPLATE_ID;
        ANSWERS[LockRequestEncoder.TEMPLATE_ID] = LockReplyDecoder.TEMPLATE_ID;
        ANSWERS[LockLookEncoder.TEMPLATE_ID] = LockReplyDecoder.TEMPLATE_ID;
    }

    private AnswerForm()
    {
    }

    /**
     * Does all that the message says of its own lengths lie within it? A message of a newer version may have more
     * behind the parts that are known here; one of this version ends with them.
     *
     * @return false for a message of a kind that is not known here too.
     */
    static boolean isWhole(final DirectBuffer buffer, final int offset, final int length)
    {
        if (length < ROOT)
        {
            return false;
        }
        final int template = unsigned(buffer, offset + TEMPLATE);
        final int[] form = template < TEMPLATES ? FORMS[template] : null;
        final int block = unsigned(buffer, offset + BLOCK);
        if (form == null || block < form[0])
        {
            return false;
        }
        final int end = offset + length;
        int at = offset + ROOT + block;
        for (int i = 2; i < form.length && at <= end; i += 2)
        {
            at = endOfGroup(buffer, at, end, form[i], form[i + 1]);
        }
        at = endOfParts(buffer, at, end, form[1]);
        return at == end || at < end && unsigned(buffer, offset + VERSION) > MessageHeaderDecoder.SCHEMA_VERSION;
    }

    /**
     * Is it the answer that a request asks for? Both are known to be whole.
     *
     * @param asked   with the request.
     * @param askedAt where its header begins.
     */
    static boolean fits(
        final DirectBuffer asked, final int askedAt, final DirectBuffer buffer, final int offset)
    {
        final int at = Within.offset(asked, askedAt);
        final int template = unsigned(buffer, offset + TEMPLATE);
        final int request = unsigned(asked, at + TEMPLATE);
        if (request >= TEMPLATES || ANSWERS[request] != template)
        {
            return false;
        }
        switch (template)
        {
            case MapBatchReplyDecoder.TEMPLATE_ID:
                return count(buffer, offset) == count(asked, at);

            case StructureReplyDecoder.TEMPLATE_ID:
                return asked.getByte(at + ROOT + StructureRequestEncoder.actionEncodingOffset()) !=
                    StructureAction.OPEN.value() || isOpened(buffer, offset);

            default:
                return true;
        }
    }

    /**
     * Is it about one structure that can be used?
     */
    static boolean isOpened(final DirectBuffer buffer, final int offset)
    {
        return count(buffer, offset) == 1 && OwnAnswers.openedId(buffer, offset) > 0;
    }

    /**
     * How many there are in the first group of a message.
     */
    private static int count(final DirectBuffer buffer, final int offset)
    {
        return unsigned(buffer, offset + ROOT + unsigned(buffer, offset + BLOCK) + Short.BYTES);
    }

    /**
     * @return where the group ends, or a place behind the end of the message if it does not fit into that.
     */
    private static int endOfGroup(
        final DirectBuffer buffer, final int offset, final int end, final int least, final int parts)
    {
        final int behind = end + 1;
        if (end - offset < GROUP)
        {
            return behind;
        }
        final int block = unsigned(buffer, offset);
        final int count = unsigned(buffer, offset + Short.BYTES);
        int at = offset + GROUP;
        if (count > 0 && block < least || (long) block * count > end - at)
        {
            return behind;
        }
        if (parts == 0)
        {
            return at + block * count;
        }
        for (int i = 0; i < count && at <= end; i++)
        {
            at = endOfParts(buffer, at + block, end, parts);
        }
        return at;
    }

    private static int endOfParts(final DirectBuffer buffer, final int offset, final int end, final int parts)
    {
        int at = offset;
        for (int i = 0; i < parts; i++)
        {
            final int left = end - at - Integer.BYTES;
            final int length = left < 0 ? -1 : buffer.getInt(at, ByteOrder.LITTLE_ENDIAN);
            if (length < 0 || length > left)
            {
                return end + 1;
            }
            at += Integer.BYTES + length;
        }
        return at;
    }

    private static int unsigned(final DirectBuffer buffer, final int at)
    {
        return Short.toUnsignedInt(buffer.getShort(at, ByteOrder.LITTLE_ENDIAN));
    }

    private static void form(final int template, final int... parts)
    {
        FORMS[template] = parts;
    }
}
