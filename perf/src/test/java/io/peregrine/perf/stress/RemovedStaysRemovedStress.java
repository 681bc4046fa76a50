package io.peregrine.perf.stress;

import io.peregrine.storage.map.MapStore;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Who has learned that an entry was removed does not find it any more.
 */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "before the put, or just removed")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "between put and remove")
@Outcome(id = "0, 2", expect = Expect.ACCEPTABLE_INTERESTING, desc = "the writer was in the way")
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "removed")
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE_INTERESTING, desc = "the writer was in the way")
@Outcome(expect = Expect.FORBIDDEN, desc = "a value came back")
@State
public class RemovedStaysRemovedStress
{
    private static final StressStore STORE = new StressStore();
    private static final MapStore MAP = STORE.space.create(1, 0);
    private static final AtomicLong KEYS = new AtomicLong();

    private final long key = KEYS.incrementAndGet();
    private volatile int removed;

    @Actor
    public void writer()
    {
        STORE.put(MAP, key, 5, 1);
        STORE.remove(MAP, key);
        removed = 1;
    }

    @Actor
    public void reader(final II_Result result)
    {
        result.r1 = removed;
        result.r2 = STORE.read(MAP.reader(), 1, key);
    }
}
