package io.peregrine.perf.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * The memory of one map goes to another and back, page by page; each reader sees its own map only.
 */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "one whole value")
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "between remove and put")
@Outcome(id = "2", expect = Expect.ACCEPTABLE_INTERESTING, desc = "the writer was in the way every time")
@Outcome(expect = Expect.FORBIDDEN, desc = "torn, freed, foreign or lost")
@State
public class PageReuseStress
{
    private static final StressStore STORE = new StressStore();
    private static final PageTurns TURNS = new PageTurns(STORE, STORE);

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
