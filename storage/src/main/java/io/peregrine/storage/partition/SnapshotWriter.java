package io.peregrine.storage.partition;

import java.nio.ByteOrder;

import io.peregrine.storage.codec.MessageHeaderEncoder;
import io.peregrine.storage.codec.SnapshotChunkEncoder;
import io.peregrine.storage.session.SessionSnapshot;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Takes a snapshot of a partition, chunk by chunk, while entries are applied in between. Data agent's thread; one at a
 * time for each partition.
 * <p>
 * A chunk holds the records of one structure in a range of cursors, and says which sequence they are of: everything up
 * to that entry has been done to them, and nothing after it. Chunks follow each other without a gap in the order of
 * (structure, cursor), so a structure that is not named between the end of one and the begin of the next did not exist
 * then. The last chunk holds all sessions and kept results. How this is joined with the log: see {@link
 * SnapshotLoader}.
 * <p>
 * A chunk stays in {@link #buffer()} until the next is made, so it can be sent again. Work for a chunk is bounded by
 * the soft limit of bytes, or one record where that is longer; for the last chunk by the limits of sessions.
 */
public final class SnapshotWriter implements AutoCloseable
{
    static final int MAGIC = 0x50475343;
    static final int LAST_STRUCTURE = StructureTable.NONE;
    static final int CHECKED_FROM = MessageHeaderEncoder.ENCODED_LENGTH + SnapshotChunkEncoder.crcEncodingOffset() +
        Integer.BYTES;

    private static final int LENGTH_OFFSET =
        MessageHeaderEncoder.ENCODED_LENGTH + SnapshotChunkEncoder.lengthEncodingOffset();
    private static final int CRC_OFFSET =
        MessageHeaderEncoder.ENCODED_LENGTH + SnapshotChunkEncoder.crcEncodingOffset();
    private static final int MIN_CHUNK = 1024;

    private final PartitionStore store;
    private final GrowingBuffer growing = new GrowingBuffer();
    private final ChunkTarget target;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SnapshotChunkEncoder encoder = new SnapshotChunkEncoder();
    private final SessionSnapshot sessions = new SessionSnapshot();
    private final ChunkChecksum checksum = new ChunkChecksum();
    private final VoidEntries voids = new VoidEntries();
    private long snapshotId;
    private int index;
    private int structureId;
    private long cursor;
    private int length;
    private boolean isComplete;

    /**
     * Begin a snapshot.
     *
     * @param store      to take it of; no other snapshot of it is open.
     * @param chunkBytes how long a chunk is to be, from 1 KiB; one with a single long record is longer.
     */
    public SnapshotWriter(final PartitionStore store, final int chunkBytes)
    {
        if (chunkBytes < MIN_CHUNK || store.voids() != null)
        {
            throw new IllegalArgumentException("chunk of " + chunkBytes + " bytes, or a snapshot is open");
        }
        this.store = store;
        target = new ChunkTarget(growing, chunkBytes);
        store.voids(voids);
    }

    /**
     * Make the next chunk.
     *
     * @return false if there is none: {@link #isComplete()}, or {@link #isGivenUp()}.
     */
    public boolean next()
    {
        if (isComplete || voids.isFull())
        {
            return false;
        }
        if (index == 0)
        {
            snapshotId = store.sequence();
            voids.clear();
        }
        final int id = store.structures.ceiling(structureId);
        if (id == StructureTable.NONE)
        {
            writeSessions();
        }
        else
        {
            writeStructure(store.structures.get(id), id == structureId ? cursor : 0);
        }
        index++;
        voids.clear();
        return true;
    }

    private void writeStructure(final Structure structure, final long from)
    {
        final int fromStructure = structureId;
        final long fromCursor = cursor;
        final int bodyAt = bodyOffset();
        target.begin(bodyAt);
        final long next = structure.writeChunk(from, target);
        final int bodyLength = target.length();
        structureId = next == Structure.END ? structure.id() + 1 : structure.id();
        cursor = next == Structure.END ? 0 : next;
        encodeRoot(fromStructure, fromCursor, structure.id(), structure.kind().value(), structure.traits());
        seal(bodyAt, bodyLength);
    }

    private void writeSessions()
    {
        final int fromStructure = structureId;
        final long fromCursor = cursor;
        final int bodyAt = bodyOffset();
        growing.ensure(bodyAt + SessionSnapshot.encodedLength(store.sessions()));
        final int bodyLength = sessions.encode(store.sessions(), growing.buffer, bodyAt);
        structureId = LAST_STRUCTURE;
        cursor = 0;
        isComplete = true;
        encodeRoot(fromStructure, fromCursor, 0, (short) 0, 0);
        seal(bodyAt, bodyLength);
    }

    /**
     * The body is encoded first, behind the place of what goes before it, whose length is known.
     */
    private int bodyOffset()
    {
        final int offset = MessageHeaderEncoder.ENCODED_LENGTH + SnapshotChunkEncoder.BLOCK_LENGTH +
            SnapshotChunkEncoder.voidsHeaderLength() + voids.size() * Long.BYTES +
            SnapshotChunkEncoder.bodyHeaderLength();
        growing.ensure(offset);
        return offset;
    }

    private void encodeRoot(
        final int fromStructure, final long fromCursor, final int id, final short kind, final int traits)
    {
        encoder.wrapAndApplyHeader(growing.buffer, 0, header)
            .magic(Integer.toUnsignedLong(MAGIC))
            .crc(0)
            .length(0)
            .partition(store.partition())
            .snapshotId(snapshotId)
            .sequence(store.sequence())
            .time(store.time())
            .fromCursor(fromCursor)
            .toCursor(cursor)
            .fromStructure(fromStructure)
            .toStructure(structureId)
            .structureId(id)
            .index(index)
            .kind(kind)
            .traits((short) traits)
            .reserved1(0)
            .reserved2(0);
        final byte[] sequences = new byte[voids.size() * Long.BYTES];
        final UnsafeBuffer view = new UnsafeBuffer(sequences);
        for (int i = 0; i < voids.size(); i++)
        {
            view.putLong(i * Long.BYTES, voids.get(i), ByteOrder.LITTLE_ENDIAN);
        }
        encoder.putVoids(sequences, 0, sequences.length);
    }

    private void seal(final int bodyAt, final int bodyLength)
    {
        encoder.putBody(growing.buffer, bodyAt, bodyLength);
        length = MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
        growing.buffer.putInt(LENGTH_OFFSET, length, ByteOrder.LITTLE_ENDIAN);
        growing.buffer.putInt(
            CRC_OFFSET, checksum.of(growing.buffer, CHECKED_FROM, length - CHECKED_FROM),
            ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The chunk.
     *
     * @return buffer that has it at 0, until the next is made.
     */
    public DirectBuffer buffer()
    {
        return growing.buffer;
    }

    /**
     * The length of the chunk.
     *
     * @return bytes.
     */
    public int length()
    {
        return length;
    }

    /**
     * The sequence from which on the log is needed besides the chunks.
     *
     * @return sequence of the first chunk.
     */
    public long snapshotId()
    {
        return snapshotId;
    }

    /**
     * Was the last chunk made?
     *
     * @return true if so.
     */
    public boolean isComplete()
    {
        return isComplete;
    }

    /**
     * Did too much happen between two chunks? Then a snapshot has to be begun anew.
     *
     * @return true if so.
     */
    public boolean isGivenUp()
    {
        return !isComplete && voids.isFull();
    }

    @Override
    public void close()
    {
        if (store.voids() == voids)
        {
            store.voids(null);
        }
    }
}
