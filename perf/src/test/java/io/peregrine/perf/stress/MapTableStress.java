package io.peregrine.perf.stress;

import io.peregrine.storage.map.MapReader;
import io.peregrine.storage.map.MapStore;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Maps come and go, and the table of maps is built anew, while one that is always there is looked up.
 */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "found, and one whole value")
@Outcome(id = "2", expect = Expect.ACCEPTABLE_INTERESTING, desc = "the writer was in the way every time")
@Outcome(expect = Expect.FORBIDDEN, desc = "not found, torn or freed")
@State
public class MapTableStress
{
    private static final StressStore STORE = new StressStore();
    private static final MapStore MAP = STORE.space.create(1, 0);
    private static final long KEY = 7;
    private static final int OTHERS = 12;

    static
    {
        STORE.put(MAP, KEY, 13, 0);
    }

    @Actor
    public void writer()
    {
        for (int id = 2; id < OTHERS; id++)
        {
            STORE.space.create(id, 0);
        }

        for (int id = 2; id < OTHERS; id++)
        {
            STORE.space.drop(id);
        }

        STORE.reclaimAll();
    }

    @Actor
    public void reader(final I_Result result)
    {
        final MapReader reader = STORE.space.reader(1);
        result.r1 = reader == null ? StressStore.GONE : STORE.read(reader, 1, KEY);
    }
}
