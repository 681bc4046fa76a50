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
 * A map is destroyed and its memory used by the next one, while the old one is read.
 */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "one whole value")
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "between remove and put")
@Outcome(id = "3", expect = Expect.ACCEPTABLE, desc = "destroyed")
@Outcome(id = "2", expect = Expect.ACCEPTABLE_INTERESTING, desc = "the writer was in the way every time")
@Outcome(expect = Expect.FORBIDDEN, desc = "torn, freed, foreign or lost")
@State
public class DestroyStress
{
    private static final StressStore STORE = new StressStore();
    private static final int HIGHEST_ID = 120;
    private static final long KEY = 7;
    private static volatile MapReader shared = STORE.space.create(1, 0).reader();
    private static volatile int sharedId = 1;
    private static int writerId = 1;

    @Actor
    public void writer()
    {
        final int last = writerId;
        final int next = last % HIGHEST_ID + 1;
        final MapStore map = STORE.space.create(next, 0);
        STORE.put(map, KEY, 13, next);
        sharedId = 0;
        shared = map.reader();
        sharedId = next;
        writerId = next;
        STORE.space.drop(last);
        STORE.reclaimAll();
    }

    @Actor
    public void reader(final I_Result result)
    {
        final int id = sharedId;
        final MapReader reader = shared;
        result.r1 = id == 0 || id != sharedId ? StressStore.ABSENT : STORE.read(reader, id, KEY);
    }
}
