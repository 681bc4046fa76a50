package io.peregrine.storage.memory;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.UnsafeApi;

/**
 * Keeps memory mapped for as long as a reader may be inside: read-copy-update by the garbage collector.
 * <p>
 * A reader loads the current generation of the pool before it loads any address, and keeps it reachable until it is
 * done. Memory that is to be unmapped is hung on the current generation, and a new one takes its place; when no reader
 * holds the old one any more, the collector says so, and the memory is unmapped. A generation holds its successor, so
 * what a slow reader may have seen stays mapped even if it was retired generations later. Readers write nothing, need
 * no slot and no fence, and one that dies in the middle leaves nothing behind.
 * <p>
 * The price is that unmapping waits for a collection of the heap, which a process without garbage may not make for
 * hours. So a pool at work keeps what it would give back once {@link #WAITING_LIMIT} bytes are waiting, and a
 * collection is only ever asked for by {@link #collectIfMuchIsWaiting()}, where a node is launched.
 */
public final class Generation
{
    /**
     * Bytes that may wait to be unmapped before pools keep their memory instead.
     */
    public static final long WAITING_LIMIT = 256L << 20;

    private static final Cleaner CLEANER = Cleaner.create();
    private static final AtomicLong WAITING = new AtomicLong();

    private final Retired retired = new Retired();
    @SuppressWarnings("unused")
    private Generation next;

    Generation()
    {
        CLEANER.register(this, retired);
    }

    /**
     * Bytes in this process that are retired and not yet unmapped. Any thread.
     *
     * @return bytes.
     */
    public static long waitingBytes()
    {
        return WAITING.get();
    }

    /**
     * Ask for a collection when nodes that were closed have left much to unmap: before a new one takes its own. Any
     * thread; not one that must not wait.
     */
    public static void collectIfMuchIsWaiting()
    {
        if (isMuchWaiting())
        {
            System.gc();
        }
    }

    static boolean isMuchWaiting()
    {
        return WAITING.get() >= WAITING_LIMIT;
    }

    Generation retire(final long[] addresses, final long bytesEach, final boolean isLast)
    {
        retired.addresses = addresses;
        retired.bytesEach = bytesEach;
        final Generation successor = isLast ? null : new Generation();
        next = successor;
        WAITING.addAndGet(bytesEach * addresses.length);
        Reference.reachabilityFence(this);
        return successor;
    }

    private static final class Retired implements Runnable
    {
        private long[] addresses = {};
        private long bytesEach;

        @Override
        public void run()
        {
            for (final long address : addresses)
            {
                UnsafeApi.freeMemory(address);
            }
            WAITING.addAndGet(-bytesEach * addresses.length);
        }
    }
}
