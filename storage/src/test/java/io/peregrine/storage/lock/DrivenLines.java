package io.peregrine.storage.lock;

import io.peregrine.storage.codec.ResultStatus;
import io.peregrine.storage.codec.StructureKind;
import io.peregrine.storage.map.MapSpace;
import io.peregrine.storage.map.MapStore;
import io.peregrine.storage.memory.KeyHasher;
import io.peregrine.storage.memory.MemoryBudget;
import io.peregrine.storage.memory.PagePool;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The locks, semaphores or latches of a partition, driven by hand: each command is an entry.
 */
abstract class DrivenLines<T extends LineTable> implements AutoCloseable, LockListener
{
    static final int ID = 1;
    private static final int RESERVE = 8;

    final MemoryBudget budget = new MemoryBudget(1L << 30);
    final PagePool pool = new PagePool(budget);
    final MapSpace maps;
    final LockRules rules;
    final KeyHasher hasher;
    final T table;
    final LockCall call = new LockCall();
    long sequence;
    long time = 1;
    String woken = "";

    /**
     * Makes a table.
     */
    interface Making<T>
    {
        T make(MapStore map, MemoryBudget budget, LockRules rules);
    }

    DrivenLines(final Making<T> making, final LockRules rules, final KeyHasher hasher)
    {
        this.rules = rules;
        this.hasher = hasher;
        maps = new MapSpace(pool, hasher);
        table = making.make(maps.create(ID, 0), budget, rules);
        table.queues().listener(this);
    }

    @Override
    public void onWaited(final long ticket, final long fence, final long end)
    {
        woken += ticket + "=" + fence + "@" + end + " ";
    }

    /**
     * The call, about a name, as the next entry.
     */
    LockCall at(final String name)
    {
        final UnsafeBuffer bytes = bytes(name);
        return call.lock(hash(bytes), bytes, 0, bytes.capacity()).at(++sequence, time);
    }

    /**
     * Apply what may take memory.
     */
    ResultStatus withMemory(final Supplier<ResultStatus> command)
    {
        if (!pool.reserve(RESERVE))
        {
            throw new AssertionError("no memory");
        }
        final ResultStatus status = command.get();
        pool.unreserve(RESERVE);
        return status;
    }

    boolean look(final String name)
    {
        final UnsafeBuffer bytes = bytes(name);
        return table.view().look(hash(bytes), bytes, 0, bytes.capacity());
    }

    int waiters(final String name)
    {
        final UnsafeBuffer bytes = bytes(name);
        return table.queues().size(hash(bytes), bytes, 0, bytes.capacity());
    }

    long hash(final UnsafeBuffer bytes)
    {
        return hasher.hash(bytes, 0, bytes.capacity());
    }

    static UnsafeBuffer bytes(final String name)
    {
        return new UnsafeBuffer(name.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Go on with an empty copy, which gets everything by a snapshot; this one is closed.
     *
     * @param kind  of the structure.
     * @param chunk longest one, bytes.
     */
    void moveTo(final DrivenLines<T> copy, final StructureKind kind, final int chunk)
    {
        final LockSnapshot snapshot = new LockSnapshot(hasher);
        long cursor = 0;
        while (cursor != -1)
        {
            cursor = snapshot.write(table, cursor, chunk);
            assertTrue(snapshot.isLoadable(
                kind, (hash) -> true, sequence, snapshot.buffer(), 0, snapshot.length()));
            assertTrue(new LockSnapshot(hasher).load(copy.table, copy.maps, copy.pool, snapshot.buffer(), 0));
        }
        copy.sequence = sequence;
        copy.time = time;
        assertEquals(table.digest(), copy.table.digest());
        assertEquals(table.queues().bytes(), copy.table.queues().bytes());
        close();
    }

    @Override
    public void close()
    {
        table.close();
        maps.close();
        pool.closeNow();
    }
}
