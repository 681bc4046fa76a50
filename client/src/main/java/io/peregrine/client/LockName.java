package io.peregrine.client;

import io.peregrine.client.codec.LockKind;
import io.peregrine.client.port.KeyHash;
import java.util.Locale;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A lock as its handles see it: its name, in bytes too, and where it is. Locks with one routing part, in braces, are in
 * one partition, as keys are that are text. Immutable, for all threads.
 */
final class LockName
{
    final LockKind kind;
    /**
     * What a semaphore or a latch is named with; 0 of a lock.
     */
    final int total;
    final String text;
    final UnsafeBuffer bytes;
    final int length;
    final long hash;
    final int partition;

    LockName(final String name, final int partitions)
    {
        this(LockKind.LOCK, 0, name, partitions);
    }

    LockName(final LockKind kind, final int total, final String name, final int partitions)
    {
        this.kind = kind;
        this.total = total;
        text = Names.check(name);
        final ExpandableArrayBuffer encoded = new ExpandableArrayBuffer();
        length = Utf8.encode(name, encoded, 0);
        bytes = new UnsafeBuffer(new byte[length]);
        bytes.putBytes(0, encoded, 0, length);
        hash = KeyHash.hash(bytes, 0, length);
        final long part = Routing.BRACES.part(bytes, 0, length);
        partition = KeyHash.partition(KeyHash.hash(bytes, (int) (part >>> 32), (int) part), partitions);
    }

    /**
     * @return what it is, and its name.
     */
    String what()
    {
        return kind.name().toLowerCase(Locale.ROOT) + " '" + this + "'";
    }

    @Override
    public String toString()
    {
        return Names.shown(text);
    }
}
