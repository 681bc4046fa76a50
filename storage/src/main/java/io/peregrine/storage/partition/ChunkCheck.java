package io.peregrine.storage.partition;

import java.nio.ByteOrder;

import io.peregrine.storage.codec.MessageHeaderDecoder;
import io.peregrine.storage.codec.SnapshotChunkDecoder;
import io.peregrine.storage.codec.StructureKind;
import io.peregrine.storage.lock.LockRange;
import io.peregrine.storage.session.MessageLayout;
import org.agrona.DirectBuffer;

/**
 * Checks a chunk that came from outside, without changing anything: its bytes, its place in the row, and that its body
 * is what it says.
 */
final class ChunkCheck
{
    private final PartitionStore store;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SnapshotChunkDecoder chunk = new SnapshotChunkDecoder();
    private final ChunkChecksum checksum = new ChunkChecksum();
    private final ChunkRange range = new ChunkRange();
    private final LockRange inRange = range::contains;
    private long snapshotId;
    private long sequence;
    private long time;
    private int structureId;
    private long cursor;
    private int index;

    ChunkCheck(final PartitionStore store)
    {
        this.store = store;
    }

    long snapshotId()
    {
        return snapshotId;
    }

    /**
     * The sequence of the last chunk accepted.
     */
    long sequence()
    {
        return sequence;
    }

    /**
     * This chunk is in: the next one follows it.
     */
    void accepted(final SnapshotChunkDecoder accepted)
    {
        snapshotId = accepted.snapshotId();
        sequence = accepted.sequence();
        time = accepted.time();
        structureId = accepted.toStructure();
        cursor = accepted.toCursor();
        index = accepted.index() + 1;
    }

    LoadResult chunk(final DirectBuffer buffer, final int offset, final int length)
    {
        if (length < MessageHeaderDecoder.ENCODED_LENGTH + SnapshotChunkDecoder.BLOCK_LENGTH)
        {
            return LoadResult.GARBAGE;
        }
        header.wrap(buffer, offset);
        if (header.schemaId() != SnapshotChunkDecoder.SCHEMA_ID ||
            header.templateId() != SnapshotChunkDecoder.TEMPLATE_ID)
        {
            return LoadResult.GARBAGE;
        }
        if (header.version() != SnapshotChunkDecoder.SCHEMA_VERSION)
        {
            return LoadResult.OTHER_VERSION;
        }
        if (!isWhole(buffer, offset, length))
        {
            return LoadResult.GARBAGE;
        }
        if (!isNext())
        {
            return LoadResult.OUT_OF_ORDER;
        }
        return isPlausible() && hasSoundVoids(buffer) && hasSoundBody(buffer) ?
            LoadResult.LOADED : LoadResult.GARBAGE;
    }

    private boolean isWhole(final DirectBuffer buffer, final int offset, final int length)
    {
        final int end = offset + length;
        int at = MessageLayout.skipRoot(
            buffer, offset, end, SnapshotChunkDecoder.TEMPLATE_ID, SnapshotChunkDecoder.SCHEMA_ID,
            SnapshotChunkDecoder.BLOCK_LENGTH);
        at = MessageLayout.skipData(buffer, at, end);
        if (MessageLayout.skipData(buffer, at, end) != end)
        {
            return false;
        }
        chunk.wrapAndApplyHeader(buffer, offset, header);
        return chunk.magic() == SnapshotWriter.MAGIC && chunk.length() == length &&
            (int) chunk.crc() == checksum.of(
                buffer, offset + SnapshotWriter.CHECKED_FROM, length - SnapshotWriter.CHECKED_FROM);
    }

    private boolean isNext()
    {
        return chunk.partition() == store.partition() && chunk.index() == index &&
            (index == 0 ? chunk.snapshotId() == chunk.sequence() : chunk.snapshotId() == snapshotId) &&
            chunk.sequence() >= sequence && chunk.time() >= time && chunk.fromStructure() == structureId &&
            chunk.fromCursor() == cursor;
    }

    private boolean isPlausible()
    {
        if (chunk.kind() == 0)
        {
            return chunk.toStructure() == SnapshotWriter.LAST_STRUCTURE && chunk.toCursor() == 0 &&
                chunk.structureId() == 0;
        }
        final int id = chunk.structureId();
        final boolean isToEnd = chunk.toStructure() == id + 1 && chunk.toCursor() == 0;
        range.set(id == structureId ? cursor : 0, chunk.toCursor(), isToEnd, chunk.sequence());
        return StructureIds.isSound(id, chunk.kind()) && id >= structureId &&
            (isToEnd || chunk.toStructure() == id && range.from != range.to);
    }

    private boolean hasSoundVoids(final DirectBuffer buffer)
    {
        final int length = chunk.voidsLength();
        final int at = chunk.limit() + SnapshotChunkDecoder.voidsHeaderLength();
        chunk.skipVoids();
        boolean isSound = length % Long.BYTES == 0;
        for (int i = 0; i < length && isSound; i += Long.BYTES)
        {
            final long voided = buffer.getLong(at + i, ByteOrder.LITTLE_ENDIAN);
            isSound = voided > sequence && voided <= chunk.sequence();
        }
        return isSound;
    }

    /**
     * The table of sessions is checked by its own loader.
     */
    private boolean hasSoundBody(final DirectBuffer buffer)
    {
        final int length = chunk.bodyLength();
        final int at = chunk.limit() + SnapshotChunkDecoder.bodyHeaderLength();
        chunk.skipBody();
        return chunk.kind() == 0 || isLoadable(buffer, at, length);
    }

    private boolean isLoadable(final DirectBuffer buffer, final int offset, final int length)
    {
        final StructureKind kind = StructureIds.kind(chunk.structureId());
        return switch (kind)
        {
            case LOCKS, SEMAPHORES, LATCHES ->
                store.workspace.lockSnapshot.isLoadable(kind, inRange, range.sequence, buffer, offset, length);
            case FENCES -> range.from == 0 && range.isToEnd &&
                store.workspace.fenceSnapshot.isLoadable(buffer, offset, length);
            default -> store.chunks.isLoadable(range, buffer, offset, length);
        };
    }
}
