package io.peregrine.perf.stress;

import io.peregrine.storage.map.MapReader;
import io.peregrine.storage.map.MapStore;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/**
 * A number is set in place: a reader sees all its bits or none.
 */
@JCStressTest
@Outcome(id = {"0", "-1"}, expect = Expect.ACCEPTABLE, desc = "one of the two numbers")
@Outcome(id = "-3", expect = Expect.ACCEPTABLE_INTERESTING, desc = "the writer was in the way")
@Outcome(expect = Expect.FORBIDDEN, desc = "torn or lost")
@State
public class LongInPlaceStress
{
    private static final StressStore STORE = new StressStore();
    private static final MapStore MAP = STORE.space.create(1, 0);
    private static final long KEY = 7;
    private static final long IN_THE_WAY = -3;
    private static final long LOST = -4;
    private static long number;

    static
    {
        STORE.put(MAP, KEY, 1, 0);
        STORE.setLong(MAP, KEY, 0);
    }

    @Actor
    public void writer()
    {
        number = ~number;
        STORE.setLong(MAP, KEY, number);
    }

    @Actor
    public void reader(final J_Result result)
    {
        final int length = STORE.readRaw(MAP.reader(), KEY);
        result.r1 = length == Long.BYTES ? STORE.wordRead() : length == MapReader.ASK_WRITER ? IN_THE_WAY : LOST;
    }
}
