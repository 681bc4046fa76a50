package io.peregrine.client.remote;

import io.peregrine.client.codec.ClearRequestEncoder;
import io.peregrine.client.codec.MapBatchRequestDecoder;
import io.peregrine.client.codec.MapReadRequestEncoder;
import io.peregrine.client.codec.MapRequestEncoder;
import io.peregrine.client.codec.MessageHeaderDecoder;
import io.peregrine.client.codec.ScanRequestEncoder;
import io.peregrine.client.codec.SizeRequestEncoder;
import io.peregrine.client.codec.StructureRequestEncoder;
import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;

/**
 * Which structures the requests of a lane name, by the client's own numbers; and puts in their place what the grid
 * calls them now, before each sending. The lane's thread.
 */
final class StructureIds
{
    private static final int ROOT = MessageHeaderDecoder.ENCODED_LENGTH;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final MapBatchRequestDecoder batch = new MapBatchRequestDecoder();
    private final RemoteStructures structures;
    private final Retained requests;
    private final int[] single;
    private final int[][] several;

    StructureIds(final RemoteStructures structures, final Retained requests)
    {
        this.structures = structures;
        this.requests = requests;
        single = new int[requests.capacity()];
        several = new int[requests.capacity()][];
    }

    /**
     * Note what a new request names.
     */
    void note(final long id)
    {
        final int slot = requests.slot(id);
        final MutableDirectBuffer buffer = requests.buffer(id);
        final int offset = Within.offset(buffer, requests.offsets[slot]);
        header.wrap(buffer, offset);
        several[slot] = null;
        single[slot] = 0;
        if (header.templateId() == MapBatchRequestDecoder.TEMPLATE_ID)
        {
            several[slot] = severalOf(buffer, offset);
        }
        else
        {
            final int at = singleOffset(header.templateId(), requests.kinds[slot]);
            single[slot] = at < 0 ? 0 : buffer.getInt(offset + ROOT + at, ByteOrder.LITTLE_ENDIAN);
        }
    }

    /**
     * The structure that only one request names.
     *
     * @return 0 if there is none, or several.
     */
    int single(final int slot)
    {
        return single[slot];
    }

    /**
     * Put in what the grid calls the structures.
     *
     * @return 0 when that is done; otherwise the number of one that is not known there.
     */
    int translate(final long id, final long gridId)
    {
        final int slot = requests.slot(id);
        final MutableDirectBuffer buffer = requests.buffer(id);
        final int offset = Within.offset(buffer, requests.offsets[slot]);
        if (several[slot] != null)
        {
            return translateAll(several[slot], buffer, offset, gridId);
        }
        final int local = single[slot];
        if (local != 0)
        {
            final int remote = structures.remote(local, gridId);
            if (remote <= 0)
            {
                return local;
            }
            header.wrap(buffer, offset);
            final int at = singleOffset(header.templateId(), requests.kinds[slot]);
            buffer.putInt(offset + ROOT + at, remote, ByteOrder.LITTLE_ENDIAN);
        }
        return 0;
    }

    private int translateAll(
        final int[] locals, final MutableDirectBuffer buffer, final int offset, final long gridId)
    {
        for (final int local : locals)
        {
            if (structures.remote(local, gridId) <= 0)
            {
                return local;
            }
        }
        batch.wrapAndApplyHeader(buffer, offset, header);
        final MapBatchRequestDecoder.CommandsDecoder commands = batch.commands();
        for (final int local : locals)
        {
            final int at = batch.limit() + MapBatchRequestDecoder.CommandsDecoder.structureIdEncodingOffset();
            buffer.putInt(at, structures.remote(local, gridId), ByteOrder.LITTLE_ENDIAN);
            skip(commands.next());
        }
        return 0;
    }

    private int[] severalOf(final MutableDirectBuffer buffer, final int offset)
    {
        batch.wrapAndApplyHeader(buffer, offset, header);
        final MapBatchRequestDecoder.CommandsDecoder commands = batch.commands();
        final int[] locals = new int[commands.count()];
        for (int i = 0; i < locals.length; i++)
        {
            locals[i] = commands.next().structureId();
            skip(commands);
        }
        return locals;
    }

    private static void skip(final MapBatchRequestDecoder.CommandsDecoder command)
    {
        command.skipKey();
        command.skipValue();
        command.skipExpected();
    }

    private static int singleOffset(final int template, final RequestKind kind)
    {
        switch (template)
        {
            case MapRequestEncoder.TEMPLATE_ID:
                return MapRequestEncoder.structureIdEncodingOffset();

            case MapReadRequestEncoder.TEMPLATE_ID:
                return MapReadRequestEncoder.structureIdEncodingOffset();

            case ScanRequestEncoder.TEMPLATE_ID:
                return ScanRequestEncoder.structureIdEncodingOffset();

            case SizeRequestEncoder.TEMPLATE_ID:
                return SizeRequestEncoder.structureIdEncodingOffset();

            case ClearRequestEncoder.TEMPLATE_ID:
                return ClearRequestEncoder.structureIdEncodingOffset();

            case StructureRequestEncoder.TEMPLATE_ID:
                return kind == RequestKind.DESTROY ? StructureRequestEncoder.structureIdEncodingOffset() : -1;

            default:
                return -1;
        }
    }
}
