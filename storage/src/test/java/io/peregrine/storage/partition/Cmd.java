package io.peregrine.storage.partition;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

import io.peregrine.storage.codec.Action;
import io.peregrine.storage.codec.Condition;

/**
 * One command, as a test writes it down.
 */
final class Cmd
{
    final int structureId;
    final Action action;
    final String key;
    byte[] value = new byte[0];
    byte[] expected = new byte[0];
    Condition condition = Condition.NONE;
    boolean returning;
    long operand;
    long expectedVersion;
    long deadline;
    long maxIdle;

    private Cmd(final int structureId, final Action action, final String key)
    {
        this.structureId = structureId;
        this.action = action;
        this.key = key;
    }

    static Cmd of(final int structureId, final Action action, final String key)
    {
        return new Cmd(structureId, action, key);
    }

    static Cmd put(final int structureId, final String key, final String value)
    {
        return of(structureId, Action.PUT, key).value(value.getBytes(StandardCharsets.UTF_8));
    }

    static Cmd put(final int structureId, final String key, final long value)
    {
        return of(structureId, Action.PUT, key).value(number(value));
    }

    static Cmd remove(final int structureId, final String key)
    {
        return of(structureId, Action.REMOVE, key);
    }

    static Cmd add(final int structureId, final String key, final long operand)
    {
        final Cmd cmd = of(structureId, Action.ADD, key);
        cmd.operand = operand;
        return cmd;
    }

    static Cmd check(final int structureId, final String key)
    {
        return of(structureId, Action.CHECK, key);
    }

    Cmd value(final byte[] newValue)
    {
        value = newValue;
        return this;
    }

    Cmd when(final Condition newCondition)
    {
        condition = newCondition;
        return this;
    }

    Cmd whenVersion(final long version)
    {
        expectedVersion = version;
        return when(Condition.VERSION_EQUALS);
    }

    Cmd whenValue(final byte[] newExpected)
    {
        expected = newExpected;
        return when(Condition.VALUE_EQUALS);
    }

    Cmd returning()
    {
        returning = true;
        return this;
    }

    Cmd ending(final long newDeadline, final long newMaxIdle)
    {
        deadline = newDeadline;
        maxIdle = newMaxIdle;
        return this;
    }

    byte[] keyBytes()
    {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] number(final long value)
    {
        return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    }

    static long number(final byte[] value)
    {
        return ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }
}
