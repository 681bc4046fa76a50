package io.peregrine.storage.lock;

import org.agrona.DirectBuffer;

/**
 * Those who wait for one lock, in line.
 */
final class WaitQueue
{
    final long hash;
    final byte[] name;
    Waiter first;
    Waiter last;
    int size;
    /**
     * Another one whose name has the same hash.
     */
    WaitQueue sameHash;

    WaitQueue(final long hash, final DirectBuffer buffer, final int offset, final int length)
    {
        this.hash = hash;
        name = new byte[length];
        buffer.getBytes(offset, name);
    }

    boolean isOf(final DirectBuffer buffer, final int offset, final int length)
    {
        if (length != name.length)
        {
            return false;
        }
        for (int i = 0; i < length; i++)
        {
            if (buffer.getByte(offset + i) != name[i])
            {
                return false;
            }
        }
        return true;
    }

    void append(final Waiter waiter)
    {
        waiter.queue = this;
        waiter.previous = last;
        waiter.next = null;
        if (last == null)
        {
            first = waiter;
        }
        else
        {
            last.next = waiter;
        }
        last = waiter;
        size++;
    }

    void unlink(final Waiter waiter)
    {
        if (waiter.previous == null)
        {
            first = waiter.next;
        }
        else
        {
            waiter.previous.next = waiter.next;
        }
        if (waiter.next == null)
        {
            last = waiter.previous;
        }
        else
        {
            waiter.next.previous = waiter.previous;
        }
        waiter.queue = null;
        waiter.previous = null;
        waiter.next = null;
        size--;
    }
}
