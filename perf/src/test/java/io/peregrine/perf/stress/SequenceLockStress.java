package io.peregrine.perf.stress;

import io.peregrine.storage.memory.SequenceLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * What a reader saw counts only when no change came in between; a change in two plain fields is seen whole. First
 * number: 1 if the read counts.
 */
@JCStressTest
@Outcome(id = "0, .*, .*", expect = Expect.ACCEPTABLE, desc = "does not count")
@Outcome(id = {"1, 0, 0", "1, 1, 1"}, expect = Expect.ACCEPTABLE, desc = "before or after the change")
@Outcome(expect = Expect.FORBIDDEN, desc = "half of the change")
@State
public class SequenceLockStress
{
    private final SequenceLock lock = new SequenceLock();
    private int x;
    private int y;

    @Actor
    public void writer()
    {
        lock.beginWrite();
        x = 1;
        y = 1;
        lock.endWrite();
    }

    @Actor
    public void reader(final III_Result result)
    {
        final long sequence = lock.beginRead();
        result.r2 = y;
        result.r3 = x;
        result.r1 = (sequence & 1) == 0 && lock.isValid(sequence) ? 1 : 0;
    }
}
