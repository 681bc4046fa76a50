package io.peregrine.client;

import io.peregrine.client.port.KeyHash;
import io.peregrine.client.port.LocalReads;
import java.time.Duration;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A map at the level of bytes: Agrona buffers in and out, nothing allocated in steady state. A handle belongs to one
 * thread at a time and has a lane of its own; close it to give the lane back.
 * <p>
 * There are calls that wait, and offers that do not: {@link #offer} sends a command, {@link #poll} hands results to the
 * handler. What one handle sends for one key takes effect in the order sent, and a read waits for the own writes of its
 * key that are in flight. Results of offers that come while a call waits go to the handler then.
 */
public final class FlyweightMap implements AutoCloseable
{
    /**
     * The result of a read: there is no entry.
     */
    public static final int ABSENT = LocalReads.ABSENT;
    /**
     * The result of an offer: no room now; poll and offer again.
     */
    public static final long BACK_PRESSURED = Exchange.BACK_PRESSURED;
    /**
     * The result of an offer: never any room again, for the grid is closed.
     */
    public static final long CLOSED = Exchange.CLOSED;

    private final PortGrid grid;
    private final MapTarget map;
    /**
     * Null without local reads, and once this is closed.
     */
    private LocalReads reads;
    private final Exchange exchange;
    private final InFlight inFlight;
    private final BlockingCalls calls;
    private final MapCommand command = new MapCommand();
    private final OfferedResults offered;
    private long stalenessNs;
    private long age;
    private boolean closed;

    FlyweightMap(final PortGrid grid, final MapTarget map)
    {
        this.grid = grid;
        this.map = map;
        exchange = grid.openExchange(this);
        inFlight = exchange.inFlight();
        reads = map.reads;
        calls = new BlockingCalls(exchange);
        offered = new OfferedResults(exchange);
        exchange.handler(offered);
    }

    /**
     * Does the result of a read say that the value did not fit?
     *
     * @param result of {@link #get}.
     * @return true if so.
     */
    public static boolean isTooLong(final int result)
    {
        return LocalReads.isTooLong(result);
    }

    /**
     * The room that a value needs which did not fit.
     *
     * @param result of {@link #get}.
     * @return bytes.
     */
    public static int requiredLength(final int result)
    {
        return LocalReads.requiredLength(result);
    }

    /**
     * Who receives the results of offers.
     *
     * @param handler of them.
     * @return this.
     */
    public FlyweightMap onResult(final ResultHandler handler)
    {
        offered.handler(handler);
        return this;
    }

    /**
     * Set the limit of time for each call and offer from now on, instead of {@code call.timeout}.
     *
     * @param timeout 1 ns to 146 years.
     * @return this.
     */
    public FlyweightMap within(final Duration timeout)
    {
        return within(Durations.toTimeout(timeout));
    }

    FlyweightMap within(final long timeoutNs)
    {
        exchange.timeoutNs(timeoutNs);
        return this;
    }

    /**
     * Let reads from now on be a little old, as {@link GridMap#staleness}; {@link #age()} says how old the last one was
     * at most.
     *
     * @param most how old a read may be, 0 to 146 years; 0 is the latest value.
     * @return this.
     */
    public FlyweightMap staleness(final Duration most)
    {
        return staleness(Durations.toStaleness(most));
    }

    FlyweightMap staleness(final long mostNs)
    {
        stalenessNs = mostNs;
        return this;
    }

    /**
     * Let every command from now on carry the fence of a lease, as {@link GridMap#fenced}. After one that was refused
     * for its fence, the next renewal of the lease gives a higher one.
     *
     * @param newLease of a lock of this grid; null for none.
     * @return this.
     */
    public FlyweightMap fenced(final LockLease newLease)
    {
        return carry(newLease == null ? null : Lease.of(newLease, grid));
    }

    FlyweightMap carry(final Lease newLease)
    {
        offered.carry(newLease);
        return this;
    }

    /**
     * How old what the last call of {@link #get} read is at most.
     *
     * @return nanoseconds; 0 when it was the latest.
     */
    public long age()
    {
        return age;
    }

    /**
     * Read a value.
     *
     * @param key       buffer with the key.
     * @param keyOffset where.
     * @param keyLength bytes.
     * @param dst       where the value goes; undefined after any other result than a length.
     * @param dstOffset where.
     * @param dstLength room.
     * @return the length of the value, 0 or more; {@link #ABSENT}; or one for which {@link #isTooLong} holds.
     */
    public int get(
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength,
        final MutableDirectBuffer dst,
        final int dstOffset,
        final int dstLength)
    {
        final long hash = hash(key, keyOffset, keyLength);
        final int partition = map.partition(hash, key, keyOffset, keyLength);
        grid.checkOpen();
        age = 0;
        final int result = reads == null || inFlight.mayChange(hash) ? LocalReads.ASK_AGENT :
            reads.tryGet(partition, hash, key, keyOffset, keyLength, dst, dstOffset, dstLength);
        return result >= ABSENT ? result : getSlowly(key, keyOffset, keyLength, dst, dstOffset, dstLength);
    }

    /**
     * Begins anew, so that the quick try need not keep what it knows.
     */
    private int getSlowly(
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength,
        final MutableDirectBuffer dst,
        final int dstOffset,
        final int dstLength)
    {
        ensureOpen();
        final long hash = hash(key, keyOffset, keyLength);
        final int partition = map.partition(hash, key, keyOffset, keyLength);
        final int result = reads == null || inFlight.mayChange(hash) ? LocalReads.ASK_AGENT :
            reads.get(partition, hash, key, keyOffset, keyLength, dst, dstOffset, dstLength);
        if (result >= ABSENT || isTooLong(result))
        {
            return result;
        }
        if (result != LocalReads.ASK_AGENT)
        {
            throw map.failure(result);
        }
        final MapResult reply = check(calls.read(map, partition, true, stalenessNs, key, keyOffset, keyLength));
        age = reply.age();
        final int length = reply.valueLength();
        if (length > dstLength)
        {
            return LocalReads.TOO_LONG - length;
        }
        reply.getValue(dst, dstOffset);
        return length;
    }

    /**
     * Insert or overwrite.
     *
     * @param key         buffer with the key.
     * @param keyOffset   where.
     * @param keyLength   bytes.
     * @param value       buffer with the value.
     * @param valueOffset where.
     * @param valueLength bytes, 0 or more.
     * @return the version of the entry.
     */
    public long put(
        final DirectBuffer key,
        final int keyOffset,
        final int keyLength,
        final DirectBuffer value,
        final int valueOffset,
        final int valueLength)
    {
        return call(command.put(key, keyOffset, keyLength, value, valueOffset, valueLength)).version();
    }

    /**
     * Remove.
     *
     * @param key       buffer with the key.
     * @param keyOffset where.
     * @param keyLength bytes.
     * @return true if there was an entry.
     */
    public boolean remove(final DirectBuffer key, final int keyOffset, final int keyLength)
    {
        return call(command.remove(key, keyOffset, keyLength)).present();
    }

    /**
     * Add to a number of 8 bytes, little endian; an absent one counts as 0.
     *
     * @param key       buffer with the key.
     * @param keyOffset where.
     * @param keyLength bytes.
     * @param delta     to add.
     * @return the sum.
     */
    public long add(final DirectBuffer key, final int keyOffset, final int keyLength, final long delta)
    {
        return call(command.add(key, keyOffset, keyLength, delta)).number();
    }

    /**
     * Carry out a command and wait for it. Throws unless it was applied or its condition did not hold.
     *
     * @param toDo what to do.
     * @return what became of it; valid until the next call.
     */
    public MapResult call(final MapCommand toDo)
    {
        ensureOpen();
        toDo.check(map.maxKeyLength, map.maxValueLength);
        toDo.lease = offered.lease();
        final long hash = hash(toDo.key, toDo.keyOffset, toDo.keyLength);
        final int partition = map.partition(hash, toDo.key, toDo.keyOffset, toDo.keyLength);
        return check(offered.onResult(calls.command(map, partition, hash, toDo)));
    }

    /**
     * Send a command without waiting.
     *
     * @param toDo what to do; its bytes are copied.
     * @return the id that the result will have, positive; or {@link #BACK_PRESSURED} or {@link #CLOSED}.
     */
    public long offer(final MapCommand toDo)
    {
        if (closed || grid.isClosed())
        {
            return CLOSED;
        }
        toDo.check(map.maxKeyLength, map.maxValueLength);
        toDo.lease = offered.lease();
        final long hash = hash(toDo.key, toDo.keyOffset, toDo.keyLength);
        final int partition = map.partition(hash, toDo.key, toDo.keyOffset, toDo.keyLength);
        return calls.writer().command(map.structureId, partition, hash, toDo);
    }

    /**
     * Send a read without waiting; its result comes in order with those of the commands on its key.
     *
     * @param key       buffer with the key.
     * @param keyOffset where.
     * @param keyLength bytes.
     * @return as {@link #offer}.
     */
    public long offerGet(final DirectBuffer key, final int keyOffset, final int keyLength)
    {
        if (closed || grid.isClosed())
        {
            return CLOSED;
        }
        final long hash = hash(key, keyOffset, keyLength);
        final int partition = map.partition(hash, key, keyOffset, keyLength);
        return calls.writer().read(map.structureId, partition, true, stalenessNs, key, keyOffset, keyLength);
    }

    /**
     * Hand the results that have come to the handler. Does not wait.
     *
     * @return how many messages were taken or requests given up.
     */
    public int poll()
    {
        final int work = exchange.poll();
        return work == 0 && inFlight.count() > 0 ? exchange.expire() : work;
    }

    /**
     * Called between two polls that found nothing: idles as configured, and drives the node where this thread does so.
     */
    public void idle()
    {
        exchange.lane().idle(0);
    }

    /**
     * How many offers have no result yet.
     *
     * @return count.
     */
    public int inFlight()
    {
        return inFlight.count();
    }

    /**
     * The most offers that can be without a result.
     *
     * @return count.
     */
    public int maxInFlight()
    {
        return inFlight.capacity();
    }

    /**
     * Give the lane back. Commands in flight may take effect; their results are dropped.
     */
    @Override
    public void close()
    {
        if (!closed)
        {
            closed = true;
            reads = null;
            grid.closeExchange(exchange);
        }
    }

    private void ensureOpen()
    {
        if (closed)
        {
            throw Errors.closed();
        }
        grid.checkOpen();
    }

    private long hash(final DirectBuffer key, final int keyOffset, final int keyLength)
    {
        map.checkKey(keyLength);
        return KeyHash.hash(key, keyOffset, keyLength);
    }

    private static MapResult check(final MapResult result)
    {
        final Outcome outcome = result.outcome();
        if (outcome != Outcome.APPLIED && outcome != Outcome.CONDITION_FAILED)
        {
            throw result.error();
        }
        return result;
    }
}
