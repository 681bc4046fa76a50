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
 * Of two reads, the later one never sees an older value.
 */
@JCStressTest
@Outcome(id = {"0, 0", "0, 1", "0, 2", "1, 1", "1, 2", "2, 2"}, expect = Expect.ACCEPTABLE, desc = "in order")
@Outcome(id = {"3, .*", ".*, 3"}, expect = Expect.ACCEPTABLE_INTERESTING, desc = "the writer was in the way")
@Outcome(expect = Expect.FORBIDDEN, desc = "back in time")
@State
public class ReadsDoNotGoBackStress
{
    private static final StressStore STORE = new StressStore();
    private static final MapStore MAP = STORE.space.create(1, 0);
    private static final AtomicLong KEYS = new AtomicLong();
    private static final int IN_THE_WAY = 3;
    /**
     * Keys stay for longer than the states that jcstress has in hand at a time, which are 256 strides of 40: a key that
     * goes while its own reader is between two reads would look like time going back.
     */
    private static final int KEPT = 100_000;

    private final long key = KEYS.incrementAndGet();

    @Actor
    public void writer()
    {
        STORE.remove(MAP, key - KEPT);
        STORE.put(MAP, key, 5, 1);
        STORE.put(MAP, key, 7, 2);
    }

    @Actor
    public void reader(final II_Result result)
    {
        result.r1 = stamp();
        result.r2 = stamp();
    }

    private int stamp()
    {
        final int code = STORE.read(MAP.reader(), 1, key);
        return code == StressStore.ASKED ? IN_THE_WAY : code == StressStore.WHOLE ? STORE.stampRead() : code;
    }
}
