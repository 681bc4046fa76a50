package io.peregrine.perf.jmh;

import io.peregrine.client.port.KeyHash;
import io.peregrine.perf.load.Workload;
import io.peregrine.storage.map.MapReader;
import io.peregrine.storage.map.MapSpace;
import io.peregrine.storage.map.MapStore;
import io.peregrine.storage.memory.MemoryBudget;
import io.peregrine.storage.memory.PagePool;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/**
 * A read of one partition by hash and key, with the value copied out: small maps stay in the cache and show the
 * instructions, large ones show the memory.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class IndexLookupBenchmark
{
    private static final int VALUE_LENGTH = 100;
    private static final long LIMIT = 1L << 30;

    @Param({"100", "4000", "1000000"})
    private int entries;
    private Workload workload;
    private PagePool pool;
    private MapSpace space;
    private MapReader reader;
    private final UnsafeBuffer value = new UnsafeBuffer(new byte[VALUE_LENGTH]);
    private long next;

    /**
     * Fill one partition.
     */
    @Setup
    public void setup()
    {
        workload = Workload.uniform(entries, VALUE_LENGTH);
        pool = new PagePool(new MemoryBudget(LIMIT));
        space = new MapSpace(pool, KeyHash::hash);
        final MapStore map = space.create(1, 0);
        reader = map.reader();
        final UnsafeBuffer key = new UnsafeBuffer(new byte[Workload.KEY_LENGTH]);
        final int pages = MapSpace.worstPages(Workload.KEY_LENGTH, VALUE_LENGTH);
        for (int i = 0; i < entries; i++)
        {
            Workload.writeKey(i, key, 0);
            pool.reserve(pages);
            final long hash = KeyHash.hash(key, 0, Workload.KEY_LENGTH);
            map.put(hash, key, 0, Workload.KEY_LENGTH, value, 0, VALUE_LENGTH, i, null);
            pool.unreserve(pages);
        }
    }

    /**
     * Read.
     *
     * @return length of the value.
     */
    @Benchmark
    public int lookup()
    {
        final int at = workload.keyOffset(workload.place(next++, 0));
        final long hash = KeyHash.hash(workload.keys(), at, Workload.KEY_LENGTH);
        return reader.get(hash, workload.keys(), at, Workload.KEY_LENGTH, value, 0, VALUE_LENGTH, 0);
    }

    /**
     * Give the memory back.
     */
    @TearDown
    public void tearDown()
    {
        space.close();
        pool.closeNow();
    }
}
