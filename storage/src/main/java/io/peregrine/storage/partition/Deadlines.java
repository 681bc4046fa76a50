package io.peregrine.storage.partition;

import java.util.function.LongPredicate;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What the primary asks before it writes, and on its timers: which records and sessions are past their end. Encodes the
 * entry to append; changes nothing itself, except that the wheel of deadlines turns. Data agent's thread.
 * <p>
 * A record with a longest idle time that was read since its last use in the log is touched at its end, not expired.
 * Callers claim {@link #maxLength(int)} bytes of their log, encode, and commit what was encoded.
 */
public final class Deadlines
{
    /**
     * The most records that one entry names.
     */
    public static final int MAX_RECORDS = 64;

    Deadlines()
    {
    }

    /**
     * Room for an entry of so many records with keys of any length.
     *
     * @param records at most {@link #MAX_RECORDS}.
     * @return bytes.
     */
    public static int maxLength(final int records)
    {
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
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
     * @param dstOffset   where; room for {@code maxLength(1)}.
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
        throw new UnsupportedOperationException();
    }

    /**
     * Encode one Expire or Touch entry for records of any map that are past their end. Bounded work; call again, after
     * the entry is applied, until nothing is encoded.
     *
     * @param limit     the most records, at most {@link #MAX_RECORDS}.
     * @param now       partition time, and the entry's.
     * @param sequence  of the entry.
     * @param dst       to encode to.
     * @param dstOffset where; room for {@code maxLength(limit)}.
     * @return bytes encoded; 0 if nothing was found due.
     */
    public int encodeDue(
        final int limit,
        final long now,
        final long sequence,
        final MutableDirectBuffer dst,
        final int dstOffset)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * Encode the entry for one session that has not been used for its timeout: RenewSession if its client is alive,
     * else CloseSession.
     *
     * @param alive     says whether the client of a session, by id, is known to be there.
     * @param now       partition time, and the entry's.
     * @param sequence  of the entry.
     * @param dst       to encode to.
     * @param dstOffset where; room for {@code maxLength(1)}.
     * @return bytes encoded; 0 if no session is due.
     */
    public int encodeDueSession(
        final LongPredicate alive,
        final long now,
        final long sequence,
        final MutableDirectBuffer dst,
        final int dstOffset)
    {
        throw new UnsupportedOperationException();
    }

    /**
     * When something is due next.
     *
     * @return partition time, at or before the earliest end; {@link Long#MAX_VALUE} if there is none.
     */
    public long next()
    {
        throw new UnsupportedOperationException();
    }
}
