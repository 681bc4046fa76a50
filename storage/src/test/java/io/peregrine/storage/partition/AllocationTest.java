package io.peregrine.storage.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

import io.peregrine.storage.log.EntryLog;
import io.peregrine.storage.log.PartitionLog;
import io.peregrine.storage.log.Sequences;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Append, commit, apply and trim allocate nothing once buffers have their size. The least of several trials counts: the
 * compiler's own doings now and then leave some bytes to the thread.
 */
class AllocationTest
{
    private static final int ROUNDS = 100;
    private static final int TRIALS = 200;
    private static final int KEYS = 64;
    private static final int SEQUENCE_OFFSET = 8;
    private static final int REQUEST_OFFSET = 32;
    private static final int LOWEST_OFFSET = 40;

    private final StoreFixture fixture = new StoreFixture();
    private final Entries entries = new Entries();
    private final EntryLog log = new EntryLog(1 << 16, 1 << 12);
    private final PartitionLog partition = new PartitionLog(7);
    private final List<UnsafeBuffer> templates = new ArrayList<>();
    private long results;
    private long number;
    private final ResultSink sink = (buffer, offset, length) -> results += length;

    @AfterEach
    void after()
    {
        fixture.close();
        log.close();
    }

    private void template(final Entries entry)
    {
        templates.add(new UnsafeBuffer(entry.bytes()));
    }

    @Test
    void shouldAllocateNothingWhenInSteadyState()
    {
        fixture.apply(entries.create(1));
        fixture.apply(entries.openSession(1000));
        final long session = entries.sequence;
        partition.restart(entries.sequence);
        for (int i = 0; i < KEYS; i++)
        {
            final String key = "key-" + i;
            template(entries.request(session, 1, 1).command(Cmd.put(1, key, "some value").returning()));
            template(entries.request(session, 1, 1).command(Cmd.put(1, key, "x".repeat(100)).ending(5, i)));
            template(entries.command(Cmd.put(1, key, 1)));
            template(entries.request(session, 1, 1).command(Cmd.add(1, key, 3).returning()));
            template(entries.request(session, 1, 1).batch(List.of(
                Cmd.put(1, key, "b"), Cmd.remove(1, "key-" + (i + 1) % KEYS), Cmd.add(1, "n", 1).returning())));
            template(entries.expire(1, key, 5));
            template(entries.request(session, 1, 1).command(Cmd.remove(1, key)));
            template(entries.advanceTime());
        }
        partition.epoch(1);
        for (int i = 0; i < ROUNDS; i++)
        {
            runAll();
        }
        final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int trial = 0; trial < TRIALS && least != 0; trial++)
        {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUNDS; i++)
            {
                runAll();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertTrue(results > 0);
        assertEquals(0, least, "bytes for " + ROUNDS * templates.size() + " entries");
    }

    private void runAll()
    {
        for (int i = 0; i < templates.size(); i++)
        {
            run(templates.get(i));
        }
    }

    private void run(final UnsafeBuffer template)
    {
        final int length = template.capacity();
        if (!fixture.pool.reserve(16) || !log.claim(length))
        {
            throw new AssertionError("no room");
        }
        final int offset = log.offset();
        log.buffer().putBytes(offset, template, 0, length);
        log.buffer().putLong(offset + SEQUENCE_OFFSET, partition.nextSequence());
        if (template.getLong(REQUEST_OFFSET) != 0)
        {
            number++;
            log.buffer().putLong(offset + REQUEST_OFFSET, number);
            log.buffer().putLong(offset + LOWEST_OFFSET, Math.max(1, number - 3));
        }
        log.commit(partition, length);
        partition.committed(partition.last());
        fixture.store.apply(log.buffer(), offset, length, sink);
        partition.applied(partition.last());
        log.trim(partition, partition.applied());
        fixture.pool.unreserve(16);
        assert Sequences.counter(partition.last()) > 0;
    }
}
