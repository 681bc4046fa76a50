package io.peregrine.perf.stress;

import io.peregrine.storage.map.MapStore;
import io.peregrine.storage.memory.PagePool;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * The memory of one partition goes to another of the same agent and back, page by page, under two locks; the reader of
 * each sees its own only.
 */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "one whole value")
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "between remove and put")
@Outcome(id = "2", expect = Expect.ACCEPTABLE_INTERESTING, desc = "the writer was in the way every time")
@Outcome(expect = Expect.FORBIDDEN, desc = "torn, freed, foreign or lost")
@State
public class PageOfOtherPartitionStress
{
    private static final PagePool POOL = StressStore.newPool();
    private static final StressStore STORE = new StressStore(POOL);
    private static final StressStore OTHER_STORE = new StressStore(POOL);
    private static final MapStore MAP = STORE.space.create(1, 0);
    private static final MapStore OTHER = OTHER_STORE.space.create(2, 0);
    private static final long KEY = 7;
    private static final int RECORDS = 4;
    private static final int WORDS = 1000;
    private static final int OTHER_WORDS = 13;
    private static int stamp;

    @Actor
    public void writer()
    {
        stamp++;
        for (int i = 0; i < RECORDS; i++)
        {
            STORE.put(MAP, KEY + i, WORDS, stamp);
        }

        for (int i = 0; i < RECORDS; i++)
        {
            STORE.remove(MAP, KEY + i);
        }

        for (int i = 0; i < RECORDS * RECORDS; i++)
        {
            OTHER_STORE.put(OTHER, KEY + i, OTHER_WORDS, stamp);
        }

        for (int i = 0; i < RECORDS * RECORDS; i++)
        {
            OTHER_STORE.remove(OTHER, KEY + i);
        }
    }

    @Actor
    public void reader(final I_Result result)
    {
        result.r1 = STORE.read(MAP.reader(), MAP.structureId(), KEY);
    }
}
