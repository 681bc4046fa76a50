package io.peregrine.storage.partition;

import java.nio.ByteOrder;
import java.util.function.LongPredicate;

import io.peregrine.storage.codec.CloseSessionEncoder;
import io.peregrine.storage.codec.ExpireEncoder;
import io.peregrine.storage.codec.MessageHeaderEncoder;
import io.peregrine.storage.codec.TouchEncoder;
import io.peregrine.storage.log.EntryStamp;
import io.peregrine.storage.map.Expiry;
import io.peregrine.storage.map.MapSpace;
import io.peregrine.storage.map.MapStore;
import io.peregrine.storage.map.RecordConsumer;
import io.peregrine.storage.map.RecordView;
import io.peregrine.storage.session.Sessions;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the primary asks before it writes, and on its timers: which records and sessions are past their end. Encodes the
 * entry to append; changes nothing itself, except that the wheel of deadlines turns. Data agent's thread.
 * <p>
 * A record with a longest idle time that was read since its last use in the log is touched at its end, not expired.
 * Callers claim {@link #length(int)} bytes of their log for the record of a key, and for records of any keys what their
 * log takes, up to {@link #maxLength(int)}; then they encode, and commit what was encoded.
 */
public final class Deadlines
{
    /**
     * The most records that one entry names.
     */
    public static final int MAX_RECORDS = 64;
    /**
     * Bytes of an entry that closes a session.
     */
    public static final int SESSION_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + CloseSessionEncoder.BLOCK_LENGTH;

    private static final int MAX_WORK = 4 * MAX_RECORDS;
    private static final DirectBuffer EMPTY = new UnsafeBuffer(new byte[0]);
    private static final int FIXED_LENGTH = EntryStamp.LENGTH + 4;
    private static final int RECORD_LENGTH = TouchEncoder.RecordsEncoder.sbeBlockLength() + Integer.BYTES;

    private final MapSpace maps;
    private final EntryApplier structures;
    private final Sessions sessions;
    private final RecordConsumer consumer = this::onDue;
    private final Expiry expiry = new Expiry();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ExpireEncoder expire = new ExpireEncoder();
    private final TouchEncoder touch = new TouchEncoder();
    private final CloseSessionEncoder close = new CloseSessionEncoder();
    private ExpireEncoder.RecordsEncoder expired;
    private TouchEncoder.RecordsEncoder touched;
    private MutableDirectBuffer target;
    private int targetOffset;
    private long entryTime;
    private long entrySequence;
    private int limit;
    private int count;
    private int room;

    Deadlines(final MapSpace maps, final EntryApplier structures, final Sessions sessions)
    {
        this.maps = maps;
        this.structures = structures;
        this.sessions = sessions;
    }

    /**
     * Room for an entry of so many records with keys of any length.
     *
     * @param records at most {@link #MAX_RECORDS}.
     * @return bytes.
     */
    public static int maxLength(final int records)
    {
        return FIXED_LENGTH + records * (RECORD_LENGTH + MapStore.MAX_KEY_LENGTH);
    }

    /**
     * Length of an entry of one record.
     *
     * @param keyLength bytes of its key.
     * @return bytes.
     */
    public static int length(final int keyLength)
    {
        return FIXED_LENGTH + RECORD_LENGTH + keyLength;
    }

    /**
     * Is the record of this key past its end, so that {@link #encodeDue(int, long, DirectBuffer, int, int, long, long,
     * MutableDirectBuffer, int)} has to go before any command or read of the key?
     *
     * @param structureId the map; may be unknown here.
     * @param hash        of the key.
     * @param key         buffer with the key.
     * @param keyOffset   where.
     * @param keyLength   bytes.
     * @param now         partition time.
     * @return true if it is there and its end has come.
     */
    public boolean isPastEnd(
        final int structureId,
        final long hash,
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength,
        final long now)
    {
        final KeyedStructure structure = structures.keyed(structureId);
        final RecordView record = structure == null ? null : structure.find(hash, key, keyOffset, keyLength);
        return record != null && record.end() <= now;
    }

    /**
     * Encode the Expire or Touch entry of one key.
     *
     * @param structureId the map.
     * @param hash        of the key.
     * @param key         buffer with the key.
     * @param keyOffset   where.
     * @param keyLength   bytes.
     * @param now         partition time, and the entry's.
     * @param sequence    of the entry.
     * @param dst         to encode to.
     * @param dstOffset   where; room for {@code length(keyLength)}.
     * @return bytes encoded; 0 if the record is not past its end.
     */
    public int encodeDue(
        final int structureId,
        final long hash,
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength,
        final long now,
        final long sequence,
        final MutableDirectBuffer dst,
        final int dstOffset)
    {
        final KeyedStructure structure = structures.keyed(structureId);
        final RecordView record = structure == null ? null : structure.find(hash, key, keyOffset, keyLength);
        if (record == null || record.end() > now)
        {
            return 0;
        }
        begin(1, length(keyLength), now, sequence, dst, dstOffset);
        onDue(record);
        return end();
    }

    /**
     * Encode one Expire or Touch entry for records of any map that are past their end. Bounded work, some of which only
     * turns the wheel: call again, after the entry is applied, as long as {@link #next()} is not after {@code now}.
     *
     * @param maxRecords at most {@link #MAX_RECORDS}.
     * @param bytes      that the entry may have; at least {@code length} of the longest key that the maps may hold.
     * @param now        partition time, and the entry's.
     * @param sequence   of the entry.
     * @param dst        to encode to.
     * @param dstOffset  where; room for so many bytes.
     * @return bytes encoded; 0 if no record was found due by this call.
     */
    public int encodeDue(
        final int maxRecords,
        final int bytes,
        final long now,
        final long sequence,
        final MutableDirectBuffer dst,
        final int dstOffset)
    {
        begin(Math.min(maxRecords, MAX_RECORDS), bytes, now, sequence, dst, dstOffset);
        maps.expired(now, MAX_WORK, consumer);
        return end();
    }

    /**
     * Encode the CloseSession entry for one session that has not been used for its timeout. One whose client is there
     * though idle is given its whole timeout anew instead, without an entry.
     *
     * @param alive     says whether the client of a session, by id, is known to be there.
     * @param now       partition time, and the entry's.
     * @param sequence  of the entry.
     * @param dst       to encode to.
     * @param dstOffset where; room for {@link #SESSION_LENGTH}.
     * @return bytes encoded; 0 if no session is due.
     */
    public int encodeDueSession(
        final LongPredicate alive,
        final long now,
        final long sequence,
        final MutableDirectBuffer dst,
        final int dstOffset)
    {
        final long id = sessions.due(now, alive);
        if (id == 0)
        {
            return 0;
        }
        close.wrapAndApplyHeader(dst, dstOffset, header)
            .sequence(sequence).time(now).sessionId(0).requestNumber(0).lowestUnanswered(0)
            .target(id)
            .lastUsed(sessions.lastUsed(id));
        return SESSION_LENGTH;
    }

    /**
     * When something is due next.
     *
     * @return partition time, at or before the earliest end; {@link Long#MAX_VALUE} if there is none.
     */
    public long next()
    {
        return Math.min(maps.nextDeadline(), sessions.nextEnd());
    }

    private void begin(
        final int records,
        final int bytes,
        final long now,
        final long sequence,
        final MutableDirectBuffer dst,
        final int dstOffset)
    {
        limit = records;
        room = bytes - FIXED_LENGTH;
        entryTime = now;
        entrySequence = sequence;
        target = dst;
        targetOffset = dstOffset;
        count = 0;
        expired = null;
        touched = null;
    }

    private int end()
    {
        if (count == 0)
        {
            return 0;
        }
        if (expired != null)
        {
            expired.resetCountToIndex();
            return MessageHeaderEncoder.ENCODED_LENGTH + expire.encodedLength();
        }
        touched.resetCountToIndex();
        return MessageHeaderEncoder.ENCODED_LENGTH + touch.encodedLength();
    }

    /**
     * Take a record into the entry; the first one decides its kind, and one of the other kind, or that does not fit,
     * waits for the next entry.
     */
    private boolean onDue(final RecordView record)
    {
        final long traced = record.maxIdle() == 0 ? 0 : record.traced();
        final boolean isUsed = traced > record.touched() &&
            expiry.set(record.deadline(), record.maxIdle(), traced).end() > entryTime;
        room -= RECORD_LENGTH + record.keyLength();
        assert room >= 0 || count > 0 : "no room for one record with a key of " + record.keyLength();
        if (room < 0 || count == limit || (isUsed ? expired : touched) != null)
        {
            return false;
        }
        count++;
        if (isUsed)
        {
            addTouched(record, traced);
        }
        else
        {
            addExpired(record);
        }
        return true;
    }

    private void addExpired(final RecordView record)
    {
        if (expired == null)
        {
            expired = expire.wrapAndApplyHeader(target, targetOffset, header)
                .sequence(entrySequence).time(entryTime).sessionId(0).requestNumber(0).lowestUnanswered(0)
                .recordsCount(limit);
        }
        expired.next().end(record.end()).structureId(record.structureId()).reserved(0);
        final int at = expire.limit();
        expired.putKey(EMPTY, 0, 0);
        expire.limit(putKey(record, at));
    }

    private void addTouched(final RecordView record, final long usedAt)
    {
        if (touched == null)
        {
            touched = touch.wrapAndApplyHeader(target, targetOffset, header)
                .sequence(entrySequence).time(entryTime).sessionId(0).requestNumber(0).lowestUnanswered(0)
                .recordsCount(limit);
        }
        touched.next().usedAt(usedAt).structureId(record.structureId()).reserved(0);
        final int at = touch.limit();
        touched.putKey(EMPTY, 0, 0);
        touch.limit(putKey(record, at));
    }

    private int putKey(final RecordView record, final int at)
    {
        target.putInt(at, record.keyLength(), ByteOrder.LITTLE_ENDIAN);
        return at + Integer.BYTES + record.copyKey(target, at + Integer.BYTES);
    }
}
