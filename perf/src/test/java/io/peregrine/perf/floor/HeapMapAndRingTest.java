package io.peregrine.perf.floor;

import io.peregrine.perf.load.Workload;
import io.peregrine.perf.rig.Plan;
import io.peregrine.perf.rig.Progress;
import io.peregrine.perf.rig.Result;
import io.peregrine.perf.rig.Rounds;
import io.peregrine.perf.rig.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(120)
class HeapMapAndRingTest
{
    private static final String[] ROWS = {"get", "put"};
    private static final Plan PLAN =
        new Plan("floor", ROWS, new double[]{0.5, 0.5}, 2, 0, 1, 1_000_000, 20_000_000, Long.MAX_VALUE);

    @Test
    void shouldAnswerRightOnEveryThread() throws InterruptedException
    {
        try (HeapMapAndRing floor = new HeapMapAndRing(Workload.uniform(100, 100), 2))
        {
            final List<Result> results = new Rounds(PLAN, floor, null, Progress.NONE).run();

            for (final Result result : results)
            {
                assertTrue(result.subject().operations() > 0);
                assertEquals(0, result.subject().wrong());
            }
        }
    }

    @Test
    void shouldNoticeAWrongValue()
    {
        final Workload workload = Workload.uniform(10, 8);
        final Workload longer = Workload.uniform(10, 9);
        try (HeapMapAndRing floor = new HeapMapAndRing(workload, 1))
        {
            final Subject[] subjects = floor.open(0);

            assertEquals(0, subjects[0].run(0, 100));
            assertTrue(!longer.isValueOf(1, workload.valueOf(1)));
            assertTrue(!workload.isValueOf(1, workload.valueOf(2)));
            assertTrue(!workload.isValueOf(1, null));
        }
    }

    @Test
    void shouldCarryLongValues()
    {
        try (HeapMapAndRing floor = new HeapMapAndRing(Workload.uniform(10, 300_000), 1))
        {
            floor.start();

            assertEquals(0, floor.open(0)[1].run(0, 100));
        }
    }
}
