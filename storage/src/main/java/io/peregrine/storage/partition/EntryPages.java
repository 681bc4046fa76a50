package io.peregrine.storage.partition;

import io.peregrine.storage.codec.Action;
import io.peregrine.storage.codec.CreateStructureDecoder;
import io.peregrine.storage.codec.FencedDecoder;
import io.peregrine.storage.codec.LockAction;
import io.peregrine.storage.codec.LockCommandDecoder;
import io.peregrine.storage.codec.MapBatchDecoder;
import io.peregrine.storage.codec.MapCommandDecoder;
import io.peregrine.storage.codec.MessageHeaderDecoder;
import io.peregrine.storage.lock.LockView;
import io.peregrine.storage.log.EntryStamp;
import io.peregrine.storage.map.MapSpace;
import org.agrona.DirectBuffer;

/**
 * The most pages that applying an entry can take, whatever is in the partition: told by the entry alone, so that a
 * copy can make sure of them before it takes the entry into its log. Data agent's thread.
 */
public final class EntryPages
{
    /**
     * A record whose expiry changes shape, or an empty index.
     */
    private static final int ONE = 1;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final MapCommandDecoder command = new MapCommandDecoder();
    private final MapBatchDecoder batch = new MapBatchDecoder();
    private final LockCommandDecoder lock = new LockCommandDecoder();
    private final FencedDecoder fenced = new FencedDecoder();

    /**
     * @param entry  buffer with the entry.
     * @param offset of its header.
     * @return count for {@link io.peregrine.storage.memory.PagePool#reserve(int)}.
     */
    public int worst(final DirectBuffer entry, final int offset)
    {
        return switch (EntryStamp.templateId(entry, offset))
        {
            case MapCommandDecoder.TEMPLATE_ID -> ofCommand(entry, offset);
            case MapBatchDecoder.TEMPLATE_ID -> ofBatch(entry, offset);
            case CreateStructureDecoder.TEMPLATE_ID -> ONE;
            case LockCommandDecoder.TEMPLATE_ID -> ofLock(entry, offset);
            case FencedDecoder.TEMPLATE_ID -> worst(entry, within(entry, offset));
            default -> 0;
        };
    }

    private int ofCommand(final DirectBuffer entry, final int offset)
    {
        command.wrapAndApplyHeader(entry, offset, header);
        final Action action = command.action();
        final int keyLength = command.keyLength();
        command.skipKey();
        return of(action, keyLength, command.valueLength());
    }

    /**
     * What is there already is given on, renewed and let go in place.
     */
    private int ofLock(final DirectBuffer entry, final int offset)
    {
        lock.wrapAndApplyHeader(entry, offset, header);
        return ofLock(lock.action(), lock.nameLength());
    }

    /**
     * The most pages that a command on a lock can take.
     *
     * @param action     of the command.
     * @param nameLength bytes.
     * @return count.
     */
    public static int ofLock(final LockAction action, final int nameLength)
    {
        final boolean mayMake = action == LockAction.ACQUIRE || action == LockAction.COUNT_DOWN;
        return mayMake ? MapSpace.worstPages(nameLength, LockView.VALUE_LENGTH) : 0;
    }

    private int within(final DirectBuffer entry, final int offset)
    {
        fenced.wrapAndApplyHeader(entry, offset, header);
        return fenced.limit() + FencedDecoder.withinHeaderLength();
    }

    private int ofBatch(final DirectBuffer entry, final int offset)
    {
        batch.wrapAndApplyHeader(entry, offset, header);
        int pages = 0;
        for (final MapBatchDecoder.CommandsDecoder each : batch.commands())
        {
            final Action action = each.action();
            final int keyLength = each.keyLength();
            each.skipKey();
            pages += of(action, keyLength, each.valueLength());
            each.skipValue();
            each.skipExpected();
        }

        return pages;
    }

    private static int of(final Action action, final int keyLength, final int valueLength)
    {
        return switch (action)
        {
            case PUT -> MapSpace.worstPages(keyLength, valueLength);
            case ADD -> MapSpace.worstPages(keyLength, Long.BYTES);
            case EXPIRE -> ONE;
            default -> 0;
        };
    }
}
