package io.peregrine.perf.stress;

import io.peregrine.storage.map.MapStore;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A map is cleared and filled again while it is read; the memory is used again at once.
 */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "one whole value")
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "between remove and put")
@Outcome(id = "2", expect = Expect.ACCEPTABLE_INTERESTING, desc = "the writer was in the way every time")
@Outcome(expect = Expect.FORBIDDEN, desc = "torn, freed, foreign or lost")
@State
public class ClearStress
{
    private static final StressStore STORE = new StressStore();
    private static final MapStore MAP = STORE.space.create(1, 0);
    private static final long KEY = 7;
    private static int stamp;

    @Actor
    public void writer()
    {
        MAP.clear();
        STORE.reclaimAll();
        STORE.put(MAP, KEY + 1, 13, ++stamp);
        STORE.put(MAP, KEY, 13, stamp);
    }

    @Actor
    public void reader(final I_Result result)
    {
        result.r1 = STORE.read(MAP.reader(), MAP.structureId(), KEY);
    }
}
