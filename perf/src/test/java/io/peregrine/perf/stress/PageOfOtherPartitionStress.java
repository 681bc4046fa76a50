package io.peregrine.perf.stress;

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
    private static final PageTurns TURNS = new PageTurns(new StressStore(POOL), new StressStore(POOL));

    @Actor
    public void writer()
    {
        TURNS.turn();
    }

    @Actor
    public void reader(final I_Result result)
    {
        result.r1 = TURNS.read();
    }
}
