package io.peregrine.client;

import io.peregrine.client.codec.Action;
import io.peregrine.client.codec.Condition;
import org.agrona.DirectBuffer;

/**
 * A command on one key, as bytes: what to do, then conditions and expiry. A reusable argument; the buffers that it
 * names are read when the command is offered or carried out. Not for several threads.
 */
public final class MapCommand
{
    DirectBuffer key;
    int keyOffset;
    int keyLength;
    DirectBuffer value;
    int valueOffset;
    int valueLength;
    DirectBuffer expected;
    int expectedOffset;
    int expectedLength;
    Action action;
    Condition condition;
    boolean returnPrevious;
    long ttl;
    long maxIdle;
    long operand;
    long expectedVersion;
    /**
     * Whose fence it carries, set by whoever sends it; null for none.
     */
    Lease lease;

    /**
     * Insert or overwrite; the expiry is set anew.
     *
     * @param keyBuffer   with the key.
     * @param keyAt       where.
     * @param keyBytes    length.
     * @param valueBuffer with the value.
     * @param valueAt     where.
     * @param valueBytes  length, 0 or more.
     * @return this.
     */
    public MapCommand put(
        final DirectBuffer keyBuffer,
        final int keyAt,
        final int keyBytes,
        final DirectBuffer valueBuffer,
        final int valueAt,
        final int valueBytes)
    {
        begin(Action.PUT, keyBuffer, keyAt, keyBytes);
        value = valueBuffer;
        valueOffset = valueAt;
        valueLength = valueBytes;
        return this;
    }

    /**
     * Remove.
     *
     * @param keyBuffer with the key.
     * @param keyAt     where.
     * @param keyBytes  length.
     * @return this.
     */
    public MapCommand remove(final DirectBuffer keyBuffer, final int keyAt, final int keyBytes)
    {
        return begin(Action.REMOVE, keyBuffer, keyAt, keyBytes);
    }

    /**
     * Add to a number of 8 bytes, little endian; an absent one counts as 0.
     *
     * @param keyBuffer with the key.
     * @param keyAt     where.
     * @param keyBytes  length.
     * @param delta     to add.
     * @return this.
     */
    public MapCommand add(final DirectBuffer keyBuffer, final int keyAt, final int keyBytes, final long delta)
    {
        begin(Action.ADD, keyBuffer, keyAt, keyBytes);
        operand = delta;
        return this;
    }

    /**
     * Do nothing but look whether the condition holds.
     *
     * @param keyBuffer with the key.
     * @param keyAt     where.
     * @param keyBytes  length.
     * @return this.
     */
    public MapCommand check(final DirectBuffer keyBuffer, final int keyAt, final int keyBytes)
    {
        return begin(Action.CHECK, keyBuffer, keyAt, keyBytes);
    }

    /**
     * Set the expiry of an entry anew, which has to be there.
     *
     * @param keyBuffer with the key.
     * @param keyAt     where.
     * @param keyBytes  length.
     * @return this; {@link #expiry} says which.
     */
    public MapCommand expire(final DirectBuffer keyBuffer, final int keyAt, final int keyBytes)
    {
        begin(Action.EXPIRE, keyBuffer, keyAt, keyBytes);
        condition = Condition.PRESENT;
        return this;
    }

    /**
     * Only if there is no entry.
     *
     * @return this.
     */
    public MapCommand ifAbsent()
    {
        condition = Condition.ABSENT;
        return this;
    }

    /**
     * Only if there is an entry.
     *
     * @return this.
     */
    public MapCommand ifPresent()
    {
        condition = Condition.PRESENT;
        return this;
    }

    /**
     * Only if there is an entry of this version.
     *
     * @param version expected.
     * @return this.
     */
    public MapCommand ifVersion(final long version)
    {
        condition = Condition.VERSION_EQUALS;
        expectedVersion = version;
        return this;
    }

    /**
     * Only if there is an entry with this value.
     *
     * @param valueBuffer with the value expected.
     * @param valueAt     where.
     * @param valueBytes  length.
     * @return this.
     */
    public MapCommand ifValue(final DirectBuffer valueBuffer, final int valueAt, final int valueBytes)
    {
        condition = Condition.VALUE_EQUALS;
        expected = valueBuffer;
        expectedOffset = valueAt;
        expectedLength = valueBytes;
        return this;
    }

    /**
     * When the entry is to end.
     *
     * @param ttlNs     how long it lives: 0 as the map says, -1 for ever.
     * @param maxIdleNs how long it lives unused: 0 as the map says, -1 for ever.
     * @return this.
     */
    public MapCommand expiry(final long ttlNs, final long maxIdleNs)
    {
        ttl = Durations.check("ttl", ttlNs);
        maxIdle = Durations.check("max idle", maxIdleNs);
        return this;
    }

    /**
     * Ask for the value that was there, or is there when the condition does not hold.
     *
     * @return this.
     */
    public MapCommand returnPrevious()
    {
        returnPrevious = true;
        return this;
    }

    MapCommand expiry(final Expiry expiry)
    {
        ttl = expiry.ttlNs();
        maxIdle = expiry.maxIdleNs();
        return this;
    }

    /**
     * Refuse what no data agent would take.
     */
    void check(final int maxKeyLength, final int maxValueLength)
    {
        if (keyLength > maxKeyLength)
        {
            throw Errors.keyTooLong(maxKeyLength);
        }
        if (keyLength < 1)
        {
            throw Errors.keyEmpty();
        }
        if (valueLength > maxValueLength || expectedLength > maxValueLength)
        {
            throw Errors.valueTooLong(maxValueLength);
        }
        if (valueLength < 0 || expectedLength < 0)
        {
            throw Errors.failed(ErrorCode.ARGUMENT_INVALID, "a length is negative");
        }
    }

    private MapCommand begin(final Action newAction, final DirectBuffer keyBuffer, final int keyAt, final int keyBytes)
    {
        action = newAction;
        key = keyBuffer;
        keyOffset = keyAt;
        keyLength = keyBytes;
        value = null;
        valueLength = 0;
        expected = null;
        expectedLength = 0;
        condition = Condition.NONE;
        returnPrevious = false;
        ttl = 0;
        maxIdle = 0;
        operand = 0;
        expectedVersion = 0;
        lease = null;
        return this;
    }
}
