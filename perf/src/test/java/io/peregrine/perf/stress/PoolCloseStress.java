package io.peregrine.perf.stress;

import io.peregrine.storage.map.MapReader;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * All memory of an agent is given back while it is read: what a reader is in stays mapped, and later ones are told.
 */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "one whole value")
@Outcome(id = "3", expect = Expect.ACCEPTABLE, desc = "closed")
@Outcome(id = "2", expect = Expect.ACCEPTABLE_INTERESTING, desc = "the writer was in the way every time")
@Outcome(expect = Expect.FORBIDDEN, desc = "torn, freed or lost")
@State
public class PoolCloseStress
{
    private static final long KEY = 7;
    private static final int WORDS = 500;
    private static volatile Life shared = new Life();

    @Actor
    public void writer()
    {
        shared.store.closePool();
        shared = new Life();
    }

    @Actor
    public void reader(final I_Result result)
    {
        final Life life = shared;
        result.r1 = life.store.read(life.reader, 1, KEY);
    }

    /**
     * From launch to close.
     */
    private static final class Life
    {
        private final StressStore store = new StressStore();
        private final MapReader reader = store.space.create(1, 0).reader();

        private Life()
        {
            store.put(store.space.map(1), KEY, WORDS, 1);
        }
    }
}
