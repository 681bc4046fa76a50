package io.peregrine.perf.stress;

import io.peregrine.storage.map.MapStore;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * The index grows and splits while an entry that is always there is read: it is never missing.
 */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "one whole value")
@Outcome(id = "3", expect = Expect.ACCEPTABLE, desc = "destroyed")
@Outcome(id = "2", expect = Expect.ACCEPTABLE_INTERESTING, desc = "the writer was in the way every time")
@Outcome(expect = Expect.FORBIDDEN, desc = "torn, freed, foreign or lost")
@State
public class GrowthStress
{
    private static final StressStore STORE = new StressStore();
    private static final int GROWN = 20_000;
    private static final int AT_ONCE = 8;
    private static final int HIGHEST_ID = 120;
    private static final long KEY = 7;
    private static MapStore map = fresh(1);
    private static volatile MapStore shared = map;
    private static long inserted = KEY;

    private static MapStore fresh(final int id)
    {
        final MapStore fresh = STORE.space.create(id, 0);
        STORE.put(fresh, KEY, 2, id);
        return fresh;
    }

    @Actor
    public void writer()
    {
        for (int i = 0; i < AT_ONCE; i++)
        {
            STORE.put(map, ++inserted, 2, 0);
        }

        if (inserted > GROWN)
        {
            final MapStore old = map;
            map = fresh(old.structureId() % HIGHEST_ID + 1);
            shared = map;
            inserted = KEY;
            STORE.space.drop(old.structureId());
        }

        STORE.space.reclaim(AT_ONCE * AT_ONCE);
    }

    @Actor
    public void reader(final I_Result result)
    {
        final MapStore read = shared;
        result.r1 = STORE.read(read.reader(), read.structureId(), KEY);
    }
}
