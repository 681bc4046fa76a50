package io.peregrine.perf.stress;

import io.peregrine.storage.memory.SequenceLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Memory is unlinked under the lock and used anew outside of it: who still followed the link does not count what it
 * found there. First number: 1 if the read counts; then the link, then what was behind it.
 */
@JCStressTest
@Outcome(id = "0, .*, .*", expect = Expect.ACCEPTABLE, desc = "does not count")
@Outcome(id = {"1, 1, 5", "1, 0, .*"}, expect = Expect.ACCEPTABLE, desc = "linked and as it was, or not linked")
@Outcome(expect = Expect.FORBIDDEN, desc = "what came later, through a link of before")
@State
public class UnlinkThenReuseStress
{
    private static final int BEFORE = 5;
    private static final int LATER = 9;

    private final SequenceLock lock = new SequenceLock();
    private int link = 1;
    private int data = BEFORE;

    @Actor
    public void writer()
    {
        lock.beginWrite();
        link = 0;
        lock.endWrite();
        data = LATER;
    }

    @Actor
    public void reader(final III_Result result)
    {
        final long sequence = lock.beginRead();
        result.r2 = link;
        result.r3 = data;
        result.r1 = (sequence & 1) == 0 && lock.isValid(sequence) ? 1 : 0;
    }
}
